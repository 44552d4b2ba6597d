package io.harmony4j.engine;

/**
 * How positions turn queries and keys: rotary embeddings, stretched by YaRN beyond the context that was trained first
 * (<a href="https://arxiv.org/abs/2309.00071">Peng et al. 2023</a>).
 *
 * @param theta the base of the wave lengths, 150,000 in gpt-oss
 * @param factor how many times longer the context is made; 1 is plain RoPE
 * @param initialContext the context that was trained before stretching, in tokens
 * @param betaFast a pair that turns at least this often within {@code initialContext} keeps its frequency
 * @param betaSlow a pair that turns at most this often has its frequency divided by {@code factor}
 * @param attentionFactor what cosine and sine are multiplied by; {@code 0.1 ln(factor) + 1} in gpt-oss
 * @param truncate whether the bounds between the two are rounded to whole pairs; false in gpt-oss
 */
public record RopeConfig(
        double theta,
        double factor,
        int initialContext,
        double betaFast,
        double betaSlow,
        double attentionFactor,
        boolean truncate) {

    /**
     * Checks that all numbers are in their range.
     *
     * @throws IllegalArgumentException if they are not
     */
    public RopeConfig {
        Quantity.ROPE_THETA.require(theta);
        Quantity.ROPE_FACTOR.require(factor);
        Quantity.INITIAL_CONTEXT.require(initialContext);
        Quantity.BETA_FAST.require(betaFast);
        Quantity.BETA_SLOW.require(betaSlow);
        Quantity.requireFit(
                betaFast > betaSlow,
                "beta_slow < beta_fast",
                betaSlow + " and " + betaFast,
                Quantity.BETA_SLOW,
                Quantity.BETA_FAST);
        Quantity.ATTENTION_FACTOR.require(attentionFactor);
    }

    /** Returns the attention factor that YaRN's authors recommend for a scaling factor. */
    public static double attentionFactor(double factor) {
        return 0.1 * Math.log(factor) + 1;
    }
}
