package io.harmony4j.engine;

/** How precise the vectors are that a model's matrices are multiplied with. */
public enum Activations {
    /** Floats of 32 bits: nothing is lost. */
    F32,
    /**
     * Bytes with a scale for each 32: no longer exact. Only the vector kernels have it, and for MXFP4 alone; with vectors of 256 bits they take
     * floats all the same, because these are faster there.
     */
    INT8
}
