package io.harmony4j.engine.vector;

import io.harmony4j.engine.spi.Matrix;
import io.harmony4j.engine.spi.Vectors;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** A product with a matrix in Q8_0: blocks of 34 bytes, a scale in F16 before 32 signed bytes. */
final class Q8Product extends MatrixProduct {
    private static final int BLOCK = 32; // elements
    private static final int BLOCK_BYTES = 34;
    private static final int SCALE_BYTES = 2;

    /** Whether a block fills two vectors of floats; otherwise it fills four. */
    private static final boolean TWO_VECTORS = Lanes.COUNT >= 16;

    /** Rows at once. With more, the compiler gives up. */
    private static final int ROWS = TWO_VECTORS ? 4 : 2;

    /** Rows are read faster from several places in memory than they are unpacked one after the other. */
    private static final int MANY = 5;

    private final int blocks; // of a row

    Q8Product(Matrix weights, Vectors x, Vectors y) {
        super(Arrangement.PLAIN, weights, x, y, MANY);
        this.blocks = weights.columns() / BLOCK;
    }

    @Override
    float dot(int row, int vector) {
        return dot(data, row, blocks, vectors(), start(vector));
    }

    private static float dot(MemorySegment data, int row, int blocks, float[] x, int xStart) {
        FloatVector sum = FloatVector.zero(Lanes.FLOATS);
        for (int block = 0, at = xStart; block < blocks; block++, at += BLOCK) {
            long start = BLOCK_BYTES * ((long) row * blocks + block);
            sum = unscaled(data, start, x, at).fma(scale(data, start), sum);
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    @Override
    void dots(int row, int distance, int count, int vector, float[] to, int offset) {
        if (count % ROWS != 0) {
            super.dots(row, distance, count, vector, to, offset);
            return;
        }
        for (int i = 0; i < count * distance; i += ROWS * distance) {
            dots(data, row + i, distance, blocks, vectors(), start(vector), to, offset + i);
        }
    }

    private static void dots(
            MemorySegment data, int row, int distance, int blocks, float[] x, int xStart, float[] to, int offset) {
        long rowStep = (long) BLOCK_BYTES * blocks * distance;
        FloatVector sum0 = FloatVector.zero(Lanes.FLOATS);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        for (int block = 0, at = xStart; block < blocks; block++, at += BLOCK) {
            long start = BLOCK_BYTES * ((long) row * blocks + block);
            sum0 = unscaled(data, start, x, at).fma(scale(data, start), sum0);
            start += rowStep;
            sum1 = unscaled(data, start, x, at).fma(scale(data, start), sum1);
            if (ROWS == 4) {
                start += rowStep;
                sum2 = unscaled(data, start, x, at).fma(scale(data, start), sum2);
                start += rowStep;
                sum3 = unscaled(data, start, x, at).fma(scale(data, start), sum3);
            }
        }
        to[offset] = sum0.reduceLanes(VectorOperators.ADD);
        to[offset + distance] = sum1.reduceLanes(VectorOperators.ADD);
        if (ROWS == 4) {
            to[offset + 2 * distance] = sum2.reduceLanes(VectorOperators.ADD);
            to[offset + 3 * distance] = sum3.reduceLanes(VectorOperators.ADD);
        }
    }

    @Override
    boolean takesFour() {
        return TWO_VECTORS;
    }

    @Override
    void four(int row, Vectors y) {
        float[] products = new float[4];
        four(data, row, blocks, vectors(), start(0), start(1) - start(0), products);
        for (int t = 0; t < y.count(); t++) {
            y.values()[y.start(t) + row] = products[t];
        }
    }

    private static void four(MemorySegment data, int row, int blocks, float[] x, int xStart, int xStep, float[] to) {
        FloatVector sum0 = FloatVector.zero(Lanes.FLOATS);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        for (int block = 0, at = xStart; block < blocks; block++, at += BLOCK) {
            long start = BLOCK_BYTES * ((long) row * blocks + block);
            FloatVector scale = scale(data, start);
            FloatVector w0 = floats(data, start, 0).mul(scale);
            FloatVector w1 = floats(data, start, 1).mul(scale);
            sum0 = w0.fma(FloatVector.fromArray(Lanes.FLOATS, x, at), sum0);
            sum0 = w1.fma(FloatVector.fromArray(Lanes.FLOATS, x, at + Lanes.COUNT), sum0);
            int second = at + xStep;
            sum1 = w0.fma(FloatVector.fromArray(Lanes.FLOATS, x, second), sum1);
            sum1 = w1.fma(FloatVector.fromArray(Lanes.FLOATS, x, second + Lanes.COUNT), sum1);
            int third = second + xStep;
            sum2 = w0.fma(FloatVector.fromArray(Lanes.FLOATS, x, third), sum2);
            sum2 = w1.fma(FloatVector.fromArray(Lanes.FLOATS, x, third + Lanes.COUNT), sum2);
            int fourth = third + xStep;
            sum3 = w0.fma(FloatVector.fromArray(Lanes.FLOATS, x, fourth), sum3);
            sum3 = w1.fma(FloatVector.fromArray(Lanes.FLOATS, x, fourth + Lanes.COUNT), sum3);
        }
        to[0] = sum0.reduceLanes(VectorOperators.ADD);
        to[1] = sum1.reduceLanes(VectorOperators.ADD);
        to[2] = sum2.reduceLanes(VectorOperators.ADD);
        to[3] = sum3.reduceLanes(VectorOperators.ADD);
    }

    /** Returns the products of a block's elements with those of x, not yet scaled. */
    private static FloatVector unscaled(MemorySegment data, long block, float[] x, int at) {
        FloatVector products = floats(data, block, 0).mul(FloatVector.fromArray(Lanes.FLOATS, x, at));
        products = floats(data, block, 1).fma(FloatVector.fromArray(Lanes.FLOATS, x, at + Lanes.COUNT), products);
        if (!TWO_VECTORS) {
            products =
                    floats(data, block, 2).fma(FloatVector.fromArray(Lanes.FLOATS, x, at + 2 * Lanes.COUNT), products);
            products =
                    floats(data, block, 3).fma(FloatVector.fromArray(Lanes.FLOATS, x, at + 3 * Lanes.COUNT), products);
        }
        return products;
    }

    @Override
    void unpack(int row, int firstGroup, int count, float[] to, int offset) {
        unpack(data, row, blocks, firstGroup, count, to, offset);
    }

    private static void unpack(
            MemorySegment data, int row, int blocks, int firstGroup, int count, float[] to, int offset) {
        int vectorsOfBlock = BLOCK / Lanes.COUNT;
        for (int i = 0; i < count; i++) {
            int group = firstGroup + i;
            long start = BLOCK_BYTES * ((long) row * blocks + group / vectorsOfBlock);
            floats(data, start, group % vectorsOfBlock).mul(scale(data, start)).intoArray(to, offset + i * Tiles.STEP);
        }
    }

    /** Returns a part of a block's elements, unscaled. */
    private static FloatVector floats(MemorySegment data, long block, int part) {
        return (FloatVector) ByteVector.fromMemorySegment(
                        Lanes.FEW_BYTES, data, block + SCALE_BYTES + (long) part * Lanes.COUNT, Lanes.ORDER)
                .convertShape(VectorOperators.B2F, Lanes.FLOATS, 0);
    }

    private static FloatVector scale(MemorySegment data, long block) {
        return FloatVector.broadcast(Lanes.FLOATS, Float.float16ToFloat(data.get(Lanes.SHORT, block)));
    }
}
