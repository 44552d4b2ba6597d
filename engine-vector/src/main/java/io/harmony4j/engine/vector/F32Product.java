package io.harmony4j.engine.vector;

import io.harmony4j.engine.spi.Matrix;
import io.harmony4j.engine.spi.Vectors;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** A product with a matrix in F32. */
final class F32Product extends MatrixProduct {

    F32Product(Matrix weights, Vectors x, Vectors y) {
        super(Arrangement.PLAIN, weights, x, y);
    }

    @Override
    float dot(int row, int vector) {
        return dot(data, row, columns(), vectors(), start(vector));
    }

    private static float dot(MemorySegment data, int row, int columns, float[] x, int xStart) {
        FloatVector sum = FloatVector.zero(Lanes.FLOATS);
        for (int first = 0; first < columns; first += Lanes.COUNT) {
            sum = floats(data, row, columns, first).fma(FloatVector.fromArray(Lanes.FLOATS, x, xStart + first), sum);
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    @Override
    void unpack(int row, int firstGroup, int count, float[] to, int offset) {
        for (int i = 0; i < count; i++) {
            floats(data, row, columns(), (firstGroup + i) * Lanes.COUNT).intoArray(to, offset + i * Tiles.STEP);
        }
    }

    private static FloatVector floats(MemorySegment data, int row, int columns, int first) {
        long element = (long) row * columns + Math.min(first, columns - Lanes.COUNT);
        return FloatVector.fromMemorySegment(Lanes.FLOATS, data, Float.BYTES * element, Lanes.ORDER);
    }
}
