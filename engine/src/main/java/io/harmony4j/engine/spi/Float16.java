package io.harmony4j.engine.spi;

/** The two floating-point formats of 16 bits. To 32 bits: exact. */
final class Float16 {
    private Float16() {}

    /** Returns the value of a BF16: the upper half of a float. */
    static float bf16(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** Returns the value of an IEEE 754 binary16. ({@code Float.float16ToFloat} comes with JDK 20.) */
    static float f16(short bits) {
        int magnitude = bits & 0x7FFF;
        int sign = (bits & 0x8000) << 16;
        if (magnitude >= 0x7C00) { // infinity, not a number
            return Float.intBitsToFloat(sign | 0x7F80_0000 | (magnitude << 13));
        }
        // Exponents of binary16 are 112 smaller than a float's; the product makes the subnormal ones right, too.
        return Float.intBitsToFloat(sign | (magnitude << 13)) * 0x1p112f;
    }

    /** Returns the nearest IEEE 754 binary16, of two the even one. ({@code Float.floatToFloat16} comes with JDK 20.) */
    static short f16(float value) {
        int sign = (Float.floatToRawIntBits(value) >>> 16) & 0x8000;
        int bits = Float.floatToRawIntBits(value) & 0x7FFF_FFFF;
        float magnitude = Float.intBitsToFloat(bits);
        if (Float.isNaN(value)) {
            return (short) (sign | 0x7E00);
        }
        if (magnitude < 0x1p-14f) { // subnormal
            return (short) (sign | (int) Math.rint(magnitude * 0x1p24f));
        }
        if (magnitude >= 65520) { // infinity is nearer than the largest
            return (short) (sign | 0x7C00);
        }
        return (short) (sign | ((bits + 0xFFF + ((bits >> 13) & 1) - (112 << 23)) >> 13));
    }
}
