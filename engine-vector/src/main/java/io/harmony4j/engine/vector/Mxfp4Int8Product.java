package io.harmony4j.engine.vector;

import static java.util.Objects.requireNonNull;

import io.harmony4j.engine.spi.Matrix;
import io.harmony4j.engine.spi.Vectors;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The same as {@link Mxfp4Product} with vectors in bytes: both factors are whole numbers, of which 16 bits hold the sum of four products, 12
 * times 127 at most.
 */
final class Mxfp4Int8Product extends MatrixProduct {
    private final MemorySegment scales;
    private final int blocks; // of a row
    private final AlignedFloats quantised;

    Mxfp4Int8Product(Matrix weights, Vectors x, Vectors y) {
        super(Arrangement.NIBBLES, weights, x, y);
        this.scales = MemorySegment.ofBuffer(requireNonNull(weights.scales(), "scales"));
        this.blocks = weights.columns() / Mxfp4.BLOCK;
        this.quantised = quantise();
    }

    @Override
    float dot(int row, int vector) {
        int start = quantised.offset() + vector * groups() * Int8Vectors.GROUP_FLOATS;
        return dot(data, scales, row, blocks, quantised.array(), start);
    }

    private static float dot(MemorySegment data, MemorySegment scales, int row, int blocks, float[] x, int xStart) {
        ShortVector table = Mxfp4.doubleTable();
        IntVector shifts = Mxfp4.scaleShifts();
        FloatVector sum = FloatVector.zero(Lanes.FLOATS);
        for (int first = 0, at = xStart; first < blocks; first += Mxfp4.GROUP, at += Int8Vectors.GROUP_FLOATS) {
            long block = (long) row * blocks + Math.min(first, blocks - Mxfp4.GROUP);
            ShortVector w = ShortVector.fromMemorySegment(Lanes.SHORTS, data, 16 * block, Lanes.ORDER);
            ShortVector products = w.selectFrom(table).mul(Int8Vectors.shorts(x, at));
            products = products.add(
                    w.lanewise(VectorOperators.LSHR, 4).selectFrom(table).mul(Int8Vectors.shorts(x, at + Lanes.COUNT)));
            products = products.add(w.lanewise(VectorOperators.LSHR, 8)
                    .selectFrom(table)
                    .mul(Int8Vectors.shorts(x, at + 2 * Lanes.COUNT)));
            products = products.add(w.lanewise(VectorOperators.LSHR, 12)
                    .selectFrom(table)
                    .mul(Int8Vectors.shorts(x, at + 3 * Lanes.COUNT)));
            FloatVector xScales = FloatVector.fromArray(Lanes.FLOATS, x, at + 4 * Lanes.COUNT);
            sum = Int8Vectors.sumsOfPairs(products)
                    .fma(Mxfp4.scales(Mxfp4.scaleBytes(scales, block), shifts).mul(xScales), sum);
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    @Override
    void unpack(int row, int firstGroup, int count, float[] to, int offset) {
        Mxfp4Product.unpack(data, scales, row, blocks, firstGroup, count, to, offset);
    }
}
