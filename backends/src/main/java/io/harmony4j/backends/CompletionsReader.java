package io.harmony4j.backends;

import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken.Alternative;
import io.harmony4j.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Reads a stream of {@code /v1/completions} with {@code token_ids}, as vLLM and TensorRT-LLM have it. Where a server sends none, the
 * text counts, in which special tokens stand by their names.
 */
final class CompletionsReader implements Runtime.Reader {
    /** What stands before the id where names of tokens were asked to be ids. */
    private static final String TOKEN_ID = "token_id:";

    private final Answer answer;

    CompletionsReader(Answer answer) {
        this.answer = answer;
    }

    @Override
    public void read(JsonValue event) {
        JsonValue cached = event.get("usage").get("prompt_tokens_details").get("cached_tokens");
        if (cached.isInteger()) {
            answer.cached(cached.intValue());
        }
        JsonValue choices = event.get("choices");
        if (!choices.isArray()) {
            throw choices.unexpected("a list", "choices");
        }
        for (JsonValue choice : choices.elements()) {
            readChoice(choice);
        }
    }

    private void readChoice(JsonValue choice) {
        JsonValue ids = choice.get("token_ids");
        String text = choice.get("text").textOrNull();
        if (ids.isArray()) {
            readIds(ids.elements(), choice.get("logprobs"));
        } else if (text != null) {
            answer.text(text);
        }
        String reason = choice.get("finish_reason").textOrNull();
        if (reason != null) {
            JsonValue stop = choice.get("stop_reason");
            answer.finish(reason(reason), stop.isInteger() ? stop.intValue() : null);
        }
    }

    static FinishReason reason(String word) {
        return switch (word) {
            case "stop" -> FinishReason.STOP;
            case "length" -> FinishReason.LENGTH;
            default ->
                throw new IllegalArgumentException(
                        "expected \"stop\" or \"length\" as finish reason but found " + ErrorWords.excerpt(word));
        };
    }

    private void readIds(List<JsonValue> ids, JsonValue logProbabilities) {
        List<JsonValue> ofTokens = logProbabilities.get("token_logprobs").elements();
        List<JsonValue> tops = logProbabilities.get("top_logprobs").elements();
        for (int i = 0; i < ids.size(); i++) {
            boolean isKnown = i < ofTokens.size() && ofTokens.get(i).isNumber();
            answer.token(
                    ids.get(i).intValue(),
                    isKnown ? OptionalDouble.of(ofTokens.get(i).doubleValue()) : OptionalDouble.empty(),
                    i < tops.size() ? alternatives(tops.get(i)) : List.of());
        }
    }

    private static List<Alternative> alternatives(JsonValue top) {
        List<Alternative> alternatives = new ArrayList<>();
        top.members().forEach((name, logProbability) -> {
            if (name.startsWith(TOKEN_ID) && logProbability.isNumber()) {
                int id = Integer.parseInt(name.substring(TOKEN_ID.length()));
                alternatives.add(new Alternative(id, logProbability.doubleValue()));
            }
        });
        return alternatives;
    }
}
