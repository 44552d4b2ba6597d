package io.harmony4j.tiny;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A tool's answer as the model reads it.
 *
 * @param fields the fields of its JSON; null if the tool failed
 * @param error why it failed; null if it did not
 */
record ToolAnswer(@Nullable JsonValue fields, @Nullable String error) {
    private static final String ERROR_LINE = "error: ";

    /** Reads the answer of a function tool. */
    static ToolAnswer read(String text) {
        String errorLine = errorLine(text);
        if (errorLine != null) {
            return new ToolAnswer(null, errorLine);
        }
        JsonValue fields = Json.parse(text);
        String error = fields.get("error").textOrNull();
        return error == null ? new ToolAnswer(fields, null) : new ToolAnswer(null, error);
    }

    /** Returns what follows {@code error: }, with which failures begin that are not JSON; null if the text does not. */
    static @Nullable String errorLine(String text) {
        return text.startsWith(ERROR_LINE) ? text.substring(ERROR_LINE.length()) : null;
    }

    JsonValue field(String name) {
        return requireNonNull(requireNonNull(fields, "fields").members().get(name), name);
    }

    String text(String name) {
        return field(name).isString() ? field(name).text() : Json.write(field(name));
    }
}
