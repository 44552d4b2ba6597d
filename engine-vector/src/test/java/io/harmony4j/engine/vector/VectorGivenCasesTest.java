package io.harmony4j.engine.vector;

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
        given.assertGiven(given.logits(layout, VECTOR));
        if (!name.equals("e_long")) { // 4,500 passes of one token take too long here
            given.assertGiven(given.logits(layout, VECTOR.withBatch(1)));
        }
    }
}
