package io.harmony4j.engine;

import io.harmony4j.engine.spi.Matrix;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * The last matrix, {@code [vocabularySize, hiddenSize]}: a row for each token, whose product with the hidden state is the token's logit.
 *
 * <p>A small model knows few of the vocabulary's tokens, and the rows of all others are zero: their logits are 0 whatever the hidden state
 * is. Such a matrix is multiplied without them, by a copy of the other rows. Immutable.
 */
final class Unembedding {
    /** The largest matrix that is searched for rows of zeros, in bytes: that takes some milliseconds, and larger ones have none. */
    private static final long SEARCHED = 64 << 20;

    private final Linear all;
    private final Linear known;
    private final int[] tokens; // of each row of known; empty if it has all rows

    private Unembedding(Linear all, Linear known, int[] tokens) {
        this.all = all;
        this.known = known;
        this.tokens = tokens;
    }

    /** Finds the rows of a matrix that are not zero. */
    static Unembedding of(Linear all) {
        if (all.bytes() > SEARCHED || all.weights().size() != 1) {
            return new Unembedding(all, all, new int[0]);
        }
        Matrix matrix = all.weights().get(0);
        int[] tokens = knownRows(matrix);
        if (tokens.length > all.rows() / 2) {
            return new Unembedding(all, all, new int[0]);
        }
        return new Unembedding(all, new Linear(List.of(copy(matrix, tokens)), new float[0]), tokens);
    }

    private static int[] knownRows(Matrix matrix) {
        int bytes = rowBytes(matrix);
        ByteBuffer zeros = ByteBuffer.allocate(bytes);
        int[] rows = new int[matrix.rows()];
        int count = 0;
        for (int row = 0; row < rows.length; row++) {
            if (matrix.data().slice(row * bytes, bytes).mismatch(zeros) >= 0) {
                rows[count++] = row;
            }
        }
        return Arrays.copyOf(rows, count);
    }

    private static Matrix copy(Matrix matrix, int[] rows) {
        int bytes = rowBytes(matrix);
        ByteBuffer data = ByteBuffer.allocateDirect(rows.length * bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < rows.length; i++) {
            data.put(i * bytes, matrix.data(), rows[i] * bytes, bytes);
        }
        return new Matrix(matrix.format(), rows.length, matrix.columns(), data, null);
    }

    private static int rowBytes(Matrix matrix) {
        return (int) matrix.format().bytes(matrix.columns());
    }

    /** Returns the same with weights that are decoded once. */
    Unembedding decoded() {
        return new Unembedding(all, known.decoded(), tokens);
    }

    /** Returns the whole matrix. */
    Linear all() {
        return all;
    }

    /** Returns the matrix without rows of zeros. */
    Linear known() {
        return known;
    }

    /**
     * Returns the logits that follow from what {@link #known} gives.
     *
     * @param products those of its rows, from {@code offset} on; copied
     */
    Logits logits(float[] products, int offset) {
        return new Logits(Arrays.copyOfRange(products, offset, offset + known.rows()), tokens, all.rows());
    }
}
