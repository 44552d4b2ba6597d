package io.harmony4j.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and values of 16 bits: logits change little, and all else as with 32. */
class KeyValuesTest {
    private static final ModelOptions EXACT = ModelOptions.DEFAULT
            .withKernels(ModelOptions.KernelChoice.PLAIN)
            .withThreads(1)
            .withBatch(50);
    private static final ModelOptions HALVES = EXACT.withKeyValues(KeyValues.F16);
    private static final GivenCase LONG = GivenCase.read("e_long");

    @ParameterizedTest
    @ValueSource(strings = {"a_l2_e4_k2", "e_long"})
    void logitsAreNearTheExactOnes(String name) {
        GivenCase given = GivenCase.read(name);
        float[][] exact = given.logits("original", EXACT);
        float[][] halves = given.logits("original", HALVES);
        float most = 0;
        for (int row = 0; row < exact.length; row++) {
            assertThat(Sampler.argMax(halves[row])).as("row %d", row).isEqualTo(Sampler.argMax(exact[row]));
            for (int id = 0; id < exact[row].length; id++) {
                most = Math.max(most, Math.abs(halves[row][id] - exact[row][id]));
            }
        }
        assertThat(most).isBetween(1e-5f, 0.03f);
    }

    @Test
    void passesOfAnySizeGiveTheSame() {
        GivenCase given = GivenCase.read("a_l2_e4_k2");
        float[][] together = given.logits("original", HALVES);
        assertThat(given.logits("original", HALVES.withBatch(1))).isDeepEqualTo(together);
        assertThat(given.logits("original", HALVES.withBatch(7).withThreads(2))).isDeepEqualTo(together);
    }

    @Test
    void aSequenceThatWasCutOrCopiedGoesOnAsIfItHadNeverBeenLonger() {
        try (Model model = Model.load(LONG.path("original"), HALVES)) {
            Sequence sequence = model.newSequence();
            model.append(sequence, Arrays.copyOf(LONG.tokens(), 300));
            sequence.mark();
            model.append(sequence, Arrays.copyOfRange(LONG.tokens(), 300, 900));
            Sequence copy = sequence.copy(400);
            assertThat(copy.length()).isEqualTo(300);
            assertThat(sequence.truncate(400)).isEqualTo(300);
            float[] expected = model.append(model.newSequence(), Arrays.copyOf(LONG.tokens(), 301));
            assertThat(model.append(sequence, LONG.tokens()[300])).isEqualTo(expected);
            assertThat(model.append(copy, LONG.tokens()[300])).isEqualTo(expected);
        }
    }

    @Test
    void theyTakeHalfTheMemory() {
        try (Model exact = Model.load(LONG.path("original"), EXACT);
                Model halves = Model.load(LONG.path("original"), HALVES)) {
            long tokens = 1024L * Integer.BYTES;
            assertThat(2 * (read(halves).bytes() - tokens))
                    .isEqualTo(read(exact).bytes() - tokens);
        }
    }

    private static Sequence read(Model model) {
        Sequence sequence = model.newSequence();
        model.append(sequence, Arrays.copyOf(LONG.tokens(), 1000), 0, (index, logits) -> {});
        return sequence;
    }
}
