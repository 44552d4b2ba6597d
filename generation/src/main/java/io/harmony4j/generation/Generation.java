package io.harmony4j.generation;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** What a model has generated, and what it took. Immutable. */
public final class Generation {
    private final int[] tokens;
    private final FinishReason finishReason;
    private final int promptTokens;
    private final int cachedTokens;
    private final Duration prefillTime;
    private final Duration decodeTime;

    private Generation(
            int[] tokens,
            FinishReason finishReason,
            int promptTokens,
            int cachedTokens,
            Duration prefillTime,
            Duration decodeTime) {
        this.tokens = tokens;
        this.finishReason = finishReason;
        this.promptTokens = promptTokens;
        this.cachedTokens = cachedTokens;
        this.prefillTime = prefillTime;
        this.decodeTime = decodeTime;
    }

    /**
     * Returns a generation that took no time.
     *
     * @param tokens the generated tokens, the stop token included
     * @param finishReason why there are no more
     * @param promptTokens how many tokens the prompt has
     */
    public static Generation of(int[] tokens, FinishReason finishReason, int promptTokens) {
        requireNonNull(tokens, "tokens");
        requireNonNull(finishReason, "finishReason");
        return new Generation(tokens.clone(), finishReason, promptTokens, 0, Duration.ZERO, Duration.ZERO);
    }

    /** Returns a copy with another number of prompt tokens that had been read before. */
    public Generation withCachedTokens(int cached) {
        return new Generation(tokens, finishReason, promptTokens, cached, prefillTime, decodeTime);
    }

    /**
     * Returns a copy with other times.
     *
     * @param prefill how long it took to read the prompt
     * @param decode how long it took to generate after that
     */
    public Generation withTimes(Duration prefill, Duration decode) {
        requireNonNull(prefill, "prefill");
        requireNonNull(decode, "decode");
        return new Generation(tokens, finishReason, promptTokens, cachedTokens, prefill, decode);
    }

    /** Returns the generated tokens, the stop token included; a copy. */
    public int[] tokens() {
        return tokens.clone();
    }

    /** Returns why there are no more tokens: {@link FinishReason#STOP}, LENGTH or CANCELLED. */
    public FinishReason finishReason() {
        return finishReason;
    }

    /** Returns how many tokens the prompt has. */
    public int promptTokens() {
        return promptTokens;
    }

    /** Returns how many of the prompt's tokens had been read before, and did not have to be read again. */
    public int cachedTokens() {
        return cachedTokens;
    }

    /** Returns how long it took to read the prompt's other tokens. */
    public Duration prefillTime() {
        return prefillTime;
    }

    /** Returns how long it took to generate after that. */
    public Duration decodeTime() {
        return decodeTime;
    }

    /** Returns how many tokens of the prompt were read a second. */
    public double prefillTokensPerSecond() {
        return perSecond(promptTokens - cachedTokens, prefillTime);
    }

    /** Returns how many tokens were generated a second, without the first, which comes with the prompt. */
    public double decodeTokensPerSecond() {
        return perSecond(tokens.length - 1, decodeTime);
    }

    private static double perSecond(int tokens, Duration time) {
        return tokens <= 0 || time.isZero() ? 0 : tokens * 1e9 / time.toNanos();
    }

    @Override
    public String toString() {
        return tokens.length + " tokens, " + finishReason.wireName();
    }
}
