package io.harmony4j.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine's logits are those given, in every layout; however the tokens are divided into passes. */
class GivenCasesTest {
    private static final ModelOptions PLAIN =
            ModelOptions.DEFAULT.withKernels(ModelOptions.KernelChoice.PLAIN).withThreads(2);

    @ParameterizedTest
    @MethodSource("io.harmony4j.engine.GivenCase#inLayouts")
    void logitsAreAsGiven(String name, String layout) {
        GivenCase given = GivenCase.read(name);
        given.assertGiven(given.logits(layout, PLAIN));
    }

    @ParameterizedTest
    @MethodSource("io.harmony4j.engine.GivenCase#inLayouts")
    void passesOfAnySizeGiveTheSame(String name, String layout) {
        if (name.equals("e_long")) {
            return; // 4,500 passes of one token take too long here
        }
        GivenCase given = GivenCase.read(name);
        float[][] together = given.logits(layout, PLAIN);
        for (int batch : new int[] {1, 3, 7}) {
            assertThat(given.logits(layout, PLAIN.withBatch(batch))).isDeepEqualTo(together);
        }
        assertThat(given.logits(layout, PLAIN.withThreads(1))).isDeepEqualTo(together);
    }

    @Test
    void theLongCaseIsTheSameInPassesOfManySizes() {
        GivenCase given = GivenCase.read("e_long");
        assertThat(given.logits("original", PLAIN.withBatch(61)))
                .isDeepEqualTo(given.logits("original", PLAIN.withBatch(500)));
    }

    @Test
    void sequencesTogetherGiveTheSameAsAlone() {
        GivenCase given = GivenCase.read("a_l2_e4_k2");
        try (Model model = Model.load(given.path("original"), PLAIN)) {
            List<Sequence> sequences = new ArrayList<>();
            int[] next = new int[5];
            for (int i = 0; i < next.length; i++) {
                Sequence sequence = model.newSequence();
                if (i > 0) {
                    model.append(sequence, Arrays.copyOf(given.tokens(), 3 * i));
                }
                sequences.add(sequence);
                next[i] = given.tokens()[3 * i];
            }
            float[][] logits = model.step(sequences, next);
            for (int i = 0; i < next.length; i++) {
                assertThat(logits[i]).isEqualTo(given.logits("original", PLAIN)[3 * i]);
                assertThat(sequences.get(i).length()).isEqualTo(3 * i + 1);
            }
        }
    }
}
