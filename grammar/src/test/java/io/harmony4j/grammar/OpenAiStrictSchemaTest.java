package io.harmony4j.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.Json;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OpenAiStrictSchemaTest {
    private static List<String> pointers(String schema) {
        return OpenAiStrictSchema.violations(Json.parse(schema)).stream()
                .map(UnsupportedSchemaException.Place::pointer)
                .toList();
    }

    private static String object(String properties, String required) {
        return "{\"type\": \"object\", \"properties\": {" + properties + "}, \"required\": [" + required
                + "], \"additionalProperties\": false}";
    }

    @Test
    void takesWhatOpenAiTakes() {
        assertThat(pointers("""
                {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "description": "A person",
                 "properties": {
                   "name": {"type": "string", "pattern": "^a"}, "born": {"type": "string", "format": "date"},
                   "age": {"type": ["integer", "null"], "minimum": 0, "multipleOf": 1},
                   "kind": {"enum": ["a", null, 1]}, "same": {"const": "x"},
                   "friends": {"type": "array", "items": {"$ref": "#/$defs/friend"}, "minItems": 1, "maxItems": 3},
                   "one": {"anyOf": [{"type": "string"}, {"$ref": "#"}]}},
                 "required": ["name", "born", "age", "kind", "same", "friends", "one"],
                 "additionalProperties": false,
                 "$defs": {"friend": {"type": "object", "properties": {"next": {"$ref": "#/$defs/friend"}},
                                      "required": ["next"], "additionalProperties": false}}}
                """)).isEmpty();
    }

    @Test
    void theRootIsAnObjectAndNoChoice() {
        assertThat(pointers("{\"anyOf\": [{\"type\": \"string\"}]}")).containsExactly("/type", "/anyOf");
        assertThat(pointers("{\"type\": [\"object\", \"null\"], \"additionalProperties\": false}"))
                .containsExactly("/type");
    }

    @Test
    void objectsAreClosedAndAllPropertiesRequired() {
        String inner = "{\"type\": \"object\", \"properties\": {\"b\": {\"type\": \"null\"}}}";
        assertThat(pointers(object("\"a\": " + inner, "\"a\"")))
                .containsExactly("/properties/a/additionalProperties", "/properties/a/required");
        assertThat(OpenAiStrictSchema.violations(Json.parse(object("\"a\": " + inner, "\"a\""))))
                .extracting(UnsupportedSchemaException.Place::problem)
                .last()
                .asString()
                .contains("[b]");
    }

    @Test
    void keywordsAndFormatsAreThoseOfOpenAi() {
        assertThat(pointers(object("""
                "a": {"type": "string", "minLength": 1}, "b": {"oneOf": [{"type": "null"}]}, "c": {"format": "uri"},
                "d": {"type": "array", "prefixItems": [{"type": "null"}]}, "e": {"enum": [[1]]}, "f": true,
                "g/h": {"x-unknown": 1}
                """, "\"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g/h\"")))
                .containsExactly(
                        "/properties/a/minLength",
                        "/properties/b/oneOf",
                        "/properties/c/format",
                        "/properties/d/prefixItems",
                        "/properties/e/enum",
                        "/properties/f",
                        "/properties/g~1h/x-unknown");
    }

    @Test
    void depthIsLimited() {
        assertThat(pointers(nested(10))).isEmpty();
        assertThat(pointers(nested(11))).containsExactly("/properties/a".repeat(10));
    }

    private static String nested(int levels) {
        return levels == 0 ? "{\"type\": \"null\"}" : object("\"a\": " + nested(levels - 1), "\"a\"");
    }

    @Test
    void sizesAreLimited() {
        String values = IntStream.range(0, 1_001).mapToObj(Integer::toString).collect(Collectors.joining(","));
        assertThat(problems(object("\"a\": {\"enum\": [" + values + "]}", "\"a\"")))
                .containsExactly("expected at most 1000 values of \"enum\" in all but found 1001");
        assertThat(problems(object("\"a\": {\"const\": \"" + "x".repeat(120_000) + "\"}", "\"a\"")))
                .containsExactly("expected at most 120000 characters of names and constants in all but found 120001");
        String names = IntStream.range(0, 5_001).mapToObj(i -> "\"p" + i + "\"").collect(Collectors.joining(","));
        String properties = names.replaceAll("(\"p\\d+\")", "$1: {\"type\": \"null\"}");
        assertThat(problems(object(properties, names)))
                .containsExactly("expected at most 5000 properties in all but found 5001");
    }

    private static List<String> problems(String schema) {
        return OpenAiStrictSchema.violations(Json.parse(schema)).stream()
                .map(UnsupportedSchemaException.Place::problem)
                .toList();
    }
}
