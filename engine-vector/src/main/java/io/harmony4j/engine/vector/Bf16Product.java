package io.harmony4j.engine.vector;

import io.harmony4j.engine.spi.Matrix;
import io.harmony4j.engine.spi.Vectors;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** A product with a matrix in BF16, the upper halves of floats: a 32-bit lane holds two, of which one is there and the other is moved up. */
final class Bf16Product extends MatrixProduct {
    private static final int UPPER_HALF = 0xFFFF_0000;
    private static final int GROUP = 2 * Lanes.COUNT; // elements

    Bf16Product(Matrix weights, Vectors x, Vectors y) {
        super(Arrangement.HALVES, weights, x, y);
    }

    @Override
    float dot(int row, int vector) {
        return dot(data, row, columns(), vectors(), start(vector));
    }

    private static float dot(MemorySegment data, int row, int columns, float[] x, int xStart) {
        FloatVector even = FloatVector.zero(Lanes.FLOATS);
        FloatVector odd = FloatVector.zero(Lanes.FLOATS);
        for (int first = 0, at = xStart; first < columns; first += GROUP, at += GROUP) {
            long element = (long) row * columns + Math.min(first, columns - GROUP);
            IntVector pairs = IntVector.fromMemorySegment(Lanes.INTS, data, 2 * element, Lanes.ORDER);
            even = lower(pairs).fma(FloatVector.fromArray(Lanes.FLOATS, x, at), even);
            odd = upper(pairs).fma(FloatVector.fromArray(Lanes.FLOATS, x, at + Lanes.COUNT), odd);
        }
        return even.add(odd).reduceLanes(VectorOperators.ADD);
    }

    @Override
    void unpack(int row, int firstGroup, int count, float[] to, int offset) {
        unpack(data, row, columns(), firstGroup, count, to, offset);
    }

    private static void unpack(
            MemorySegment data, int row, int columns, int firstGroup, int count, float[] to, int offset) {
        for (int i = 0, at = offset; i < count; i++, at += 2 * Tiles.STEP) {
            long element = (long) row * columns + Math.min((firstGroup + i) * GROUP, columns - GROUP);
            IntVector pairs = IntVector.fromMemorySegment(Lanes.INTS, data, 2 * element, Lanes.ORDER);
            lower(pairs).intoArray(to, at);
            upper(pairs).intoArray(to, at + Tiles.STEP);
        }
    }

    private static FloatVector lower(IntVector pairs) {
        return pairs.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
    }

    private static FloatVector upper(IntVector pairs) {
        return pairs.and(UPPER_HALF).reinterpretAsFloats();
    }
}
