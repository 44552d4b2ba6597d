package io.harmony4j.engine;

/** How the keys and values are kept that attention reads. */
public enum KeyValues {
    /** Floats of 32 bits: nothing is lost. */
    F32(Float.BYTES),
    /** IEEE 754 floats of 16 bits: half the memory, faster in long contexts with vector kernels, and no longer exact. */
    F16(Short.BYTES);

    private final int bytes;

    KeyValues(int bytes) {
        this.bytes = bytes;
    }

    /** Returns the bytes of a number. */
    int bytes() {
        return bytes;
    }
}
