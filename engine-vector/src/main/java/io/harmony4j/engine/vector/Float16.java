package io.harmony4j.engine.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/** The two floating-point formats of 16 bits, to vectors of floats: exact. */
final class Float16 {
    private static final int SIGN = 0x8000;
    private static final int MAGNITUDE = 0x7FFF;
    private static final int INFINITY = 0x7C00;
    private static final int FLOAT_INFINITY = 0x7F80_0000;

    private Float16() {}

    /** Reads a vector's worth of BF16. */
    static FloatVector bf16(MemorySegment data, long start) {
        return bits(data, start).lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
    }

    /** Reads a vector's worth of F16. (Java has no such conversion of vectors yet.) */
    static FloatVector f16(MemorySegment data, long start) {
        IntVector bits = bits(data, start);
        IntVector magnitude = bits.and(MAGNITUDE);
        IntVector fraction = magnitude.lanewise(VectorOperators.LSHL, 13);
        // Exponents of F16 are 112 smaller than a float's; the product makes the subnormal ones right, too.
        IntVector finite = fraction.reinterpretAsFloats().mul(0x1p112f).reinterpretAsInts();
        return finite.blend(fraction.or(FLOAT_INFINITY), magnitude.compare(VectorOperators.GE, INFINITY))
                .or(bits.and(SIGN).lanewise(VectorOperators.LSHL, 16))
                .reinterpretAsFloats();
    }

    private static IntVector bits(MemorySegment data, long start) {
        return (IntVector) ShortVector.fromMemorySegment(Lanes.FEW_SHORTS, data, start, Lanes.ORDER)
                .convertShape(VectorOperators.ZERO_EXTEND_S2I, Lanes.INTS, 0);
    }
}
