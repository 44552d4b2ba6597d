package io.harmony4j.engine.spi;

import java.nio.ByteBuffer;

/**
 * The arithmetic on which an engine spends 99 % of its time. {@link PlainKernels} define it; others are faster and give the same up to
 * rounding. Immutable and shared.
 */
public interface Kernels {

    /** Returns the definition: plain Java. */
    static Kernels plain() {
        return new PlainKernels();
    }

    /** Returns a human-readable name: what these kernels use, and how wide it is. */
    String description();

    /**
     * Is called with weights that have been mapped into memory, before most of them are read: a chance for a hint to the operating
     * system.
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
