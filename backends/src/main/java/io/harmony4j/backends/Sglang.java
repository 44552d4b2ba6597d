package io.harmony4j.backends;

import io.harmony4j.SpecialToken;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken.Alternative;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.Sampling;
import io.harmony4j.grammar.GrammarMatcher;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.tokenizer.TokenBuffer;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * SGLang, {@code POST /generate}: ids in and out. Each event has all ids so far, or, if the server was started with
 * {@code --incremental-streaming-output}, the new ones.
 *
 * <p>A grammar goes as a structural tag of what is left of the turn. xgrammar there has all ends of the model for its own.
 */
final class Sglang implements Runtime {
    @Override
    public String path() {
        return "/generate";
    }

    @Override
    public boolean obeysGrammars() {
        return true;
    }

    @Override
    public JsonObject request(int[] prompt, GenerationOptions options, @Nullable GrammarMatcher grammar) {
        Sampling sampling = options.sampling();
        JsonObject.Builder how = JsonObject.builder()
                .put("max_new_tokens", options.maxTokens())
                .put("temperature", sampling.temperature())
                .put("top_p", sampling.topP())
                .put("top_k", SamplingFields.topKOrMinusOne(sampling))
                .put("min_p", sampling.minP())
                .put("stop_token_ids", SamplingFields.stopIds())
                .put("skip_special_tokens", false)
                .put("spaces_between_special_tokens", false)
                .put("no_stop_trim", true);
        if (sampling.seed() != 0) {
            how.put("sampling_seed", SamplingFields.seed(sampling)); // older servers refuse the field
        }
        if (grammar != null) {
            how.put("structural_tag", StructuralTag.of(grammar, SpecialToken.RETURN, SpecialToken.CALL));
        }
        JsonObject.Builder request = JsonObject.builder()
                .put("input_ids", JsonArray.ofIntegers(prompt))
                .put("stream", true)
                .put("sampling_params", how.build());
        options.logProbabilities()
                .ifPresent(count -> request.put("return_logprob", true).put("top_logprobs_num", count));
        return request.build();
    }

    @Override
    public Reader reader(Answer answer) {
        return new IdReader(answer);
    }

    private static final class IdReader implements Reader {
        private final Answer answer;
        private final TokenBuffer seen = new TokenBuffer();

        IdReader(Answer answer) {
            this.answer = answer;
        }

        @Override
        public void read(JsonValue event) {
            JsonValue ids = event.get("output_ids");
            if (!ids.isArray()) {
                throw ids.unexpected("a list of ids", "output_ids");
            }
            JsonValue meta = event.get("meta_info");
            int[] all = ids.elements().stream().mapToInt(JsonValue::intValue).toArray();
            for (int i = isCumulative(all, meta.get("completion_tokens")) ? seen.size() : 0; i < all.length; i++) {
                int fromEnd = all.length - i;
                answer.token(
                        all[i],
                        logProbability(fromLast(meta.get("output_token_logprobs"), fromEnd)),
                        alternatives(fromLast(meta.get("output_top_logprobs"), fromEnd)));
                seen.add(all[i]);
            }
            JsonValue cached = meta.get("cached_tokens");
            if (cached.isInteger()) {
                answer.cached(cached.intValue());
            }
            finish(meta.get("finish_reason"));
        }

        /** Returns whether ids are all so far: they begin with all that was seen, and are not exactly as many as are still missing. */
        private boolean isCumulative(int[] all, JsonValue count) {
            if (all.length < seen.size() || (count.isInteger() && count.intValue() == seen.size() + all.length)) {
                return false;
            }
            for (int i = 0; i < seen.size(); i++) {
                if (all[i] != seen.get(i)) {
                    return false;
                }
            }
            return true;
        }

        private void finish(JsonValue reason) {
            String type = reason.get("type").textOrNull();
            if (type != null && type.equals("abort")) {
                throw new IllegalArgumentException("the generation was aborted: "
                        + ErrorWords.excerpt(
                                reason.get("message").isNull()
                                        ? "no words"
                                        : reason.get("message").text()));
            }
            if (type != null) {
                JsonValue matched = reason.get("matched");
                FinishReason why = CompletionsReader.reason(type);
                answer.finish(why, matched.isInteger() ? matched.intValue() : null);
            }
        }

        /** Lists of log-probabilities are as long as those of ids, or have all so far: their ends are the same. */
        private static JsonValue fromLast(JsonValue list, int fromEnd) {
            List<JsonValue> elements = list.elements();
            return fromEnd <= elements.size() ? elements.get(elements.size() - fromEnd) : JsonValue.ofNull();
        }

        /** An entry is {@code [log-probability, id, text]}. */
        private static OptionalDouble logProbability(JsonValue entry) {
            List<JsonValue> parts = entry.elements();
            return !parts.isEmpty() && parts.get(0).isNumber()
                    ? OptionalDouble.of(parts.get(0).doubleValue())
                    : OptionalDouble.empty();
        }

        private static List<Alternative> alternatives(JsonValue entries) {
            return entries.elements().stream()
                    .filter(entry -> entry.elements().size() >= 2
                            && logProbability(entry).isPresent())
                    .map(entry -> new Alternative(
                            entry.elements().get(1).intValue(),
                            entry.elements().get(0).doubleValue()))
                    .toList();
        }
    }
}
