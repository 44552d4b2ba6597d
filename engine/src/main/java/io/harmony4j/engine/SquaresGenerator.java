package io.harmony4j.engine;

/**
 * Random numbers without a state: the four-round "squares" generator of
 * <a href="https://arxiv.org/abs/2004.06278">Widynski 2020</a>, whose counter is a token's position. A sequence that is continued
 * later, or elsewhere, draws what it would have drawn.
 */
final class SquaresGenerator {
    private SquaresGenerator() {}

    /**
     * Returns a number from 0 (inclusive) to 1 (exclusive), a multiple of 2 to the power of -32.
     *
     * @param seed any number; it is spread over 64 bits first, because the generator wants keys with irregular bits
     * @param position the position of the token that is drawn
     */
    static double uniform(long seed, int position) {
        long key = spread(seed) | 1;
        long y = position * key;
        long z = y + key;
        long x = y;
        x = Long.rotateLeft(x * x + y, 32);
        x = Long.rotateLeft(x * x + z, 32);
        x = Long.rotateLeft(x * x + y, 32);
        return ((x * x + z) >>> 32) * 0x1p-32;
    }

    /** The finalizer of SplitMix64 (<a href="https://doi.org/10.1145/2660193.2660195">Steele, Lea, Flood 2014</a>). */
    private static long spread(long seed) {
        long z = seed + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
