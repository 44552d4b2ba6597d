package io.harmony4j.openai;

import io.harmony4j.SpecialToken;
import io.harmony4j.generation.LogitsProcessor;
import java.util.HashMap;
import java.util.Map;

/**
 * What {@code logit_bias}, {@code frequency_penalty} and {@code presence_penalty} change in the logits, by OpenAI's formula: bias,
 * less the count of the token times the one penalty, less the other if it has come at all. Belongs to one generation.
 */
final class TokenPenalties implements LogitsProcessor {
    private final Map<Integer, Float> bias;
    private final double frequencyPenalty;
    private final double presencePenalty;
    private final Map<Integer, Integer> counts = new HashMap<>();

    TokenPenalties(Decoding decoding) {
        this.bias = decoding.logitBias();
        this.frequencyPenalty = decoding.frequencyPenalty();
        this.presencePenalty = decoding.presencePenalty();
    }

    static boolean isNeeded(Decoding decoding) {
        return !decoding.logitBias().isEmpty() || decoding.frequencyPenalty() != 0 || decoding.presencePenalty() != 0;
    }

    @Override
    public void process(float[] logits) {
        bias.forEach((token, added) -> {
            if (token < logits.length) {
                logits[token] += added;
            }
        });
        counts.forEach((token, count) -> {
            if (token < logits.length) {
                logits[token] -= (float) (count * frequencyPenalty + presencePenalty);
            }
        });
    }

    /** Control tokens are not counted: they must come again, or the messages would run into each other. */
    @Override
    public void accept(int token) {
        if (token < SpecialToken.START_OF_TEXT.id()) {
            counts.merge(token, 1, Integer::sum);
        }
    }
}
