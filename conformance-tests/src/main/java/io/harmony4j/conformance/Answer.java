package io.harmony4j.conformance;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request: an answer, or the reason why there is none.
 *
 * @param json the answer, or null
 * @param failure what happened in place of an answer, in a line; empty if there is one
 * @param nanos how long it took, in nanoseconds
 */
public record Answer(@Nullable JsonObject json, String failure, long nanos) {
    public Answer {
        requireNonNull(failure, "failure");
        if ((json == null) == failure.isEmpty()) {
            throw new IllegalArgumentException("expected either an answer or a failure");
        }
    }

    static Answer of(JsonObject json, long nanos) {
        return new Answer(json, "", nanos);
    }

    static Answer failed(String why, long nanos) {
        return new Answer(null, why, nanos);
    }
}
