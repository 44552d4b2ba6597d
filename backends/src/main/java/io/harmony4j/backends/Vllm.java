package io.harmony4j.backends;

import io.harmony4j.SpecialToken;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.Sampling;
import io.harmony4j.grammar.GrammarMatcher;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * vLLM, {@code POST /v1/completions}: ids in and out. Its chat endpoint gives no ids for gpt-oss (vllm#28246).
 *
 * <p>A grammar goes as a structural tag of what is left of the turn. xgrammar there has the tokenizer's one end, {@code <|return|>}, for its own. A
 * server with a reasoning parser, which it chooses for gpt-oss by itself, heeds no grammar before the end of the reasoning unless it was
 * started with {@code enable_in_reasoning} in its {@code --structured-outputs-config}.
 */
final class Vllm implements Runtime {
    private final @Nullable String model;

    Vllm(@Nullable String model) {
        this.model = model;
    }

    @Override
    public String path() {
        return "/v1/completions";
    }

    @Override
    public boolean obeysGrammars() {
        return true;
    }

    @Override
    public JsonObject request(int[] prompt, GenerationOptions options, @Nullable GrammarMatcher grammar) {
        Sampling sampling = options.sampling();
        JsonObject.Builder request = JsonObject.builder();
        if (model != null) {
            request.put("model", model);
        }
        request.put("prompt", JsonArray.ofIntegers(prompt))
                .put("max_tokens", options.maxTokens())
                .put("stream", true)
                .put("stream_options", JsonObject.of("include_usage", JsonValue.of(true)))
                .put("return_token_ids", true)
                .put("skip_special_tokens", false)
                .put("spaces_between_special_tokens", false)
                .put("add_special_tokens", false)
                .put("stop_token_ids", SamplingFields.stopIds())
                .put("include_stop_str_in_output", false)
                .put("temperature", sampling.temperature())
                .put("top_p", sampling.topP())
                .put("top_k", SamplingFields.topKOrMinusOne(sampling))
                .put("min_p", sampling.minP())
                .put("repetition_penalty", 1)
                .put("seed", SamplingFields.seed(sampling));
        options.logProbabilities()
                .ifPresent(count -> request.put("logprobs", count).put("return_tokens_as_token_ids", true));
        if (grammar != null) {
            String tag = StructuralTag.of(grammar, SpecialToken.RETURN);
            request.put("structured_outputs", JsonObject.of("structural_tag", JsonValue.of(tag)));
        }
        return request.build();
    }

    @Override
    public Reader reader(Answer answer) {
        return new CompletionsReader(answer);
    }
}
