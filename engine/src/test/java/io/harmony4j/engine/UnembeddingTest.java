package io.harmony4j.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.engine.spi.Matrix;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows of zeros are left out, and their tokens' logits are zero. */
class UnembeddingTest {
    private static final int ROWS = 9;
    private static final int COLUMNS = 64;

    @Test
    void rowsOfZerosAreLeftOutAndAnyBitCounts() {
        ByteBuffer data = buffer();
        data.put(3 * COLUMNS * 2 - 1, (byte) 1); // the last of row 2
        data.put(7 * COLUMNS * 2, (byte) 0x80); // the first of row 7
        Unembedding unembedding = Unembedding.of(linear(data));

        assertThat(unembedding.known().rows()).isEqualTo(2);
        float[] row = new float[COLUMNS];
        unembedding.known().readRow(0, row, 0);
        assertThat(row[COLUMNS - 1]).isNotZero();
        assertThat(unembedding.logits(new float[] {5, 1, 2}, 1).toArray()).containsExactly(0, 0, 1, 0, 0, 0, 0, 2, 0);
    }

    @Test
    void aMatrixWithoutSuchRowsIsMultipliedAsItIs() {
        ByteBuffer data = buffer();
        for (int row = 0; row < ROWS; row++) {
            data.put(row * COLUMNS * 2, (byte) 1);
        }
        Linear all = linear(data);
        Unembedding unembedding = Unembedding.of(all);

        assertThat(unembedding.known()).isSameAs(all);
        Logits logits = unembedding.logits(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, 1);
        assertThat(logits.toArray()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    private static Linear linear(ByteBuffer data) {
        return new Linear(List.of(new Matrix(Matrix.Format.BF16, ROWS, COLUMNS, data, null)), new float[0]);
    }

    private static ByteBuffer buffer() {
        return ByteBuffer.allocate(ROWS * COLUMNS * 2).order(ByteOrder.LITTLE_ENDIAN);
    }
}
