package io.harmony4j.engine.vector;

import static java.util.Objects.requireNonNull;

import io.harmony4j.engine.spi.Matrix;
import io.harmony4j.engine.spi.Vectors;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * A product with a matrix in OpenAI's MXFP4, whose scales stand apart. A vector of 32-bit lanes holds a group of whole blocks, eight elements
 * in each lane and a block in each four lanes.
 */
final class Mxfp4Product extends MatrixProduct {
    private final MemorySegment scales;
    private final int blocks; // of a row

    Mxfp4Product(Matrix weights, Vectors x, Vectors y) {
        super(Arrangement.NIBBLES, weights, x, y, Mxfp4.MANY);
        this.scales = MemorySegment.ofBuffer(requireNonNull(weights.scales(), "scales"));
        this.blocks = weights.columns() / Mxfp4.BLOCK;
    }

    @Override
    float dot(int row, int vector) {
        return dot(data, scales, row, blocks, vectors(), start(vector));
    }

    private static float dot(MemorySegment data, MemorySegment scales, int row, int blocks, float[] x, int xStart) {
        IntVector table = Mxfp4.floatTable();
        IntVector shifts = Mxfp4.scaleShifts();
        FloatVector sum = FloatVector.zero(Lanes.FLOATS);
        for (int first = 0, at = xStart; first < blocks; first += Mxfp4.GROUP, at += 8 * Lanes.COUNT) {
            long block = (long) row * blocks + Math.min(first, blocks - Mxfp4.GROUP);
            IntVector w = IntVector.fromMemorySegment(Lanes.INTS, data, 16 * block, Lanes.ORDER);
            FloatVector even = Mxfp4.floats(w, table).mul(FloatVector.fromArray(Lanes.FLOATS, x, at));
            FloatVector odd = Mxfp4.floats(w.lanewise(VectorOperators.LSHR, 4), table)
                    .mul(FloatVector.fromArray(Lanes.FLOATS, x, at + Lanes.COUNT));
            even = Mxfp4.floats(w.lanewise(VectorOperators.LSHR, 8), table)
                    .fma(FloatVector.fromArray(Lanes.FLOATS, x, at + 2 * Lanes.COUNT), even);
            odd = Mxfp4.floats(w.lanewise(VectorOperators.LSHR, 12), table)
                    .fma(FloatVector.fromArray(Lanes.FLOATS, x, at + 3 * Lanes.COUNT), odd);
            even = Mxfp4.floats(w.lanewise(VectorOperators.LSHR, 16), table)
                    .fma(FloatVector.fromArray(Lanes.FLOATS, x, at + 4 * Lanes.COUNT), even);
            odd = Mxfp4.floats(w.lanewise(VectorOperators.LSHR, 20), table)
                    .fma(FloatVector.fromArray(Lanes.FLOATS, x, at + 5 * Lanes.COUNT), odd);
            even = Mxfp4.floats(w.lanewise(VectorOperators.LSHR, 24), table)
                    .fma(FloatVector.fromArray(Lanes.FLOATS, x, at + 6 * Lanes.COUNT), even);
            odd = Mxfp4.floats(w.lanewise(VectorOperators.LSHR, 28), table)
                    .fma(FloatVector.fromArray(Lanes.FLOATS, x, at + 7 * Lanes.COUNT), odd);
            sum = even.add(odd).fma(Mxfp4.scales(Mxfp4.scaleBytes(scales, block), shifts), sum);
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    @Override
    void unpack(int row, int firstGroup, int count, float[] to, int offset) {
        unpack(data, scales, row, blocks, firstGroup, count, to, offset);
    }

    static void unpack(
            MemorySegment data,
            MemorySegment scales,
            int row,
            int blocks,
            int firstGroup,
            int count,
            float[] to,
            int offset) {
        IntVector table = Mxfp4.floatTable();
        IntVector shifts = Mxfp4.scaleShifts();
        for (int i = 0, at = offset; i < count; i++, at += 8 * Lanes.COUNT) {
            long block = (long) row * blocks + Math.min((firstGroup + i) * Mxfp4.GROUP, blocks - Mxfp4.GROUP);
            IntVector w = IntVector.fromMemorySegment(Lanes.INTS, data, 16 * block, Lanes.ORDER);
            FloatVector scale = Mxfp4.scales(Mxfp4.scaleBytes(scales, block), shifts);
            Mxfp4.floats(w, table).mul(scale).intoArray(to, at);
            Mxfp4.floats(w.lanewise(VectorOperators.LSHR, 4), table).mul(scale).intoArray(to, at + Lanes.COUNT);
            Mxfp4.floats(w.lanewise(VectorOperators.LSHR, 8), table).mul(scale).intoArray(to, at + 2 * Lanes.COUNT);
            Mxfp4.floats(w.lanewise(VectorOperators.LSHR, 12), table).mul(scale).intoArray(to, at + 3 * Lanes.COUNT);
            Mxfp4.floats(w.lanewise(VectorOperators.LSHR, 16), table).mul(scale).intoArray(to, at + 4 * Lanes.COUNT);
            Mxfp4.floats(w.lanewise(VectorOperators.LSHR, 20), table).mul(scale).intoArray(to, at + 5 * Lanes.COUNT);
            Mxfp4.floats(w.lanewise(VectorOperators.LSHR, 24), table).mul(scale).intoArray(to, at + 6 * Lanes.COUNT);
            Mxfp4.floats(w.lanewise(VectorOperators.LSHR, 28), table).mul(scale).intoArray(to, at + 7 * Lanes.COUNT);
        }
    }
}
