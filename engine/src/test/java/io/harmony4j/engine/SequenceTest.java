package io.harmony4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** A sequence that was cut back goes on as if it had never been longer. */
class SequenceTest {
    private static final GivenCase LONG = GivenCase.read("e_long");
    private static final Model MODEL = Model.load(
            LONG.path("original"),
            ModelOptions.DEFAULT
                    .withKernels(ModelOptions.KernelChoice.PLAIN)
                    .withThreads(1)
                    .withBatch(50));

    @Property(tries = 30)
    void goesOnAsIfItHadNeverBeenLonger(
            @ForAll @Size(min = 1, max = 5) int[] seeds, @ForAll @IntRange(min = 1, max = 600) int step) {
        Sequence sequence = MODEL.newSequence();
        for (int seed : seeds) {
            int length = Math.floorMod(seed, step) + 1;
            int[] more = Arrays.copyOfRange(LONG.tokens(), sequence.length(), sequence.length() + length);
            MODEL.append(sequence, more, 0, (index, logits) -> {});
            if (seed % 2 == 0) {
                sequence.mark();
            }
            int wanted = Math.floorMod(seed * 31, sequence.length() + 1);
            int left = sequence.truncate(wanted);
            assertThat(left).isLessThanOrEqualTo(wanted).isEqualTo(sequence.length());
        }
        int next = LONG.tokens()[sequence.length()];
        float[] logits = MODEL.append(sequence, next);

        Sequence fresh = MODEL.newSequence();
        float[] expected = MODEL.append(fresh, Arrays.copyOf(LONG.tokens(), sequence.length()));
        assertThat(logits).isEqualTo(expected);
    }

    @Test
    void comesBackToAMarkHoweverLongItHasBecome() {
        Sequence sequence = MODEL.newSequence();
        MODEL.append(sequence, Arrays.copyOf(LONG.tokens(), 300), 0, (index, logits) -> {});
        sequence.mark();
        MODEL.append(sequence, Arrays.copyOfRange(LONG.tokens(), 300, 2000), 0, (index, logits) -> {});

        assertThat(sequence.truncate(700)).isEqualTo(300);
        assertThat(sequence.tokens()).isEqualTo(Arrays.copyOf(LONG.tokens(), 300));
    }

    @Test
    void comesBackALittleWithoutAMark() {
        Sequence sequence = MODEL.newSequence();
        MODEL.append(sequence, Arrays.copyOf(LONG.tokens(), 2000), 0, (index, logits) -> {});

        assertThat(sequence.truncate(1950)).isEqualTo(1950);
        assertThat(sequence.truncate(100)).isZero();
    }

    @Test
    void knowsWhatItSharesWithOtherTokens() {
        Sequence sequence = MODEL.newSequence();
        MODEL.append(sequence, 1, 2, 3, 4);

        assertThat(sequence.commonPrefix(new int[] {1, 2, 9, 4})).isEqualTo(2);
        assertThat(sequence.commonPrefix(new int[] {1, 2, 3, 4, 5})).isEqualTo(4);
        assertThat(sequence.commonPrefix(new int[] {})).isZero();
    }

    /** Also of one that has the same shape: its keys and values come of other weights. */
    @Test
    void belongsToItsModel() {
        String problem =
                "expected a sequence of this model but found one of another; make it with this model's newSequence()";
        try (Model other = Model.load(LONG.path("original"))) {
            Sequence foreign = other.newSequence();
            assertThatThrownBy(() -> MODEL.append(foreign, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(problem);
            assertThatThrownBy(() -> MODEL.step(List.of(MODEL.newSequence(), foreign), new int[] {1, 2}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(problem);
            assertThat(foreign.length()).isZero();
        }
    }

    @Test
    void refusesWhatCannotBe() {
        Sequence sequence = MODEL.newSequence();
        assertThatThrownBy(() -> sequence.truncate(-1)).hasMessage("expected a length of at least 0 but found -1");
        assertThatThrownBy(() -> MODEL.append(sequence)).hasMessage("expected at least one token but found none");
        assertThatThrownBy(() -> MODEL.append(sequence, 1, 256))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected token ids from 0 to 255 but found 256 at index 1");
        assertThat(sequence.length()).isZero();
    }
}
