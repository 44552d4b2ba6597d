package io.harmony4j.openai;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
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

    /** The most calls of its own tools that the server answers in one response, whatever the request says. */
    private static final int MAX_HOSTED_CALLS = 64;

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

    /** Returns how many calls of the server's own tools may be answered. */
    int maxHostedCalls() {
        JsonValue most = echo.get("max_tool_calls");
        return most.isNull() ? MAX_HOSTED_CALLS : (int) Math.min(MAX_HOSTED_CALLS, most.longValue());
    }

    /** Returns how many tokens may be generated in all. */
    int maxTokens() {
        JsonValue most = echo.get("max_output_tokens");
        return most.isNull() ? Integer.MAX_VALUE : (int) Math.min(Integer.MAX_VALUE, most.longValue());
    }
}
