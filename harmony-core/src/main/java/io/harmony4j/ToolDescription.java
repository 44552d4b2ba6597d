package io.harmony4j;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One tool that the model may call.
 *
 * @param name the name within its namespace, as in {@code get_weather}
 * @param description what the tool does, for the model; may have several lines
 * @param parameters the JSON Schema of the arguments, or null for a tool without any. Copied on the way in and out, since
 *     a {@code JsonNode} is mutable; numbers are held as the format's JSON reads them.
 */
public record ToolDescription(
        String name, String description, @Nullable JsonNode parameters) {
    public ToolDescription {
        requireNonNull(name, "name");
        requireNonNull(description, "description");
        parameters = parameters == null || parameters.isNull() ? null : Json.parse(Json.write(parameters));
    }

    /** Returns a tool without parameters. */
    public static ToolDescription of(String name, String description) {
        return new ToolDescription(name, description, null);
    }

    /**
     * Returns a tool whose parameters are the given JSON Schema.
     *
     * @throws IllegalArgumentException if the text is not JSON
     */
    public static ToolDescription of(String name, String description, String parametersJson) {
        return new ToolDescription(name, description, Json.parse(parametersJson));
    }

    @Override
    public @Nullable JsonNode parameters() {
        return parameters == null ? null : parameters.deepCopy();
    }
}
