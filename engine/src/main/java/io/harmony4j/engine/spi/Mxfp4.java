package io.harmony4j.engine.spi;

/**
 * MXFP4 of the <a href="https://www.opencompute.org/documents/ocp-microscaling-formats-mx-v1-0-spec-final-pdf">OCP microscaling
 * formats</a>: blocks of 32 elements in E2M1 (a sign, two bits of exponent, one of mantissa) that share a scale in E8M0, a power of two.
 */
final class Mxfp4 {
    private static final float[] VALUES = {0, .5f, 1, 1.5f, 2, 3, 4, 6, -0f, -.5f, -1, -1.5f, -2, -3, -4, -6};

    private static final float[] SCALES = new float[256];

    static {
        for (int e = 1; e < 255; e++) {
            SCALES[e] = Float.intBitsToFloat(e << 23);
        }
        SCALES[0] = 0x1p-127f;
        SCALES[255] = Float.NaN;
    }

    private Mxfp4() {}

    /** Returns the element in the lower half of a byte, unscaled. */
    static float low(byte pair) {
        return VALUES[pair & 15];
    }

    /** Returns the element in the upper half of a byte, unscaled. */
    static float high(byte pair) {
        return VALUES[(pair >> 4) & 15];
    }

    /** Returns 2 to the power of {@code e8m0 - 127}, and not a number for 255. */
    static float scale(byte e8m0) {
        return SCALES[e8m0 & 255];
    }
}
