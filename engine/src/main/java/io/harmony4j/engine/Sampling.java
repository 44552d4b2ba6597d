package io.harmony4j.engine;

/**
 * How the next token is drawn. All values in any combination; the order is
 *
 * <ol>
 *   <li>{@code temperature} 0: the most likely token, of equal ones that with the lowest id; nothing else counts;
 *   <li>probabilities: softmax of {@code logits / temperature};
 *   <li>{@code topK}: only the so many most likely tokens stay;
 *   <li>{@code topP}: of these, only the fewest most likely ones stay whose probabilities, of all tokens together 1, reach it;
 *   <li>{@code minP}: of these, only those stay that are at least {@code minP} times as likely as the most likely one;
 *   <li>the draw among what stayed, in the order of ids, by {@link SquaresGenerator}'s number for the seed and the position.
 * </ol>
 *
 * <p>Of equally likely tokens, the one with the lower id counts as more likely. The same logits, seed and position give the same token
 * on every machine.
 *
 * @param temperature what logits are divided by; 0 or more
 * @param topP more than 0, at most 1; 1 keeps all
 * @param topK how many tokens stay; 0 keeps all
 * @param minP from 0, which keeps all, to 1
 * @param seed where the random numbers begin
 */
public record Sampling(double temperature, double topP, int topK, double minP, long seed) {
    /** The most likely token. */
    public static final Sampling GREEDY = new Sampling(0, 1, 0, 0, 0);

    /** What OpenAI recommends for gpt-oss: temperature 1, nothing left out; seed 0. */
    public static final Sampling DEFAULT = new Sampling(1, 1, 0, 0, 0);

    /** Checks that all values are in their range. */
    public Sampling {
        Require.that(temperature >= 0 && temperature <= 1000, "a temperature from 0 to 1000", temperature);
        Require.that(topP > 0 && topP <= 1, "top-p above 0 and up to 1", topP);
        Require.that(topK >= 0, "top-k of at least 0", topK);
        Require.that(minP >= 0 && minP <= 1, "min-p from 0 to 1", minP);
    }

    /** Returns this with another temperature. */
    public Sampling withTemperature(double temperature) {
        return new Sampling(temperature, topP, topK, minP, seed);
    }

    /** Returns this with another top-p. */
    public Sampling withTopP(double topP) {
        return new Sampling(temperature, topP, topK, minP, seed);
    }

    /** Returns this with another top-k. */
    public Sampling withTopK(int topK) {
        return new Sampling(temperature, topP, topK, minP, seed);
    }

    /** Returns this with another min-p. */
    public Sampling withMinP(double minP) {
        return new Sampling(temperature, topP, topK, minP, seed);
    }

    /** Returns this with another seed. */
    public Sampling withSeed(long seed) {
        return new Sampling(temperature, topP, topK, minP, seed);
    }
}
