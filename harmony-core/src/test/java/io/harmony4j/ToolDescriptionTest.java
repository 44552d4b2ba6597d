package io.harmony4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolDescriptionTest {
    @Test
    void parametersMayNestAsDeepAsAConversationCanBeRead() {
        JsonValue deepest = nested(118);
        Conversation conversation =
                Conversation.of(Message.developer(Content.developer("", ToolDescription.of("f", "", deepest))));

        assertThat(Conversation.fromJson(conversation.toJson())).isEqualTo(conversation);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToolDescription.of("f", "", nested(119)))
                .withMessage("expected parameters of at most 118 levels of nesting, to be within the 127 of a"
                        + " conversation's JSON, but found 119 in the tool \"f\"");
        assertThatIllegalArgumentException().isThrownBy(() -> ToolDescription.of("f", "", nested(500)));
        assertThatIllegalArgumentException().isThrownBy(() -> ToolDescription.of("f", "", nested(2_000)));
    }

    private static JsonValue nested(int levels) {
        JsonValue value = JsonValue.of(1);
        for (int i = 0; i < levels; i++) {
            value = i % 2 == 0 ? JsonArray.of(List.of(value)) : JsonObject.of("a", value);
        }
        return value;
    }

    @Test
    void numbersOfOtherJsonBecomeThoseOfTheFormat() {
        ToolDescription tool =
                ToolDescription.of("f", "", Json.parseAny("[1e2, 12345678901234567890123, 0.1000000000000000055]"));

        assertThat(tool.parameters()).isEqualTo("[100.0,1.2345678901234568e22,0.1]");
        assertThat(ToolDescription.of("f", "", "[100.0,1.2345678901234568e22,0.1]"))
                .isEqualTo(tool);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToolDescription.of("f", "", Json.parseAny("[1e400]")))
                .withMessageContaining("expected a number that a double can hold but found 1E+400");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToolDescription.of("f", "", JsonValue.of("\ud83d")))
                .withMessageContaining("expected text but found an unpaired surrogate (\\ud83d)");
    }

    @Test
    void parametersAreHeldAsTheFormatsJson() {
        ToolDescription tool = ToolDescription.of("f", "d", "{ \"b\": 1e2,\n \"a\": [1, 2] }");

        assertThat(tool.parameters()).isEqualTo("{\"b\":100.0,\"a\":[1,2]}");
        assertThat(tool).isEqualTo(ToolDescription.of("f", "d", Json.parse("{\"b\":100.0,\"a\":[1,2]}")));
    }

    @Test
    void nullIsNoParameters() {
        assertThat(ToolDescription.of("f", "d", JsonValue.ofNull())).isEqualTo(ToolDescription.of("f", "d"));
        assertThat(ToolDescription.of("f", "d", "null").parameters()).isNull();
    }

    @Test
    void anEmptySchemaIsNotNoParameters() {
        assertThat(ToolDescription.of("f", "d", "{}").parameters()).isEqualTo("{}");
        assertThat(ToolDescription.of("f", "d", "true").parameters()).isEqualTo("true");
    }

    @Test
    void anotherOrderOfPropertiesIsAnotherTool() {
        ToolDescription ab = ToolDescription.of("f", "d", "{\"properties\":{\"a\":{},\"b\":{}}}");
        ToolDescription ba = ToolDescription.of("f", "d", "{\"properties\":{\"b\":{},\"a\":{}}}");

        assertThat(ab).isNotEqualTo(ba);
    }

    @Test
    void parametersThatAreNotJsonAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToolDescription.of("f", "d", "{'type':'object'}"))
                .withMessageContaining("(line 1, column 2)");
    }
}
