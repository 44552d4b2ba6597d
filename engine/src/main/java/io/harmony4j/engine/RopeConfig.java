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

    /** Checks that all numbers are in their range. */
    public RopeConfig {
        Require.that(theta > 1, "rope theta above 1", theta);
        Require.that(factor >= 1, "a rope scaling factor of at least 1", factor);
        Require.that(initialContext > 0, "a positive initial context length", initialContext);
        Require.that(betaFast > betaSlow && betaSlow > 0, "0 < beta_slow < beta_fast", betaSlow + " and " + betaFast);
        Require.that(attentionFactor > 0, "a positive attention factor", attentionFactor);
    }

    /** Returns the attention factor that YaRN's authors recommend for a scaling factor. */
    public static double attentionFactor(double factor) {
        return 0.1 * Math.log(factor) + 1;
    }
}
