package io.harmony4j.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.engine.GivenCase;
import io.harmony4j.engine.ModelOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With vector kernels, a whole model's logits are those given. */
class VectorGivenCasesTest {
    private static final ModelOptions VECTOR =
            ModelOptions.DEFAULT.withKernels(ModelOptions.KernelChoice.VECTOR).withThreads(2);

    @ParameterizedTest
    @MethodSource("io.harmony4j.engine.GivenCase#inLayouts")
    void logitsAreAsGiven(String name, String layout) {
        GivenCase given = GivenCase.read(name);
        assertAsGiven(given, given.logits(layout, VECTOR));
        if (!name.equals("e_long")) { // 4,500 passes of one token take too long here
            assertAsGiven(given, given.logits(layout, VECTOR.withBatch(1)));
        }
    }

    private static void assertAsGiven(GivenCase given, float[][] found) {
        assertThat(GivenCase.difference(given.logits(), found)).isLessThan(given.tolerance());
        for (int row = 0; row < found.length; row++) {
            assertThat(argMax(found[row])).as("row %d", row).isEqualTo(argMax(given.logits()[row]));
        }
    }

    private static int argMax(float[] logits) {
        int best = 0;
        for (int id = 1; id < logits.length; id++) {
            best = logits[id] > logits[best] ? id : best;
        }
        return best;
    }
}
