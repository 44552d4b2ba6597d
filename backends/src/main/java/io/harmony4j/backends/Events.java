package io.harmony4j.backends;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The events of an answer: JSON as server-sent events, or one a line. */
final class Events {
    /** How events are divided. */
    enum Form {
        /** {@code data: {...}}, then an empty line; {@code data: [DONE]} may be the last. */
        SERVER_SENT,
        /** A line each. */
        LINES
    }

    private static final String DONE = "[DONE]";

    /** Fields that say nothing here. */
    private static final Set<String> OTHER_FIELDS = Set.of("event", "id", "retry");

    private final Form form;
    private final AnswerBytes bytes;
    private final Lines lines;

    /** Whether the event's field is {@code error}, as an older llama-server has it. */
    private boolean isError;

    Events(Form form, AnswerBytes bytes) {
        this.form = form;
        this.bytes = bytes;
        this.lines = new Lines(bytes);
    }

    /**
     * Returns the next event; null after the last.
     *
     * @throws BackendException if it is not JSON
     */
    @Nullable
    JsonValue next() {
        isError = false;
        String text = form == Form.LINES ? nextLine() : nextData();
        if (text == null || text.equals(DONE)) {
            return null;
        }
        try {
            JsonValue event = Json.parseAny(text);
            return isError ? JsonObject.of("error", event) : event;
        } catch (IllegalArgumentException e) {
            throw unexpected("JSON was", text, e);
        }
    }

    private @Nullable String nextLine() {
        String line = lines.next();
        while (line != null && line.isBlank()) {
            line = lines.next();
        }
        return line;
    }

    /** Returns the data of the next event that has any: its lines joined, as server-sent events have it. */
    private @Nullable String nextData() {
        StringBuilder data = null;
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.isEmpty()) {
                if (data != null) {
                    return data.toString();
                }
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            // a field without a name is a comment, with which servers keep a connection alive
            if (field.equals("data") || field.equals("error")) {
                isError |= field.equals("error");
                data = data == null ? new StringBuilder() : data.append('\n');
                data.append(value(line, colon));
                if (data.length() > Lines.MAX_BYTES) {
                    throw unexpected(
                            "events of at most " + Lines.MAX_BYTES + " characters", data.substring(0, 400), null);
                }
            } else if (!field.isEmpty() && !OTHER_FIELDS.contains(field)) {
                throw unexpected("server-sent events were", line, null);
            }
        }
        return data == null ? null : data.toString();
    }

    private static String value(String line, int colon) {
        String value = colon < 0 ? "" : line.substring(colon + 1);
        return value.startsWith(" ") ? value.substring(1) : value;
    }

    private BackendException unexpected(String expected, String found, @Nullable Throwable cause) {
        return bytes.broken(
                "sent " + ErrorWords.excerpt(found) + " where " + expected
                        + " expected; is it what runs at this address?",
                cause);
    }
}
