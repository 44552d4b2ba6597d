package io.harmony4j.engine;

import java.time.Duration;

/**
 * What a model has generated, and what it took.
 *
 * @param tokens the generated tokens, the stop token included
 * @param finishReason why there are no more
 * @param promptTokens how many tokens the prompt has
 * @param reusedTokens how many of these the model had read before
 * @param promptTime how long reading the others took
 * @param decodeTime how long generating took after that
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity
public record Generation(
        int[] tokens,
        FinishReason finishReason,
        int promptTokens,
        int reusedTokens,
        Duration promptTime,
        Duration decodeTime) {

    /** Why generation ended. */
    public enum FinishReason {
        /** A stop token came. */
        STOP,
        /** The limit of tokens, or the end of the context, was reached. */
        LENGTH,
        /** It was cancelled. */
        CANCELLED
    }

    /** Returns how many tokens of the prompt were read a second. */
    public double promptTokensPerSecond() {
        return perSecond(promptTokens - reusedTokens, promptTime);
    }

    /** Returns how many tokens were generated a second, without the first, which comes with the prompt. */
    public double tokensPerSecond() {
        return perSecond(tokens.length - 1, decodeTime);
    }

    private static double perSecond(int tokens, Duration time) {
        return tokens <= 0 || time.isZero() ? 0 : tokens * 1e9 / time.toNanos();
    }
}
