package io.harmony4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsciiJsonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "{\"a\":[1,null,\"b\\n\"]} {\"a\":[1,null,\"b\\n\"]}",
                "{\"é\":\"a\u007f\u0080\"} {\"\\u00e9\":\"a\u007f\\u0080\"}",
                "[\"x😀y\"] [\"x\\ud83d\\ude00y\"]",
                "[\"x\\ud800\"] [\"x\\ud800\"]",
                "[\"\\udc00\\ud800y\"] [\"\\udc00\\ud800y\"]",
            })
    void whatIsNotAsciiIsEscaped(String json, String ascii) {
        String written = AsciiJson.write(Json.parseAny(json));

        assertThat(written).isEqualTo(ascii);
        assertThat(Json.parseAny(written)).isEqualTo(Json.parseAny(json));
    }
}
