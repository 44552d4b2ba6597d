package io.harmony4j.engine;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * How tokens are to be generated. Start with {@link #DEFAULT} and change what should be different.
 *
 * @param maxTokens the most tokens to generate, at least 1
 * @param stopTokens tokens after which generation ends; they are part of what is generated
 * @param sampling how tokens are drawn
 * @param logProbabilities if present, log-probabilities are computed, and so many alternatives given, 0 or more
 * @param hook changes logits before a token is drawn
 * @param cancelled asked before each pass of the model; generation ends when it says true
 */
public record GenerationOptions(
        int maxTokens,
        Set<Integer> stopTokens,
        Sampling sampling,
        OptionalInt logProbabilities,
        LogitsHook hook,
        BooleanSupplier cancelled) {
    /** Where gpt-oss stops: {@code <|endoftext|>}, {@code <|return|>}, {@code <|call|>}. */
    public static final Set<Integer> HARMONY_STOP_TOKENS = Set.of(199999, 200002, 200012);

    /** Up to 4096 tokens, {@link #HARMONY_STOP_TOKENS}, {@link Sampling#DEFAULT}, no log-probabilities. */
    public static final GenerationOptions DEFAULT = new GenerationOptions(
            4096, HARMONY_STOP_TOKENS, Sampling.DEFAULT, OptionalInt.empty(), LogitsHook.NONE, () -> false);

    private static final int MAX_ALTERNATIVES = 1000;

    /** Checks that the numbers are in their range. */
    public GenerationOptions {
        stopTokens = Set.copyOf(stopTokens);
        Objects.requireNonNull(sampling, "sampling");
        Objects.requireNonNull(hook, "hook");
        Objects.requireNonNull(cancelled, "cancelled");
        if (maxTokens < 1) {
            throw new IllegalArgumentException("expected at least 1 token to generate but found " + maxTokens);
        }
        int alternatives = logProbabilities.orElse(0);
        if (alternatives < 0 || alternatives > MAX_ALTERNATIVES) {
            throw new IllegalArgumentException(
                    "expected 0 to " + MAX_ALTERNATIVES + " alternatives but found " + alternatives);
        }
    }

    /** Returns these options with another limit. */
    public GenerationOptions withMaxTokens(int maxTokens) {
        return new GenerationOptions(maxTokens, stopTokens, sampling, logProbabilities, hook, cancelled);
    }

    /** Returns these options with other stop tokens. */
    public GenerationOptions withStopTokens(Set<Integer> stopTokens) {
        return new GenerationOptions(maxTokens, stopTokens, sampling, logProbabilities, hook, cancelled);
    }

    /** Returns these options with another way to draw. */
    public GenerationOptions withSampling(Sampling sampling) {
        return new GenerationOptions(maxTokens, stopTokens, sampling, logProbabilities, hook, cancelled);
    }

    /** Returns these options with log-probabilities and so many alternatives for each token. */
    public GenerationOptions withLogProbabilities(int alternatives) {
        return new GenerationOptions(maxTokens, stopTokens, sampling, OptionalInt.of(alternatives), hook, cancelled);
    }

    /** Returns these options with a logits hook. */
    public GenerationOptions withHook(LogitsHook hook) {
        return new GenerationOptions(maxTokens, stopTokens, sampling, logProbabilities, hook, cancelled);
    }

    /** Returns these options with a question whether to stop. */
    public GenerationOptions withCancelled(BooleanSupplier cancelled) {
        return new GenerationOptions(maxTokens, stopTokens, sampling, logProbabilities, hook, cancelled);
    }
}
