package io.harmony4j.engine.vector;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The vectors that this machine has, and how weights lie in memory. Sixteen floats a vector, or eight. */
final class Lanes {
    static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
    static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;

    /** Floats of a vector. */
    static final int COUNT = FLOATS.length();

    /** As many bytes as a vector has floats. */
    static final VectorSpecies<Byte> FEW_BYTES = VectorSpecies.of(byte.class, VectorShape.forBitSize(8 * COUNT));

    /** As many 16-bit numbers as a vector has floats. */
    static final VectorSpecies<Short> FEW_SHORTS = VectorSpecies.of(short.class, VectorShape.forBitSize(16 * COUNT));

    /** The fewest floats of a vector that the kernels are made for. */
    static final int LEAST = 8;

    /** Bytes of a vector. */
    static final int BYTE_COUNT = Float.BYTES * COUNT;

    /** How all numbers in checkpoints are stored. */
    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ORDER);
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ORDER);

    private Lanes() {}
}
