package io.harmony4j.engine.spi;

/** A product of a matrix with vectors, {@code y[t] = W x[t]}, prepared so that several threads can share the work. */
@FunctionalInterface
public interface Product {

    /**
     * Computes the elements {@code from} (inclusive) to {@code to} (exclusive) of every y[t]. Threads may do so at the same time for ranges
     * that do not overlap.
     */
    void rows(int from, int to);
}
