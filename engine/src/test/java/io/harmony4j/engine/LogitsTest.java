package io.harmony4j.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Logits of a model that knows tokens 0, 2 and 3 of five. */
class LogitsTest {
    private static final int[] KNOWN = {0, 2, 3};

    private static Logits logits(float... values) {
        return new Logits(values, KNOWN, 5);
    }

    @Test
    void unknownTokensHaveTheLogitZero() {
        Logits logits = logits(1, 2, 3);
        float[] expected = {1, 0, 2, 3, 0};
        assertThat(logits.toArray()).containsExactly(expected);
        float[] all = {9, 9, 9, 9, 9};
        logits.copyTo(all);
        assertThat(all).containsExactly(expected);
        for (int id = 0; id < 5; id++) {
            assertThat(logits.of(id)).isEqualTo(expected[id]);
        }
        assertThat(logits.unknownBefore(0)).isZero();
        assertThat(logits.unknownBefore(1)).isEqualTo(1);
        assertThat(logits.unknownBefore(3)).isEqualTo(2);
    }

    @Test
    void theBestIsThatOfAll() {
        for (Logits logits : new Logits[] {
            logits(1, 2, 2), logits(-1, -2, -3), logits(-1, 0, 0), logits(-0f, -1, -1), logits(Float.NaN, 3, 4)
        }) {
            assertThat(logits.best()).isEqualTo(Sampler.argMax(logits.toArray()));
            assertThat(Logits.of(logits.toArray()).best()).isEqualTo(logits.best());
        }
    }
}
