package io.harmony4j.engine.vector;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorMask;

/**
 * How GGUF's blocks of MXFP4, {@code s eeeeeeeeeeeeeeee s eeeeeeeeeeeeeeee ...}, are moved together. A group of four blocks has 68 bytes, and a
 * vector 64: one from the beginning of the group has the scales and the elements of all blocks but the last; of another, which begins four
 * bytes later, the last quarter is the last block's elements.
 */
final class Mxfp4Blocks {
    private static final int BLOCK_BYTES = 17;
    private static final int ELEMENT_BYTES = 16;
    private static final byte[] ELEMENTS = new byte[Lanes.BYTE_COUNT];
    private static final byte[] SCALES = new byte[Lanes.BYTE_COUNT];

    static {
        for (int i = 0; i < Lanes.BYTE_COUNT - ELEMENT_BYTES; i++) {
            ELEMENTS[i] = (byte) (BLOCK_BYTES * (i / ELEMENT_BYTES) + 1 + i % ELEMENT_BYTES);
        }
        for (int i = 0; i < Lanes.BYTE_COUNT; i++) {
            SCALES[i] = (byte) (BLOCK_BYTES * (i / ELEMENT_BYTES));
        }
    }

    private Mxfp4Blocks() {}

    /** Returns where in a group the elements are; those of the last block are missing. */
    static ByteVector elements() {
        return ByteVector.fromArray(Lanes.BYTES, ELEMENTS, 0);
    }

    /** Returns where in a group the scale of each byte of elements is. */
    static ByteVector scales() {
        return ByteVector.fromArray(Lanes.BYTES, SCALES, 0);
    }

    /** Returns the lanes of the last block's elements. */
    static VectorMask<Byte> last() {
        return VectorMask.fromLong(Lanes.BYTES, -1L << (Lanes.BYTE_COUNT - ELEMENT_BYTES));
    }
}
