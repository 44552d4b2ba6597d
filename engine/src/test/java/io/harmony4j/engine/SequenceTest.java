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

    /** Of marks that are near each other one stays. */
    @Test
    void keepsMarksThatAreSpreadOverItsLength() {
        Sequence sequence = MODEL.newSequence();
        for (int length : new int[] {300, 1000, 1100, 1700, 1720, 2400, 3000}) {
            MODEL.append(sequence, Arrays.copyOfRange(LONG.tokens(), sequence.length(), length), 0, (index, row) -> {});
            sequence.mark();
        }
        assertThat(sequence.reachable(2999)).isEqualTo(2999); // the windows are still there
        assertThat(sequence.reachable(2700)).isEqualTo(2400);
        assertThat(sequence.reachable(2300)).isEqualTo(1720);
        assertThat(sequence.reachable(1600)).isEqualTo(1000);
        assertThat(sequence.reachable(999)).isZero();
    }

    @Property(tries = 30)
    void aCopyGoesOnAloneAndTheOriginalAsBefore(
            @ForAll @IntRange(min = 1, max = 900) int length,
            @ForAll @IntRange(max = 900) int marked,
            @ForAll @IntRange(max = 1000) int wanted) {
        Sequence sequence = MODEL.newSequence();
        int first = Math.min(marked, length);
        MODEL.append(sequence, Arrays.copyOf(LONG.tokens(), Math.max(1, first)), 0, (index, row) -> {});
        sequence.mark();
        if (length > sequence.length()) {
            int[] more = Arrays.copyOfRange(LONG.tokens(), sequence.length(), length);
            MODEL.append(sequence, more, 0, (index, row) -> {});
        }
        int expectedLength = sequence.reachable(wanted);
        Sequence copy = sequence.copy(wanted);
        assertThat(copy.tokens()).isEqualTo(Arrays.copyOf(LONG.tokens(), expectedLength));

        int[] other = Arrays.copyOfRange(LONG.tokens(), 2000, 2300);
        float[] fromCopy = MODEL.append(copy, other);
        float[] fromOriginal = MODEL.append(sequence, LONG.tokens()[length]);
        assertThat(fromOriginal).isEqualTo(MODEL.append(MODEL.newSequence(), Arrays.copyOf(LONG.tokens(), length + 1)));
        assertThat(copy.truncate(expectedLength)).isLessThanOrEqualTo(expectedLength);

        Sequence fresh = MODEL.newSequence();
        if (expectedLength > 0) {
            MODEL.append(fresh, Arrays.copyOf(LONG.tokens(), expectedLength), 0, (index, row) -> {});
        }
        assertThat(fromCopy).isEqualTo(MODEL.append(fresh, other));
    }

    /** A page of keys and one of values has 128 x 64 floats each, and the ring has two; room for tokens is doubled. */
    @Test
    void countsTheBytesThatItHas() {
        long page = 2 * 128 * 64 * Float.BYTES;
        Sequence sequence = MODEL.newSequence();
        assertThat(sequence.bytes()).isEqualTo(64 * Integer.BYTES);
        MODEL.append(sequence, Arrays.copyOf(LONG.tokens(), 1000), 0, (index, row) -> {});
        assertThat(sequence.bytes()).isEqualTo((8 + 2) * page + 1024 * Integer.BYTES);
        sequence.mark();
        assertThat(sequence.bytes()).isEqualTo((8 + 2 + 1) * page + 1024 * Integer.BYTES);
        MODEL.append(sequence, Arrays.copyOfRange(LONG.tokens(), 1000, 2000), 0, (index, row) -> {});
        assertThat(sequence.bytes()).isEqualTo((16 + 2 + 1) * page + 2048 * Integer.BYTES);
        assertThat(sequence.copy(1000).bytes()).isEqualTo((8 + 1 + 1) * page + 1000 * Integer.BYTES);
        sequence.truncate(1000);
        assertThat(sequence.bytes()).isEqualTo((8 + 2 + 1) * page + 2048 * Integer.BYTES);
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
