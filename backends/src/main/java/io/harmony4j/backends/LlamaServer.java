package io.harmony4j.backends;

import io.harmony4j.SpecialToken;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken.Alternative;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.Sampling;
import io.harmony4j.grammar.ExportFormat;
import io.harmony4j.grammar.GrammarMatcher;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * llama.cpp's llama-server, {@code POST /completion}: ids in and out.
 *
 * <p>It takes no ids to stop at: it stops at the tokens that the model's file marks as an end, which are the format's. A streamed token
 * that ends within a character is held back, and its id never sent; the text of the event that brings the rest is whole. So where an
 * event's ids do not say its text, the tokens are those of the text.
 *
 * <p>A grammar goes as GBNF; it must say all that is left of the turn, since on this endpoint the server adds nothing to it.
 */
final class LlamaServer implements Runtime {
    /** The rules of sampling in the order of {@link Sampling}; its own has the temperature last, and others that it may be started with. */
    private static final JsonArray SAMPLERS = JsonArray.ofTexts(List.of("temperature", "top_k", "top_p", "min_p"));

    private final Tokenizer tokenizer = Tokenizer.o200kHarmony();

    @Override
    public String path() {
        return "/completion";
    }

    @Override
    public boolean obeysGrammars() {
        return true;
    }

    @Override
    public JsonObject request(int[] prompt, GenerationOptions options, @Nullable GrammarMatcher grammar) {
        Sampling sampling = options.sampling();
        // all of sampling: its own defaults are temperature 0.8, top-k 40, top-p 0.95, min-p 0.05
        JsonObject.Builder request = JsonObject.builder()
                .put("prompt", JsonArray.ofIntegers(prompt))
                .put("n_predict", options.maxTokens())
                .put("stream", true)
                .put("return_tokens", true)
                .put("cache_prompt", true)
                .put("temperature", sampling.temperature())
                .put("top_k", sampling.topK())
                .put("top_p", sampling.topP())
                .put("min_p", sampling.minP())
                .put("samplers", SAMPLERS)
                .put("repeat_penalty", 1)
                .put("seed", SamplingFields.seed(sampling))
                .put(
                        "preserved_tokens",
                        JsonArray.ofTexts(List.of(SpecialToken.CALL.literal(), SpecialToken.RETURN.literal())));
        // 0 would mean none at all
        options.logProbabilities().ifPresent(count -> request.put("n_probs", Math.max(1, count)));
        if (grammar != null) {
            request.put("grammar", grammar.export(ExportFormat.GBNF).text());
        }
        return request.build();
    }

    @Override
    public Reader reader(Answer answer) {
        return event -> read(event, answer);
    }

    private void read(JsonValue event, Answer answer) {
        int[] ids = event.get("tokens").elements().stream()
                .mapToInt(JsonValue::intValue)
                .toArray();
        String content = event.get("content").text();
        if (ids.length == 0) {
            answer.text(content); // an older server sends no ids in a stream
        } else if (content.isEmpty() || content.equals(text(ids))) {
            List<JsonValue> probabilities =
                    event.get("completion_probabilities").elements();
            for (int i = 0; i < ids.length; i++) {
                JsonValue probability = i < probabilities.size() ? probabilities.get(i) : JsonValue.ofNull();
                answer.token(ids[i], logProbability(probability), alternatives(probability));
            }
        } else {
            for (int id : tokenizer.encode(content, AllowedSpecial.ALL)) {
                answer.token(id);
            }
        }
        if (event.get("stop").isBoolean() && event.get("stop").booleanValue()) {
            finish(event, answer);
        }
    }

    private String text(int[] ids) {
        for (int id : ids) {
            if (!tokenizer.isToken(id)) {
                return ""; // the answer will say so
            }
        }
        return tokenizer.decode(ids);
    }

    private static void finish(JsonValue event, Answer answer) {
        JsonValue cached = event.get("timings").get("cache_n");
        if (cached.isInteger()) {
            answer.cached(cached.intValue());
        }
        boolean isLimit = "limit".equals(event.get("stop_type").textOrNull());
        answer.finish(isLimit ? FinishReason.LENGTH : FinishReason.STOP, null);
    }

    private static OptionalDouble logProbability(JsonValue entry) {
        JsonValue logProbability = entry.get("logprob");
        return logProbability.isNumber() ? OptionalDouble.of(logProbability.doubleValue()) : OptionalDouble.empty();
    }

    private static List<Alternative> alternatives(JsonValue entry) {
        return entry.get("top_logprobs").elements().stream()
                .filter(other -> other.get("logprob").isNumber())
                .map(other -> new Alternative(
                        other.get("id").intValue(), other.get("logprob").doubleValue()))
                .toList();
    }
}
