package io.harmony4j.engine;

import java.nio.ByteBuffer;

/**
 * The arithmetic that takes the time: what an engine spends 99 % of it on. {@link PlainKernels} defines it; others are faster and give the
 * same up to rounding. Immutable and shared.
 */
public interface Kernels {

    /** Returns the definition: plain Java. */
    static Kernels plain() {
        return new PlainKernels();
    }

    /** Returns what these kernels are, for people: what they use, and how wide it is. */
    String description();

    /**
     * Tells that weights are mapped here, before most of them are read: for a hint to the operating system.
     *
     * @param weights a part of a file
     */
    default void mapped(ByteBuffer weights) {}

    /**
     * Prepares {@code y[t] = W x[t]} for every vector; x and y have as many vectors.
     *
     * @param weights W, {@code [rows, columns]}
     * @param x vectors of {@code columns} elements; not changed before the product is done
     * @param y vectors of {@code rows} elements, which are overwritten
     */
    Product product(Matrix weights, Vectors x, Vectors y);

    /**
     * Writes the scores of a query with {@code count} keys that lie one after the other: {@code scores[i] = q . k_i}.
     *
     * @param size the length of a query and of a key
     */
    void scores(
            float[] query,
            int queryOffset,
            float[] keys,
            int keysOffset,
            int count,
            int size,
            float[] scores,
            int scoresOffset);

    /**
     * Adds a weighted sum of {@code count} values that lie one after the other: {@code sum += weights[i] v_i}.
     *
     * @param size the length of a value and of the sum
     */
    void addWeighted(
            float[] weights,
            int weightsOffset,
            float[] values,
            int valuesOffset,
            int count,
            int size,
            float[] sum,
            int sumOffset);
}
