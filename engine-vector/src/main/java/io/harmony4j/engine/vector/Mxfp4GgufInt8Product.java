package io.harmony4j.engine.vector;

import io.harmony4j.engine.spi.Matrix;
import io.harmony4j.engine.spi.Vectors;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** The same as {@link Mxfp4GgufProduct} with vectors in bytes, as in {@link Mxfp4Int8Product}. */
final class Mxfp4GgufInt8Product extends MatrixProduct {
    private final int blocks; // of a row
    private final AlignedFloats quantised;

    Mxfp4GgufInt8Product(Matrix weights, Vectors x, Vectors y) {
        super(Arrangement.NIBBLES_GGUF, weights, x, y);
        this.blocks = weights.columns() / Mxfp4.BLOCK;
        this.quantised = quantise();
    }

    @Override
    float dot(int row, int vector) {
        int start = quantised.offset() + vector * groups() * Int8Vectors.GROUP_FLOATS;
        return dot(data, row, blocks, quantised.array(), start);
    }

    private static float dot(MemorySegment data, int row, int blocks, float[] x, int xStart) {
        ShortVector table = Mxfp4.doubleTable();
        ByteVector elements = Mxfp4Blocks.elements();
        ByteVector scales = Mxfp4Blocks.scales();
        VectorMask<Byte> last = Mxfp4Blocks.last();
        FloatVector sum = FloatVector.zero(Lanes.FLOATS);
        for (int first = 0, at = xStart; first < blocks; first += Mxfp4.GROUP, at += Int8Vectors.GROUP_FLOATS) {
            long start = 17 * ((long) row * blocks + Math.min(first, blocks - Mxfp4.GROUP));
            ByteVector low = ByteVector.fromMemorySegment(Lanes.BYTES, data, start, Lanes.ORDER);
            ByteVector high = ByteVector.fromMemorySegment(Lanes.BYTES, data, start + Mxfp4.GROUP, Lanes.ORDER);
            ShortVector w = elements.selectFrom(low).blend(high, last).reinterpretAsShorts();
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
                    .fma(
                            Mxfp4.scales(scales.selectFrom(low).reinterpretAsInts())
                                    .mul(xScales),
                            sum);
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    @Override
    void unpack(int row, int firstGroup, int count, float[] to, int offset) {
        Mxfp4GgufProduct.unpack(data, row, blocks, firstGroup, count, to, offset);
    }
}
