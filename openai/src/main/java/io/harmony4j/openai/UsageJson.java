package io.harmony4j.openai;

import io.harmony4j.chat.Usage;
import io.harmony4j.json.JsonObject;

/** How both APIs write how many tokens an answer took; all fields always. */
final class UsageJson {
    private UsageJson() {}

    static JsonObject chat(Usage usage) {
        return JsonObject.builder()
                .put("prompt_tokens", usage.promptTokens())
                .put("completion_tokens", usage.completionTokens())
                .put("total_tokens", usage.totalTokens())
                .put(
                        "prompt_tokens_details",
                        JsonObject.builder()
                                .put("cached_tokens", usage.cachedTokens())
                                .put("audio_tokens", 0)
                                .build())
                .put(
                        "completion_tokens_details",
                        JsonObject.builder()
                                .put("reasoning_tokens", usage.reasoningTokens())
                                .put("audio_tokens", 0)
                                .put("accepted_prediction_tokens", 0)
                                .put("rejected_prediction_tokens", 0)
                                .build())
                .build();
    }

    static JsonObject response(Usage usage) {
        return JsonObject.builder()
                .put("input_tokens", usage.promptTokens())
                .put(
                        "input_tokens_details",
                        JsonObject.builder()
                                .put("cached_tokens", usage.cachedTokens())
                                .put("cache_write_tokens", usage.cacheWriteTokens())
                                .build())
                .put("output_tokens", usage.completionTokens())
                .put(
                        "output_tokens_details",
                        JsonObject.builder()
                                .put("reasoning_tokens", usage.reasoningTokens())
                                .build())
                .put("total_tokens", usage.totalTokens())
                .build();
    }
}
