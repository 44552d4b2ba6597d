package io.harmony4j.openai;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.JsonObject;
import java.time.Clock;
import java.util.List;

/**
 * What a response has besides the model's turn.
 *
 * @param ids gives the ids of the response and of its items
 * @param createdAt when the response was begun, in seconds since 1970
 * @param clock tells when it is complete
 * @param echo the fields that come from the request, in their final form: all of {@link #ECHOED}
 * @param encryptedReasoning whether reasoning items have their text a second time, as {@link EncryptedReasoning}
 */
record ResponseEnvelope(Ids ids, long createdAt, Clock clock, JsonObject echo, boolean encryptedReasoning) {
    /** The fields of a response that come from its request; clients read them all, so all must be there. */
    static final List<String> ECHOED = List.of(
            "background",
            "instructions",
            "max_output_tokens",
            "max_tool_calls",
            "metadata",
            "model",
            "parallel_tool_calls",
            "previous_response_id",
            "prompt_cache_key",
            "reasoning",
            "safety_identifier",
            "service_tier",
            "store",
            "temperature",
            "text",
            "tool_choice",
            "tools",
            "top_logprobs",
            "top_p",
            "truncation",
            "user");

    ResponseEnvelope {
        requireNonNull(ids, "ids");
        requireNonNull(clock, "clock");
        for (String name : ECHOED) {
            if (!echo.has(name)) {
                throw new IllegalArgumentException(
                        "expected the field " + name + " in what a response says of its request");
            }
        }
    }
}
