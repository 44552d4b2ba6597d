package io.harmony4j.engine.vector;

import io.harmony4j.engine.spi.Matrix;
import io.harmony4j.engine.spi.Vectors;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * A product with a matrix in GGUF's MXFP4: blocks of 17 bytes, a scale before 16 bytes of elements. A group of blocks is moved together, as
 * if the scales stood apart, and then treated as in {@link Mxfp4Product}.
 */
final class Mxfp4GgufProduct extends MatrixProduct {
    private final int blocks; // of a row

    Mxfp4GgufProduct(Matrix weights, Vectors x, Vectors y) {
        super(Arrangement.NIBBLES_GGUF, weights, x, y, Mxfp4.MANY);
        this.blocks = weights.columns() / Mxfp4.BLOCK;
    }

    @Override
    float dot(int row, int vector) {
        return dot(data, row, blocks, vectors(), start(vector));
    }

    private static float dot(MemorySegment data, int row, int blocks, float[] x, int xStart) {
        IntVector table = Mxfp4.floatTable();
        ByteVector elements = Mxfp4Blocks.elements();
        ByteVector scales = Mxfp4Blocks.scales();
        VectorMask<Byte> last = Mxfp4Blocks.last();
        FloatVector sum = FloatVector.zero(Lanes.FLOATS);
        for (int first = 0, at = xStart; first < blocks; first += Mxfp4.GROUP, at += 8 * Lanes.COUNT) {
            long start = 17 * ((long) row * blocks + Math.min(first, blocks - Mxfp4.GROUP));
            ByteVector low = ByteVector.fromMemorySegment(Lanes.BYTES, data, start, Lanes.ORDER);
            ByteVector high = ByteVector.fromMemorySegment(Lanes.BYTES, data, start + Mxfp4.GROUP, Lanes.ORDER);
            IntVector w = elements.selectFrom(low).blend(high, last).reinterpretAsInts();
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
            sum = even.add(odd).fma(Mxfp4.scales(scales.selectFrom(low).reinterpretAsInts()), sum);
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    @Override
    void unpack(int row, int firstGroup, int count, float[] to, int offset) {
        unpack(data, row, blocks, firstGroup, count, to, offset);
    }

    static void unpack(MemorySegment data, int row, int blocks, int firstGroup, int count, float[] to, int offset) {
        IntVector table = Mxfp4.floatTable();
        ByteVector elements = Mxfp4Blocks.elements();
        ByteVector scales = Mxfp4Blocks.scales();
        VectorMask<Byte> last = Mxfp4Blocks.last();
        for (int i = 0, at = offset; i < count; i++, at += 8 * Lanes.COUNT) {
            int first = Math.min((firstGroup + i) * Mxfp4.GROUP, blocks - Mxfp4.GROUP);
            long start = 17 * ((long) row * blocks + first);
            ByteVector low = ByteVector.fromMemorySegment(Lanes.BYTES, data, start, Lanes.ORDER);
            ByteVector high = ByteVector.fromMemorySegment(Lanes.BYTES, data, start + Mxfp4.GROUP, Lanes.ORDER);
            IntVector w = elements.selectFrom(low).blend(high, last).reinterpretAsInts();
            FloatVector scale = Mxfp4.scales(scales.selectFrom(low).reinterpretAsInts());
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
