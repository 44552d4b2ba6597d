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
     * Adds weighted sums of vectors: {@code sums[t] += weights[t][0] values[0] + weights[t][1] values[1] + ...} for every t. That is a product
     * of small matrices, in order: what is added first does not depend on how many sums there are.
     *
     * @param weights a vector of {@code values.count()} elements for each sum
     * @param values the vectors that are summed up
     * @param size the length of a value and of a sum
     */
    void addWeighted(Vectors weights, Vectors values, int size, Vectors sums);

    /** Returns the IEEE 754 binary16 that is nearest to a number: infinity from 65520 on. */
    static short half(float value) {
        return Float16.f16(value);
    }

    /**
     * Makes floats of IEEE 754 binary16, which is exact.
     *
     * @param halves {@code count} of them from {@code offset} on
     * @param to {@code [count]} and more, which are not changed
     */
    void unpack(short[] halves, int offset, int count, float[] to);

    /**
     * Makes scores what they weigh: {@code exp(scale score - max) / sum}. The sink is one more score, which is not scaled, and whose weight
     * is not kept.
     *
     * @param count how many scores there are, from {@code offset} on
     */
    void softmax(float[] scores, int offset, int count, float scale, float sink);

    /**
     * Applies SwiGLU as gpt-oss has it: {@code g sigmoid(alpha g) (l + 1)}, with the gate g clamped from above and the linear part l from
     * both sides.
     *
     * @param gateUp vectors of {@code 2 size} elements
     * @param interleaved whether a gate is followed by its linear part; otherwise all gates come first
     * @param activated vectors of {@code size} elements, which are overwritten
     */
    void swiglu(Vectors gateUp, boolean interleaved, Vectors activated, int size, float alpha, float limit);
}
