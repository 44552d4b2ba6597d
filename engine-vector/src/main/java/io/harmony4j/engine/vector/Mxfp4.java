package io.harmony4j.engine.vector;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/**
 * MXFP4 in vectors of sixteen floats: elements of four bits are looked up in a vector that holds all there are; scales are a float's exponent as
 * they are.
 */
final class Mxfp4 {
    /** Elements that share a scale. */
    static final int BLOCK = 32;

    /** Blocks that a vector holds. */
    static final int GROUP = Lanes.COUNT / 4;

    /** How many vectors make it worth unpacking rows: looking elements up takes longer than multiplying. */
    static final int MANY = 2;

    private static final float[] VALUES = {0, .5f, 1, 1.5f, 2, 3, 4, 6, -0f, -.5f, -1, -1.5f, -2, -3, -4, -6};
    private static final int EXPONENT = 0x7F80_0000;
    private static final int[] FLOAT_BITS = new int[Lanes.COUNT];
    private static final short[] DOUBLES = new short[Lanes.SHORTS.length()];

    /** Of each lane, how far its block's scale, one of four bytes, is from the highest of them; in bits. */
    private static final int[] SCALE_SHIFTS = new int[Lanes.COUNT];

    static {
        for (int i = 0; i < Lanes.COUNT; i++) {
            FLOAT_BITS[i] = Float.floatToRawIntBits(VALUES[i % 16]);
            SCALE_SHIFTS[i] = 24 - 8 * (i / 4);
        }
        for (int i = 0; i < DOUBLES.length; i++) {
            DOUBLES[i] = (short) (2 * VALUES[i % 16]);
        }
    }

    private Mxfp4() {}

    /** Returns the table for {@link #floats}. */
    static IntVector floatTable() {
        return IntVector.fromArray(Lanes.INTS, FLOAT_BITS, 0);
    }

    /** Returns the values of the lowest four bits of each lane. A lookup takes as many bits of an index as the table needs. */
    static FloatVector floats(IntVector bits, IntVector table) {
        return bits.selectFrom(table).reinterpretAsFloats();
    }

    /** Returns the table of the values' doubles, which are whole numbers; as often as it fits. */
    static ShortVector doubleTable() {
        return ShortVector.fromArray(Lanes.SHORTS, DOUBLES, 0);
    }

    /** Returns what {@link #scales(int, IntVector)} shifts by. */
    static IntVector scaleShifts() {
        return IntVector.fromArray(Lanes.INTS, SCALE_SHIFTS, 0);
    }

    /** Reads the scales of a group, the first in the lowest byte. */
    static int scaleBytes(MemorySegment scales, long block) {
        return scales.get(Lanes.INT, block);
    }

    /** Returns the scales that are the bytes of an int, the lowest in the first four lanes. The smallest scale, 2^-127, becomes 0. */
    static FloatVector scales(int bytes, IntVector shifts) {
        return scales(IntVector.broadcast(Lanes.INTS, bytes).lanewise(VectorOperators.LSHL, shifts));
    }

    /** Returns the scales that are the highest byte of each lane. The smallest scale, 2^-127, becomes 0. */
    static FloatVector scales(IntVector bytes) {
        return bytes.lanewise(VectorOperators.LSHR, 1).and(EXPONENT).reinterpretAsFloats();
    }
}
