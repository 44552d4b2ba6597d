package io.harmony4j.engine.spi;

/**
 * Vectors that lie in an array, a fixed distance apart. How long they are is not part of this.
 *
 * @param values what holds them
 * @param offset where the first begins
 * @param stride from the beginning of one to the beginning of the next
 * @param count how many there are
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity
public record Vectors(float[] values, int offset, int stride, int count) {

    /** Returns where vector {@code t} begins. */
    public int start(int t) {
        return offset + t * stride;
    }

    /** Returns the same vectors without their first {@code elements} elements. */
    public Vectors from(int elements) {
        return new Vectors(values, offset + elements, stride, count);
    }

    /** Returns {@code count} of these vectors, from vector {@code first} on. */
    public Vectors range(int first, int count) {
        return new Vectors(values, start(first), stride, count);
    }
}
