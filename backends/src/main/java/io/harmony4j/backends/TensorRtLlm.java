package io.harmony4j.backends;

import static java.util.Objects.requireNonNullElse;

import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.Sampling;
import io.harmony4j.grammar.GrammarMatcher;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * TensorRT-LLM's trtllm-serve, {@code POST /v1/completions}: ids in, and ids out if it is asked not to turn them into text. It refuses
 * fields that it does not know, so the request has those alone that it does. A grammar it takes only if it was started for that, and then wraps it itself; so it is sent none.
 */
final class TensorRtLlm implements Runtime {
    private final String model;

    TensorRtLlm(@Nullable String model) {
        this.model = requireNonNullElse(model, "gpt-oss"); // required, and not compared with what is served
    }

    @Override
    public String path() {
        return "/v1/completions";
    }

    @Override
    public JsonObject request(int[] prompt, GenerationOptions options, @Nullable GrammarMatcher grammar) {
        if (options.logProbabilities().orElse(0) > 0) {
            throw new IllegalArgumentException("expected log-probabilities without alternatives but found "
                    + options.logProbabilities().getAsInt()
                    + " alternatives: TensorRT-LLM tells these by their text, which has no one id");
        }
        Sampling sampling = options.sampling();
        JsonObject.Builder request = JsonObject.builder()
                .put("model", model)
                .put("prompt", JsonArray.ofIntegers(prompt))
                .put("max_tokens", options.maxTokens())
                .put("stream", true)
                .put("stream_options", JsonObject.of("include_usage", JsonValue.of(true)))
                .put("detokenize", false)
                .put("skip_special_tokens", false)
                .put("spaces_between_special_tokens", false)
                .put("add_special_tokens", false)
                .put("stop_token_ids", SamplingFields.stopIds())
                .put("include_stop_str_in_output", false)
                .put("temperature", sampling.temperature())
                .put("top_p", sampling.topP())
                .put("top_k", sampling.topK())
                .put("min_p", sampling.minP())
                .put("seed", SamplingFields.seed(sampling));
        // 0 would mean none at all
        options.logProbabilities().ifPresent(count -> request.put("logprobs", 1));
        return request.build();
    }

    @Override
    public Reader reader(Answer answer) {
        return new CompletionsReader(answer);
    }
}
