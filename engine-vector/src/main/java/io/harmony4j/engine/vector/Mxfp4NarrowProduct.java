package io.harmony4j.engine.vector;

import static java.util.Objects.requireNonNull;

import io.harmony4j.engine.spi.Matrix;
import io.harmony4j.engine.spi.Vectors;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * A product with a matrix in either MXFP4 for vectors of eight floats, where a table of sixteen floats does not fit into a vector: elements are
 * looked up as bytes, block by block, and made 16-bit numbers. Of the two in each 32-bit lane, each in turn is moved to the upper half, or left
 * there alone, and that whole number, 65536 times the element, becomes a float.
 */
final class Mxfp4NarrowProduct extends MatrixProduct {
    private static final int GGUF_BLOCK_BYTES = 17;
    private static final int ELEMENT_BYTES = 16;
    private static final VectorSpecies<Byte> HALF_BLOCK = ByteVector.SPECIES_128;
    private static final byte[] DOUBLES = {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};
    private static final int EXPONENT_SHIFT = 23;
    private static final int UPPER_HALF = 0xFFFF_0000;

    /** What the floats are to be multiplied with: they are doubles, and in the upper halves of lanes. */
    private static final float UNIT = 0x1p-17f;

    private final int blocks; // of a row
    private final int elementsStart;
    private final int blockBytes; // from the elements of a block to those of the next
    private final MemorySegment scales;
    private final int scaleBytes; // from the scale of a block to that of the next

    Mxfp4NarrowProduct(Matrix weights, Vectors x, Vectors y) {
        super(arrangement(weights.format()), weights, x, y, Mxfp4.MANY);
        boolean gguf = weights.format() == Matrix.Format.MXFP4_GGUF;
        this.blocks = weights.columns() / Mxfp4.BLOCK;
        this.elementsStart = gguf ? 1 : 0;
        this.blockBytes = gguf ? GGUF_BLOCK_BYTES : ELEMENT_BYTES;
        this.scales = gguf ? data : MemorySegment.ofBuffer(requireNonNull(weights.scales(), "scales"));
        this.scaleBytes = gguf ? GGUF_BLOCK_BYTES : 1;
    }

    /** Returns the order of a block's elements when the lower halves of its bytes come before the upper ones, and of each even bytes first. */
    static Arrangement arrangement(Matrix.Format format) {
        return format == Matrix.Format.MXFP4_GGUF ? Arrangement.HALF_BLOCKS : Arrangement.EVEN_ODD;
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
            ShortVector low = low(pairs, table);
            ShortVector high = high(pairs, table);
            FloatVector ofBlock = even(low).mul(FloatVector.fromArray(Lanes.FLOATS, x, at));
            ofBlock = odd(low).fma(FloatVector.fromArray(Lanes.FLOATS, x, at + Lanes.COUNT), ofBlock);
            ofBlock = even(high).fma(FloatVector.fromArray(Lanes.FLOATS, x, at + 2 * Lanes.COUNT), ofBlock);
            ofBlock = odd(high).fma(FloatVector.fromArray(Lanes.FLOATS, x, at + 3 * Lanes.COUNT), ofBlock);
            sum = ofBlock.fma(scale(scales, scalesStart + (long) block * scaleBytes), sum);
        }
        return UNIT * sum.reduceLanes(VectorOperators.ADD);
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
        for (int block = 0, at = offset; block < count; block++, at += 4 * Tiles.STEP) {
            ByteVector pairs =
                    ByteVector.fromMemorySegment(HALF_BLOCK, data, start + (long) block * blockBytes, Lanes.ORDER);
            FloatVector scale =
                    scale(scales, scalesStart + (long) block * scaleBytes).mul(UNIT);
            ShortVector low = low(pairs, table);
            even(low).mul(scale).intoArray(to, at);
            odd(low).mul(scale).intoArray(to, at + Tiles.STEP);
            ShortVector high = high(pairs, table);
            even(high).mul(scale).intoArray(to, at + 2 * Tiles.STEP);
            odd(high).mul(scale).intoArray(to, at + 3 * Tiles.STEP);
        }
    }

    /** Returns the doubles of the elements in the lower halves of bytes. A lookup takes as many bits of an index as the table needs. */
    private static ShortVector low(ByteVector pairs, ByteVector table) {
        return shorts(pairs.selectFrom(table));
    }

    /** Returns the doubles of the elements in the upper halves. (Bytes have no shift of their own in a processor.) */
    private static ShortVector high(ByteVector pairs, ByteVector table) {
        return shorts(pairs.reinterpretAsInts()
                .lanewise(VectorOperators.LSHR, 4)
                .reinterpretAsBytes()
                .selectFrom(table));
    }

    private static ShortVector shorts(ByteVector doubles) {
        return (ShortVector) doubles.convertShape(VectorOperators.B2S, Lanes.SHORTS, 0);
    }

    private static FloatVector even(ShortVector doubles) {
        return floats(doubles.reinterpretAsInts().lanewise(VectorOperators.LSHL, 16));
    }

    private static FloatVector odd(ShortVector doubles) {
        return floats(doubles.reinterpretAsInts().and(UPPER_HALF));
    }

    private static FloatVector floats(IntVector whole) {
        return (FloatVector) whole.convert(VectorOperators.I2F, 0);
    }

    /** Returns a block's scale. The smallest, 2^-127, becomes 0. */
    private static FloatVector scale(MemorySegment scales, long at) {
        int exponent = scales.get(Lanes.BYTE, at) & 255;
        return FloatVector.broadcast(Lanes.FLOATS, Float.intBitsToFloat(exponent << EXPONENT_SHIFT));
    }
}
