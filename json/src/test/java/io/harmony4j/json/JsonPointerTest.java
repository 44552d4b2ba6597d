package io.harmony4j.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPointerTest {
    /** The first three are examples of RFC 6901. */
    @ParameterizedTest
    @CsvSource({"a/b, a~1b", "m~n, m~0n", "c%d, c%d", "~1, ~01", "~/~0, ~0~1~00"})
    void aStepIsANameWithoutSlashes(String name, String step) {
        assertThat(JsonPointer.step(name)).isEqualTo(step);
        assertThat(JsonPointer.name(step)).isEqualTo(name);
    }
}
