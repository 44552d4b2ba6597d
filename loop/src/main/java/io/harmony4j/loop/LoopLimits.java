package io.harmony4j.loop;

/**
 * Where a loop ends at the latest. A model that calls the same tool again and again would never answer.
 *
 * @param rounds how often the model may be asked, at least 1
 * @param tokens how many tokens it may generate in all rounds together, at least 1
 */
public record LoopLimits(int rounds, int tokens) {
    /** 16 rounds, 16,384 tokens. */
    public static final LoopLimits DEFAULT = new LoopLimits(16, 16_384);

    /** Checks that both are positive. */
    public LoopLimits {
        if (rounds < 1 || tokens < 1) {
            throw new IllegalArgumentException(
                    "expected at least 1 round and 1 token but found " + rounds + " and " + tokens);
        }
    }
}
