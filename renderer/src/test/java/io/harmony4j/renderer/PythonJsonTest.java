package io.harmony4j.renderer;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.Json;
import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonJsonTest {
    private static String python(String json) {
        return PythonJson.write(Json.parseAny(json));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"a\":1,\"b\":[true,null,\"x\"]} ; {\"a\": 1, \"b\": [true, null, \"x\"]}",
                "[[],{},[1,2]]                     ; [[], {}, [1, 2]]",
                "\"é中😀<>&'\"                      ; \"é中😀<>&'\"",
                "\"\\u001f\\u007f\\u2028\\/\\b\\f\"  ; \"\\u001f\u007f\u2028/\\b\\f\"",
            })
    void hasSpacesAfterColonsAndCommasAndEscapesWhatMustBe(String json, String expected) {
        assertThat(python(json)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "12345678901234567890123, 12345678901234567890123",
        "1.0, 1.0",
        "-0.0, -0.0",
        "1E2, 100.0",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "1.25e-7, 1.25e-07",
        "9999999999999998, 9999999999999998",
        "9999999999999998.0, 9999999999999998.0",
        "1e16, 1e+16",
        "-1.5e300, -1.5e+300",
        "5e-324, 5e-324",
        "0.1000000000000000055, 0.1",
        "1e999, Infinity",
        "-1e999, -Infinity",
    })
    void numbersAreThoseOfPython(String json, String expected) {
        assertThat(python(json)).isEqualTo(expected);
    }

    @Property
    void aFloatReadsBackAsItself(@ForAll double value) {
        String text = python(new BigDecimal(value).toString() + (value == Math.rint(value) ? "e0" : ""));

        assertThat(Double.parseDouble(text)).isEqualTo(value == 0 ? 0.0 : value);
    }
}
