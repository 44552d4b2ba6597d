package io.harmony4j.chat;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a loop ends at the latest. A model that calls the same tool again and again would never answer. Immutable. */
public final class LoopLimits {
    /** 16 rounds, 16,384 tokens. */
    public static final LoopLimits DEFAULT = new LoopLimits(16, 16_384);

    private final int rounds;
    private final int tokens;

    private LoopLimits(int rounds, int tokens) {
        this.rounds = requirePositive("round", rounds);
        this.tokens = requirePositive("token", tokens);
    }

    private static int requirePositive(String what, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("expected at least 1 " + what + " but found " + limit);
        }
        return limit;
    }

    /** Returns how often the model may be asked. */
    public int rounds() {
        return rounds;
    }

    /** Returns how many tokens it may generate in all rounds together. */
    public int tokens() {
        return tokens;
    }

    /**
     * Returns a copy with another number of rounds.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public LoopLimits withRounds(int limit) {
        return new LoopLimits(limit, tokens);
    }

    /**
     * Returns a copy with another number of tokens.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public LoopLimits withTokens(int limit) {
        return new LoopLimits(rounds, limit);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LoopLimits that && rounds == that.rounds && tokens == that.tokens;
    }

    @Override
    public int hashCode() {
        return Objects.hash(rounds, tokens);
    }

    @Override
    public String toString() {
        return rounds + " rounds, " + tokens + " tokens";
    }
}
