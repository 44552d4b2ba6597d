package io.harmony4j.training;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.JsonObject;

/**
 * A row that could not be read.
 *
 * @param source the name of its source
 * @param line the number of its line, from 1
 * @param pointer where in the row the fault is, as a JSON Pointer; empty for the whole row
 * @param reason what was expected and found
 */
public record Reject(String source, long line, String pointer, String reason) {
    public Reject {
        requireNonNull(source, "source");
        requireNonNull(pointer, "pointer");
        requireNonNull(reason, "reason");
    }

    /** Returns the reject as JSON, as it is in {@code rejects.jsonl}. */
    public JsonObject toJson() {
        return JsonObject.builder()
                .put("file", source)
                .put("line", line)
                .put("pointer", pointer)
                .put("reason", reason)
                .build();
    }

    /** Returns the reject as an error message. */
    @Override
    public String toString() {
        return source + ":" + line + (pointer.isEmpty() ? "" : " " + pointer) + ": " + reason;
    }
}
