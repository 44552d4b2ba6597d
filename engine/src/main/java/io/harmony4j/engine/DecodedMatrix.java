package io.harmony4j.engine;

import io.harmony4j.engine.spi.Matrix;
import io.harmony4j.engine.spi.Product;
import io.harmony4j.engine.spi.Vectors;
import java.util.Arrays;

/**
 * A matrix as floats, which are decoded once: for small models, whose floats stay in the processor's caches. Rows that are neighbours lie
 * next to each other, column by column, so that the compiler makes vectors of a loop over rows; it does so only where both arrays have
 * the same index, which is why each column is an array of its own. Sums are those of plain kernels, bit for bit, since each row's numbers
 * are added in the same order. Immutable.
 */
final class DecodedMatrix {
    /** The rows of a block. Their sums stay in the nearest cache. */
    private static final int BLOCK = 512;

    /** How many sums a row's products go to in turn, as in plain kernels; those of columns that are left go to the first. */
    private static final int SUMS = 4;

    private final int rows;
    private final int columns;
    private final int sums;
    private final float[][][] blocks; // [blocks][columns][rows of the block]

    /** Decodes a matrix. */
    DecodedMatrix(Matrix matrix) {
        this.rows = matrix.rows();
        this.columns = matrix.columns();
        this.sums = matrix.format().transposed() ? 1 : SUMS;
        this.blocks = new float[(rows + BLOCK - 1) / BLOCK][][];
        float[] row = new float[columns];
        for (int block = 0; block < blocks.length; block++) {
            int count = Math.min(BLOCK, rows - block * BLOCK);
            blocks[block] = new float[columns][count];
            for (int r = 0; r < count; r++) {
                matrix.readRow(block * BLOCK + r, row, 0);
                for (int c = 0; c < columns; c++) {
                    blocks[block][c][r] = row[c];
                }
            }
        }
    }

    /** Prepares {@code y[t] = W x[t]} for every vector, as {@link io.harmony4j.engine.spi.Kernels#product} does. */
    Product product(Vectors x, Vectors y) {
        return (from, to) -> {
            float[][] scratch = new float[sums][BLOCK];
            for (int row = from, end; row < to; row = end) {
                int block = row / BLOCK;
                int start = block * BLOCK;
                end = Math.min(to, start + BLOCK);
                for (int t = 0; t < x.count(); t++) {
                    add(blocks[block], row - start, end - start, x.values(), x.start(t), scratch);
                    total(scratch, row - start, end - start, y.values(), y.start(t) + start);
                }
            }
        };
    }

    /** Makes the sums of a block's rows {@code from} to {@code to} (exclusive). */
    private void add(float[][] block, int from, int to, float[] x, int start, float[][] scratch) {
        for (float[] sum : scratch) {
            Arrays.fill(sum, from, to, 0);
        }
        int whole = columns / sums * sums;
        for (int c = 0; c < columns; c++) {
            addScaled(x[start + c], block[c], from, to, scratch[c < whole ? c % sums : 0]);
        }
    }

    private static void addScaled(float scale, float[] column, int from, int to, float[] sum) {
        for (int i = from; i < to; i++) {
            sum[i] += scale * column[i];
        }
    }

    private static void total(float[][] sums, int from, int to, float[] y, int start) {
        for (int i = from; i < to; i++) {
            y[start + i] = sums.length == 1 ? sums[0][i] : (sums[0][i] + sums[1][i]) + (sums[2][i] + sums[3][i]);
        }
    }
}
