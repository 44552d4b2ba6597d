package io.harmony4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import org.junit.jupiter.api.Test;

class ToolDescriptionTest {
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
