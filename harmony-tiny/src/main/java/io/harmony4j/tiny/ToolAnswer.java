package io.harmony4j.tiny;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.harmony4j.Json;
import org.jspecify.annotations.Nullable;

/**
 * A tool's answer as the model reads it.
 *
 * @param fields the fields of its JSON; null if the tool failed
 * @param error why it failed; null if it did not
 */
record ToolAnswer(@Nullable JsonNode fields, @Nullable String error) {
    private static final String ERROR_LINE = "error: ";

    /** Reads the answer of a function tool. */
    static ToolAnswer read(String text) {
        String errorLine = errorLine(text);
        if (errorLine != null) {
            return new ToolAnswer(null, errorLine);
        }
        JsonNode fields = Json.parse(text);
        return fields.has("error")
                ? new ToolAnswer(null, fields.get("error").textValue())
                : new ToolAnswer(fields, null);
    }

    /** Returns what follows {@code error: }, with which failures begin that are not JSON; null if the text does not. */
    static @Nullable String errorLine(String text) {
        return text.startsWith(ERROR_LINE) ? text.substring(ERROR_LINE.length()) : null;
    }

    JsonNode field(String name) {
        return requireNonNull(requireNonNull(fields, "fields").get(name), name);
    }

    String text(String name) {
        return field(name).isTextual() ? field(name).textValue() : Json.write(field(name));
    }
}
