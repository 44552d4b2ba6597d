package io.harmony4j;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What the text of an answer is to look like, as a developer message tells the model. It asks, and forces nothing.
 *
 * <pre>{@code
 * ResponseFormat.of("shopping_list", "What to buy.", """
 *         {"type": "object", "properties": {"items": {"type": "array", "items": {"type": "string"}}}}""")
 * }</pre>
 *
 * @param name the name of the format
 * @param description what it is for, for the model; may have several lines
 * @param schema the JSON Schema of the answer. It is held as the format's JSON has it: no spaces, properties in their order, numbers
 *     as openai/harmony writes them
 */
public record ResponseFormat(String name, @Nullable String description, String schema) {
    /** Any JSON object, under the name {@code json}. */
    public static final ResponseFormat JSON_OBJECT = new ResponseFormat("json", null, "{\"type\":\"object\"}");

    /** What a schema is, for messages. */
    static final String SCHEMA = "a JSON Schema (an object, true or false)";

    /** The nesting of a schema: a conversation's JSON may have 127 levels, seven of which are around it. */
    private static final int MAX_DEPTH = 120;

    /**
     * Creates a format.
     *
     * @throws IllegalArgumentException if the schema's text is not JSON, or neither an object nor true or false, or nests deeper
     *     than 120 levels
     */
    public ResponseFormat {
        name = WellFormed.text(name, "name");
        description = WellFormed.optional(description);
        JsonValue value = Json.parse(requireNonNull(schema, "schema"));
        if (!isSchema(value)) {
            throw value.unexpected(SCHEMA + " in the response format \"" + name + "\"");
        }
        schema = WellFormed.json(value, MAX_DEPTH, "a schema", "the response format \"" + name + "\"");
    }

    /**
     * Returns a format.
     *
     * @param name the name of the format
     * @param description what it is for, for the model; may have several lines
     * @param schemaJson the JSON Schema of the answer
     * @throws IllegalArgumentException if the schema's text is not JSON, or neither an object nor true or false, or nests deeper
     *     than 120 levels
     */
    public static ResponseFormat of(String name, @Nullable String description, String schemaJson) {
        return new ResponseFormat(name, description, requireNonNull(schemaJson, "schemaJson"));
    }

    /**
     * Returns a format. Numbers of the schema become those of the format: integers of 64 bits, or else doubles.
     *
     * @throws IllegalArgumentException if the schema is neither an object nor true or false, nests deeper than 120 levels, or has an
     *     unpaired surrogate or a number beyond the range of a double
     */
    public static ResponseFormat of(String name, @Nullable String description, JsonValue schema) {
        return new ResponseFormat(name, description, Json.write(requireNonNull(schema, "schema")));
    }

    /** Returns whether a value can be a JSON Schema. */
    static boolean isSchema(JsonValue value) {
        return value.isObject() || value.isBoolean();
    }
}
