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

    private final int blocks; // of a row

    Q8Product(Matrix weights, Vectors x, Vectors y) {
        super(Arrangement.PLAIN, weights, x, y);
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
            FloatVector ofBlock = floats(data, start, 0).mul(FloatVector.fromArray(Lanes.FLOATS, x, at));
            ofBlock = floats(data, start, 1).fma(FloatVector.fromArray(Lanes.FLOATS, x, at + Lanes.COUNT), ofBlock);
            if (!TWO_VECTORS) {
                ofBlock = floats(data, start, 2)
                        .fma(FloatVector.fromArray(Lanes.FLOATS, x, at + 2 * Lanes.COUNT), ofBlock);
                ofBlock = floats(data, start, 3)
                        .fma(FloatVector.fromArray(Lanes.FLOATS, x, at + 3 * Lanes.COUNT), ofBlock);
            }
            sum = ofBlock.fma(scale(data, start), sum);
        }
        return sum.reduceLanes(VectorOperators.ADD);
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
            floats(data, start, group % vectorsOfBlock).mul(scale(data, start)).intoArray(to, offset + i * Lanes.COUNT);
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
