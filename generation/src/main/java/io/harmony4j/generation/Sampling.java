package io.harmony4j.generation;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the next token is drawn. All values in any combination; the order is
 *
 * <ol>
 *   <li>{@code temperature} 0: the most likely token, of equal ones that with the lowest id; nothing else counts;
 *   <li>probabilities: softmax of {@code logits / temperature};
 *   <li>{@code topK}: only that many of the most likely tokens stay;
 *   <li>{@code topP}: of these, only the fewest most likely ones stay whose probabilities, of all tokens together 1, reach it;
 *   <li>{@code minP}: of these, only those stay that are at least {@code minP} times as likely as the most likely one;
 *   <li>the draw among what stayed, in the order of ids, by a random number for the seed and the position.
 * </ol>
 *
 * <p>Of equally likely tokens, the one with the lower id counts as more likely. With the engine of this project the same logits,
 * seed and position give the same token on every machine. An immutable value.
 */
public final class Sampling {
    /** What OpenAI recommends for gpt-oss: temperature 1, nothing left out; seed 0. */
    public static final Sampling DEFAULT = new Sampling(1, 1, 0, 0, 0);

    /** The most likely token. */
    public static final Sampling GREEDY = new Sampling(0, 1, 0, 0, 0);

    private final double temperature;
    private final double topP;
    private final int topK;
    private final double minP;
    private final long seed;

    private Sampling(double temperature, double topP, int topK, double minP, long seed) {
        Checks.require(temperature >= 0 && temperature <= 1000, "a temperature from 0 to 1000", temperature);
        Checks.require(topP > 0 && topP <= 1, "top-p above 0 and up to 1", topP);
        Checks.require(topK >= 0, "top-k of at least 0", topK);
        Checks.require(minP >= 0 && minP <= 1, "min-p from 0 to 1", minP);
        this.temperature = temperature;
        this.topP = topP;
        this.topK = topK;
        this.minP = minP;
        this.seed = seed;
    }

    /** Returns what logits are divided by, 0 to 1000. */
    public double temperature() {
        return temperature;
    }

    /** Returns the probability that the tokens that stay must reach, above 0 and up to 1; 1 keeps all. */
    public double topP() {
        return topP;
    }

    /** Returns how many tokens stay; 0 keeps all. */
    public int topK() {
        return topK;
    }

    /** Returns how likely a token must be, as a share of the most likely one, 0 to 1; 0 keeps all. */
    public double minP() {
        return minP;
    }

    /** Returns where the random numbers begin. */
    public long seed() {
        return seed;
    }

    /**
     * Returns a copy with another temperature.
     *
     * @throws IllegalArgumentException if it is not from 0 to 1000
     */
    public Sampling withTemperature(double value) {
        return new Sampling(value, topP, topK, minP, seed);
    }

    /**
     * Returns a copy with another top-p.
     *
     * @throws IllegalArgumentException if it is not above 0 and up to 1
     */
    public Sampling withTopP(double value) {
        return new Sampling(temperature, value, topK, minP, seed);
    }

    /**
     * Returns a copy with another top-k.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Sampling withTopK(int value) {
        return new Sampling(temperature, topP, value, minP, seed);
    }

    /**
     * Returns a copy with another min-p.
     *
     * @throws IllegalArgumentException if it is not from 0 to 1
     */
    public Sampling withMinP(double value) {
        return new Sampling(temperature, topP, topK, value, seed);
    }

    /** Returns a copy with another seed. */
    public Sampling withSeed(long value) {
        return new Sampling(temperature, topP, topK, minP, value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Sampling that
                && Double.compare(temperature, that.temperature) == 0
                && Double.compare(topP, that.topP) == 0
                && topK == that.topK
                && Double.compare(minP, that.minP) == 0
                && seed == that.seed;
    }

    @Override
    public int hashCode() {
        return Objects.hash(temperature, topP, topK, minP, seed);
    }

    @Override
    public String toString() {
        return "temperature " + temperature + ", top-p " + topP + ", top-k " + topK + ", min-p " + minP + ", seed "
                + seed;
    }
}
