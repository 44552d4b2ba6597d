package io.harmony4j.engine.vector;

import io.harmony4j.engine.spi.Matrix;
import io.harmony4j.engine.spi.Product;
import io.harmony4j.engine.spi.Vectors;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * A product with a matrix that lies column by column: some neighbouring rows at once, through all columns. The last vector of rows overlaps
 * the one before if the range is not whole vectors.
 */
final class ColumnsProduct implements Product {
    /** Vectors of rows at once: as many additions as can be in progress at once. */
    private static final int ROWS = 4 * Lanes.COUNT;

    private final Matrix.Format format;
    private final MemorySegment data;
    private final int rows;
    private final int columns;
    private final Vectors x;
    private final Vectors y;

    /** @param weights a transposed matrix of at least a vector of rows */
    ColumnsProduct(Matrix weights, Vectors x, Vectors y) {
        this.format = weights.format();
        this.data = MemorySegment.ofBuffer(weights.data());
        this.rows = weights.rows();
        this.columns = weights.columns();
        this.x = x;
        this.y = y;
    }

    @Override
    public void rows(int from, int to) {
        for (int row = from; row < to; row += ROWS) {
            for (int t = 0; t < x.count(); t++) {
                if (row + ROWS <= rows) {
                    fourVectors(row, t, Math.min(ROWS, to - row));
                } else {
                    for (int some = row; some < to; some += Lanes.COUNT) {
                        oneVector(Math.min(some, rows - Lanes.COUNT), some, Math.min(to, some + Lanes.COUNT), t);
                    }
                }
            }
        }
    }

    /** @param count how many of the rows are wanted */
    private void fourVectors(int row, int t, int count) {
        FloatVector sum0 = FloatVector.zero(Lanes.FLOATS);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        for (int c = 0; c < columns; c++) {
            long element = (long) c * rows + row;
            FloatVector factor = FloatVector.broadcast(Lanes.FLOATS, x.values()[x.start(t) + c]);
            sum0 = floats(element).fma(factor, sum0);
            sum1 = floats(element + Lanes.COUNT).fma(factor, sum1);
            sum2 = floats(element + 2L * Lanes.COUNT).fma(factor, sum2);
            sum3 = floats(element + 3L * Lanes.COUNT).fma(factor, sum3);
        }
        float[] sums = new float[ROWS];
        sum0.intoArray(sums, 0);
        sum1.intoArray(sums, Lanes.COUNT);
        sum2.intoArray(sums, 2 * Lanes.COUNT);
        sum3.intoArray(sums, 3 * Lanes.COUNT);
        System.arraycopy(sums, 0, y.values(), y.start(t) + row, count);
    }

    /** @param row the first row of the vector, of which those in the range are wanted */
    private void oneVector(int row, int from, int to, int t) {
        FloatVector sum = FloatVector.zero(Lanes.FLOATS);
        for (int c = 0; c < columns; c++) {
            FloatVector factor = FloatVector.broadcast(Lanes.FLOATS, x.values()[x.start(t) + c]);
            sum = floats((long) c * rows + row).fma(factor, sum);
        }
        float[] sums = new float[Lanes.COUNT];
        sum.intoArray(sums, 0);
        System.arraycopy(sums, from - row, y.values(), y.start(t) + from, to - from);
    }

    private FloatVector floats(long element) {
        return switch (format) {
            case F32_TRANSPOSED -> FloatVector.fromMemorySegment(Lanes.FLOATS, data, 4 * element, Lanes.ORDER);
            case F16_TRANSPOSED -> Float16.f16(data, 2 * element);
            case BF16_TRANSPOSED -> Float16.bf16(data, 2 * element);
            case F32, F16, BF16, Q8_0, MXFP4_GGUF, MXFP4 ->
                throw new IllegalStateException(format + " is not transposed");
        };
    }
}
