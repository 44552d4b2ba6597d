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
    private final String name;
    private final String description;

    /** The JSON Schema of the arguments as {@link Json#write} writes it, or null for a tool without any. */
    private final @Nullable String parameters;

    private ToolDescription(String name, String description, @Nullable String parameters) {
        this.name = requireNonNull(name, "name");
        this.description = requireNonNull(description, "description");
        this.parameters = parameters;
    }

    /** Returns a tool without parameters. */
    public static ToolDescription of(String name, String description) {
        return new ToolDescription(name, description, null);
    }

    /**
     * Returns a tool whose parameters are the given JSON Schema.
     *
     * @param name the name within its namespace, as in {@code get_weather}
     * @param description what the tool does, for the model; may have several lines
     * @param parametersJson the schema of the arguments; JSON's null is no parameters
     * @throws IllegalArgumentException if the schema's text is not JSON
     */
    public static ToolDescription of(String name, String description, String parametersJson) {
        return of(name, description, Json.parse(parametersJson));
    }

    /** Returns a tool whose parameters are the given JSON Schema; JSON's null is no parameters. */
    public static ToolDescription of(String name, String description, JsonValue parameters) {
        return new ToolDescription(name, description, parameters.isNull() ? null : Json.write(parameters));
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
