package io.harmony4j;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class ToolDescriptionTest {
    @Test
    void laterChangesToTheParametersDoNotReachTheTool() {
        ObjectNode parameters = JsonNodeFactory.instance.objectNode().put("type", "object");
        ToolDescription tool = new ToolDescription("f", "d", parameters);

        parameters.put("type", "string");
        ((ObjectNode) requireNonNull(tool.parameters())).put("type", "number");

        assertThat(tool.parameters()).isEqualTo(Json.parse("{\"type\":\"object\"}"));
    }

    @Test
    void aNullNodeIsNoParameters() {
        assertThat(new ToolDescription("f", "d", JsonNodeFactory.instance.nullNode()))
                .isEqualTo(ToolDescription.of("f", "d"));
        assertThat(ToolDescription.of("f", "d", "null").parameters()).isNull();
    }

    @Test
    void anEmptySchemaIsNotNoParameters() {
        assertThat(ToolDescription.of("f", "d", "{}").parameters()).isEqualTo(Json.parse("{}"));
        assertThat(ToolDescription.of("f", "d", "true").parameters()).isEqualTo(Json.parse("true"));
    }

    @Test
    void numbersAreHeldAsJsonReadsThem() {
        JsonNode built = JsonNodeFactory.instance.objectNode().put("a", 1).put("b", 1.5f);

        assertThat(new ToolDescription("f", "d", built)).isEqualTo(ToolDescription.of("f", "d", "{\"a\":1,\"b\":1.5}"));
    }

    @Test
    void parametersThatAreNotJsonAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToolDescription.of("f", "d", "{'type':'object'}"))
                .withMessageContaining("(line 1, column 2)");
    }
}
