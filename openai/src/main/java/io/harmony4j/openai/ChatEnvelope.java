package io.harmony4j.openai;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a chat completion has besides the model's turns.
 *
 * @param ids gives the ids of the answer and of its calls
 * @param created when the answer was begun, in seconds since 1970
 * @param model the name of the model, as the client is to see it
 * @param fingerprint the version of the model and its runtime, or null
 * @param choices how many turns there are, at least 1
 * @param includeUsage whether a stream ends with a chunk of usage
 * @param reasoningNames the names under which reasoning is given out; none if it is left out
 * @param legacyFunctions whether the client knows {@code function_call} instead of {@code tool_calls}
 */
record ChatEnvelope(
        Ids ids,
        long created,
        String model,
        @Nullable String fingerprint,
        int choices,
        boolean includeUsage,
        List<String> reasoningNames,
        boolean legacyFunctions) {
    ChatEnvelope {
        requireNonNull(ids, "ids");
        requireNonNull(model, "model");
        reasoningNames = List.copyOf(reasoningNames);
        if (choices < 1) {
            throw new IllegalArgumentException("expected at least 1 choice but found " + choices);
        }
    }
}
