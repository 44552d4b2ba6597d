package io.harmony4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseFormatTest {
    @Test
    void theSchemaIsHeldAsTheFormatsJson() {
        ResponseFormat format = ResponseFormat.of("a", null, "{ \"b\": 1e2,\n \"a\": [\"\\u00e9\", 1] }");

        assertThat(format.schema()).isEqualTo("{\"b\":100.0,\"a\":[\"é\",1]}");
        assertThat(format).isEqualTo(new ResponseFormat("a", null, "{\"b\":100.0,\"a\":[\"é\",1]}"));
        assertThat(format).isEqualTo(ResponseFormat.of("a", null, Json.parseAny("{\"b\":1e2,\"a\":[\"é\",1]}")));
        assertThat(format).isNotEqualTo(ResponseFormat.of("a", null, "{\"a\":[\"é\",1],\"b\":100.0}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"null|null", "[]|a list", "\"object\"|\"object\"", "3|3"})
    void aSchemaIsAnObjectOrTrueOrFalse(String schema, String found) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResponseFormat.of("a", null, schema))
                .withMessage("expected a JSON Schema (an object, true or false) in the response format \"a\" but found "
                        + found + " (line 1, column 1)");
        assertThatIllegalArgumentException().isThrownBy(() -> ResponseFormat.of("a", null, Json.parse(schema)));
        assertThat(ResponseFormat.of("a", null, "false").schema()).isEqualTo("false");
    }

    @Test
    void aSchemaThatIsNotJsonIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResponseFormat.of("a", null, "{'type':'object'}"))
                .withMessageContaining("(line 1, column 2)");
    }

    @Test
    void aSchemaMayNestAsDeepAsAConversationCanBeRead() {
        Conversation conversation = Conversation.of(Message.developer(
                Content.Developer.EMPTY.withResponseFormats(ResponseFormat.of("a", null, nested(120)))));

        assertThat(Conversation.fromJson(conversation.toJson())).isEqualTo(conversation);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResponseFormat.of("a", null, nested(121)))
                .withMessage("expected a schema of at most 120 levels of nesting, to be within the 127 of a"
                        + " conversation's JSON, but found 121 in the response format \"a\"");
        assertThatIllegalArgumentException().isThrownBy(() -> ResponseFormat.of("a", null, nested(2_000)));
    }

    private static JsonValue nested(int levels) {
        JsonValue value = JsonValue.of(1);
        for (int i = levels; i > 0; i--) {
            value = i % 2 == 0 ? JsonArray.of(List.of(value)) : JsonObject.of("a", value);
        }
        return value;
    }

    @Test
    void halfASurrogatePairIsTheReplacementCharacter() {
        ResponseFormat format = ResponseFormat.of("a\ud83d", "\udc96", "{}");

        assertThat(format.name()).isEqualTo("a\ufffd");
        assertThat(format.description()).isEqualTo("\ufffd");
    }
}
