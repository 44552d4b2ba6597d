package io.harmony4j.engine.vector;

import static java.util.Objects.requireNonNull;

import io.harmony4j.engine.spi.Matrix;
import io.harmony4j.engine.spi.Vectors;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * A product with a matrix in either MXFP4 for vectors of eight floats, where a table of sixteen floats does not fit into a vector: elements are
 * looked up as bytes, block by block, and then made floats.
 */
final class Mxfp4NarrowProduct extends MatrixProduct {
    private static final int GGUF_BLOCK_BYTES = 17;
    private static final int ELEMENT_BYTES = 16;
    private static final VectorSpecies<Byte> HALF_BLOCK = ByteVector.SPECIES_128;
    private static final byte LOW = 15;
    private static final byte[] DOUBLES = {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};
    private static final int EXPONENT_SHIFT = 23;

    private final int blocks; // of a row
    private final int elementsStart;
    private final int blockBytes; // from the elements of a block to those of the next
    private final MemorySegment scales;
    private final int scaleBytes; // from the scale of a block to that of the next

    Mxfp4NarrowProduct(Matrix weights, Vectors x, Vectors y) {
        super(arrangement(weights.format()), weights, x, y);
        boolean gguf = weights.format() == Matrix.Format.MXFP4_GGUF;
        this.blocks = weights.columns() / Mxfp4.BLOCK;
        this.elementsStart = gguf ? 1 : 0;
        this.blockBytes = gguf ? GGUF_BLOCK_BYTES : ELEMENT_BYTES;
        this.scales = gguf ? data : MemorySegment.ofBuffer(requireNonNull(weights.scales(), "scales"));
        this.scaleBytes = gguf ? GGUF_BLOCK_BYTES : 1;
    }

    /** Returns the order of a block's elements when the lower halves of its bytes come before the upper ones. */
    static Arrangement arrangement(Matrix.Format format) {
        return format == Matrix.Format.MXFP4_GGUF ? Arrangement.BLOCK : Arrangement.BLOCK_EVEN_ODD;
    }

    @Override
    float dot(int row, int vector) {
        long block = (long) row * blocks;
        return dot(
                data,
                elementsStart + block * blockBytes,
                blockBytes,
                scales,
                block * scaleBytes,
                scaleBytes,
                blocks,
                vectors(),
                start(vector));
    }

    private static float dot(
            MemorySegment data,
            long start,
            int blockBytes,
            MemorySegment scales,
            long scalesStart,
            int scaleBytes,
            int blocks,
            float[] x,
            int xStart) {
        ByteVector table = ByteVector.fromArray(HALF_BLOCK, DOUBLES, 0);
        FloatVector sum = FloatVector.zero(Lanes.FLOATS);
        for (int block = 0, at = xStart; block < blocks; block++, at += Mxfp4.BLOCK) {
            ByteVector pairs =
                    ByteVector.fromMemorySegment(HALF_BLOCK, data, start + (long) block * blockBytes, Lanes.ORDER);
            ByteVector low = low(pairs, table);
            ByteVector high = high(pairs, table);
            FloatVector ofBlock = floats(low, 0).mul(FloatVector.fromArray(Lanes.FLOATS, x, at));
            ofBlock = floats(low, 1).fma(FloatVector.fromArray(Lanes.FLOATS, x, at + Lanes.COUNT), ofBlock);
            ofBlock = floats(high, 0).fma(FloatVector.fromArray(Lanes.FLOATS, x, at + 2 * Lanes.COUNT), ofBlock);
            ofBlock = floats(high, 1).fma(FloatVector.fromArray(Lanes.FLOATS, x, at + 3 * Lanes.COUNT), ofBlock);
            sum = ofBlock.fma(scale(scales, scalesStart + (long) block * scaleBytes), sum);
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    @Override
    void unpack(int row, int firstGroup, int count, float[] to, int offset) {
        long block = (long) row * blocks + firstGroup;
        unpack(
                data,
                elementsStart + block * blockBytes,
                blockBytes,
                scales,
                block * scaleBytes,
                scaleBytes,
                count,
                to,
                offset);
    }

    private static void unpack(
            MemorySegment data,
            long start,
            int blockBytes,
            MemorySegment scales,
            long scalesStart,
            int scaleBytes,
            int count,
            float[] to,
            int offset) {
        ByteVector table = ByteVector.fromArray(HALF_BLOCK, DOUBLES, 0);
        for (int block = 0, at = offset; block < count; block++, at += Mxfp4.BLOCK) {
            ByteVector pairs =
                    ByteVector.fromMemorySegment(HALF_BLOCK, data, start + (long) block * blockBytes, Lanes.ORDER);
            FloatVector scale = scale(scales, scalesStart + (long) block * scaleBytes);
            ByteVector low = low(pairs, table);
            floats(low, 0).mul(scale).intoArray(to, at);
            floats(low, 1).mul(scale).intoArray(to, at + Lanes.COUNT);
            ByteVector high = high(pairs, table);
            floats(high, 0).mul(scale).intoArray(to, at + 2 * Lanes.COUNT);
            floats(high, 1).mul(scale).intoArray(to, at + 3 * Lanes.COUNT);
        }
    }

    /** Returns the doubles of the elements in the lower halves of bytes. */
    private static ByteVector low(ByteVector pairs, ByteVector table) {
        return pairs.and(LOW).selectFrom(table);
    }

    /** Returns the doubles of the elements in the upper halves. (Bytes have no shift of their own in a processor.) */
    private static ByteVector high(ByteVector pairs, ByteVector table) {
        return pairs.reinterpretAsInts()
                .lanewise(VectorOperators.LSHR, 4)
                .reinterpretAsBytes()
                .and(LOW)
                .selectFrom(table);
    }

    private static FloatVector floats(ByteVector doubles, int part) {
        return (FloatVector) doubles.convertShape(VectorOperators.B2F, Lanes.FLOATS, part);
    }

    /** Returns half a block's scale, because the table has doubles. The smallest scale, 2^-127, becomes 0. */
    private static FloatVector scale(MemorySegment scales, long at) {
        int exponent = scales.get(Lanes.BYTE, at) & 255;
        return FloatVector.broadcast(Lanes.FLOATS, 0.5f * Float.intBitsToFloat(exponent << EXPONENT_SHIFT));
    }
}
