package io.harmony4j;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One tool that the model may call. An immutable value; equal tools have equal prompts.
 *
 * <pre>{@code
 * ToolDescription.of("get_weather", "Returns the weather of a city.", """
 *         {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}""")
 * }</pre>
 */
public final class ToolDescription {
    /** The nesting of parameters: a conversation's JSON may have 127 levels, nine of which are around them. */
    private static final int MAX_DEPTH = 118;

    private final String name;
    private final String description;

    /** The JSON Schema of the arguments as {@link Json#write} writes it, or null for a tool without any. */
    private final @Nullable String parameters;

    /** Takes parameters as {@link Json#parse} gives them. */
    private ToolDescription(String name, String description, JsonValue parameters) {
        this.name = WellFormed.text(name, "name");
        this.description = WellFormed.text(description, "description");
        this.parameters = parameters.isNull()
                ? null
                : WellFormed.json(parameters, MAX_DEPTH, "parameters", "the tool \"" + name + "\"");
    }

    /** Returns a tool without parameters. */
    public static ToolDescription of(String name, String description) {
        return new ToolDescription(name, description, JsonValue.ofNull());
    }

    /**
     * Returns a tool whose parameters are the given JSON Schema.
     *
     * @param name the name within its namespace, as in {@code get_weather}
     * @param description what the tool does, for the model; may have several lines
     * @param parametersJson the schema of the arguments; JSON's null is no parameters
     * @throws IllegalArgumentException if the schema's text is not JSON, or nests deeper than 118 levels
     */
    public static ToolDescription of(String name, String description, String parametersJson) {
        return new ToolDescription(name, description, Json.parse(requireNonNull(parametersJson, "parametersJson")));
    }

    /**
     * Returns a tool whose parameters are the given JSON Schema; JSON's null is no parameters. Numbers become those of the format:
     * integers of 64 bits, or else doubles.
     *
     * @throws IllegalArgumentException if the schema nests deeper than 118 levels, or has an unpaired surrogate or a number beyond
     *     the range of a double
     */
    public static ToolDescription of(String name, String description, JsonValue parameters) {
        return new ToolDescription(name, description, Json.toFormat(requireNonNull(parameters, "parameters")));
    }

    /** Returns a tool with parameters as {@link Json#parse} gives them. */
    static ToolDescription ofParsed(String name, String description, JsonValue parameters) {
        return new ToolDescription(name, description, parameters);
    }

    /** Returns the name within its namespace, as in {@code get_weather}. */
    public String name() {
        return name;
    }

    /** Returns what the tool does, for the model; may have several lines. */
    public String description() {
        return description;
    }

    /**
     * Returns the JSON Schema of the arguments, or null for a tool without any. It is the text as the format's JSON has it: no
     * spaces, properties in their order, numbers as openai/harmony writes them.
     */
    public @Nullable String parameters() {
        return parameters;
    }

    /** Returns the JSON Schema of the arguments; JSON's null for a tool without any. */
    JsonValue parametersValue() {
        return parameters == null ? JsonValue.ofNull() : Json.parse(parameters);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ToolDescription that
                && name.equals(that.name)
                && description.equals(that.description)
                && Objects.equals(parameters, that.parameters);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, description, parameters);
    }

    @Override
    public String toString() {
        return name + "(" + (parameters == null ? "" : parameters) + ")";
    }
}
