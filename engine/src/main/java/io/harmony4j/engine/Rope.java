package io.harmony4j.engine;

/**
 * Rotary position embedding with YaRN: turns the pair {@code (i, i + headSize / 2)} of a query or key by the angle
 * {@code position * frequency(i)}, and stretches it by the attention factor. Immutable.
 */
final class Rope {
    private final double[] frequencies; // [headSize / 2], radians a token
    private final double factor;

    Rope(RopeConfig config, int headSize) {
        factor = config.attentionFactor();
        frequencies = new double[headSize / 2];
        double low = pairWithTurns(config, headSize, config.betaFast());
        double high = pairWithTurns(config, headSize, config.betaSlow());
        if (config.truncate()) {
            low = Math.floor(low);
            high = Math.ceil(high);
        }
        for (int i = 0; i < frequencies.length; i++) {
            double frequency = StrictMath.pow(config.theta(), -2.0 * i / headSize);
            double stretched = i <= low ? 0 : i >= high ? 1 : (i - low) / (high - low); // low and high may be equal
            frequencies[i] = stretched * frequency / config.factor() + (1 - stretched) * frequency;
        }
    }

    /** Returns which pair, counted from 0 and not rounded, turns so often within the initial context. */
    private static double pairWithTurns(RopeConfig config, int headSize, double turns) {
        return headSize
                / 2.0
                * StrictMath.log(config.initialContext() / (turns * 2 * Math.PI))
                / StrictMath.log(config.theta());
    }

    /** Returns the number of pairs. */
    int pairs() {
        return frequencies.length;
    }

    /** Writes the factors of a position: the cosine of every pair, then the sine of every pair. */
    void factors(int position, float[] to, int offset) {
        for (int i = 0; i < frequencies.length; i++) {
            double angle = position * frequencies[i];
            to[offset + i] = (float) (factor * StrictMath.cos(angle));
            to[offset + frequencies.length + i] = (float) (factor * StrictMath.sin(angle));
        }
    }

    /** Turns a query or key by a position's {@link #factors}. */
    void rotate(float[] vector, int offset, float[] factors, int factorsOffset) {
        int half = frequencies.length;
        for (int i = 0; i < half; i++) {
            float cos = factors[factorsOffset + i];
            float sin = factors[factorsOffset + half + i];
            float a = vector[offset + i];
            float b = vector[offset + half + i];
            vector[offset + i] = a * cos - b * sin;
            vector[offset + half + i] = b * cos + a * sin;
        }
    }
}
