package io.harmony4j.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonSchemaTest {

    private static JsonSchema schema(String json) {
        return new JsonSchema(Json.parse(json));
    }

    @Test
    void aKeywordWithAnotherKindOfValueIsAbsent() {
        JsonSchema schema = schema("""
                {"type":1,"title":[],"description":{},"enum":"a","oneOf":{},"properties":[],"required":{},"nullable":1}""");

        assertThat(schema.type()).isEmpty();
        assertThat(schema.types()).isEmpty();
        assertThat(schema.title()).isEmpty();
        assertThat(schema.description()).isEmpty();
        assertThat(schema.isEnum()).isFalse();
        assertThat(schema.oneOf()).isEmpty();
        assertThat(schema.properties()).isEmpty();
        assertThat(schema.required()).isEmpty();
        assertThat(schema.isNullable()).isFalse();
    }

    @Test
    void whatIsNoObjectHasNoKeywords() {
        for (String json : new String[] {"true", "1", "\"type\"", "[\"type\"]", "null"}) {
            assertThat(schema(json).type()).isEmpty();
            assertThat(schema(json).properties()).isEmpty();
            assertThat(schema(json).hasOneOfKey()).isFalse();
        }
    }

    @Test
    void nullIsADefaultAndASchemaOfItems() {
        JsonSchema schema = schema("{\"default\":null,\"items\":null,\"oneOf\":null}");

        assertThat(schema.defaultValue())
                .hasValueSatisfying(value -> assertThat(value.isNull()).isTrue());
        assertThat(schema.items()).isPresent();
        assertThat(schema.hasOneOfKey()).isTrue();
    }

    @Test
    void anEnumIsOneWithoutStringsToo() {
        assertThat(schema("{\"enum\":[1]}").isEnum()).isTrue();
        assertThat(schema("{\"enum\":[1]}").enumValues()).isEmpty();
        assertThat(schema("{\"enum\":[]}").isEnum()).isFalse();
    }
}
