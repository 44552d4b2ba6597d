package io.harmony4j.engine;

/** How precise the vectors are that a model's matrices are multiplied with. */
public enum Activations {
    /** Floats of 32 bits: nothing is lost. */
    F32,
    /** Bytes with a scale for each 32: faster, and no longer exact. Only the vector kernels have it. */
    INT8
}
