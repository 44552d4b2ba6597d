package io.harmony4j.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.engine.spi.Kernels;
import io.harmony4j.engine.spi.Matrix;
import io.harmony4j.engine.spi.Matrix.Format;
import io.harmony4j.engine.spi.Vectors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Products of decoded matrices are those of plain kernels, bit for bit. */
class DecodedMatrixTest {
    private static final int[] ROWS = {1, 2, 17, 511, 512, 513, 1030};
    private static final int[] COLUMNS = {1, 3, 4, 5, 7, 9};

    @ParameterizedTest
    @EnumSource
    void productsAreThePlainOnes(Format format) {
        Random random = new Random(1);
        for (int rows : ROWS) {
            for (int columns : COLUMNS) {
                Matrix matrix = matrix(format, rows, columns * (format.bytes(1) < 2 ? Matrix.BLOCK : 1), random);
                for (int count : new int[] {1, 3}) {
                    assertProduct(matrix, count, random);
                }
            }
        }
    }

    /** Compares some rows; others must stay as they are. */
    private static void assertProduct(Matrix matrix, int count, Random random) {
        Vectors x = vectors(matrix.columns(), count, random);
        Vectors found = vectors(matrix.rows(), count, random);
        Vectors expected = new Vectors(found.values().clone(), found.offset(), found.stride(), count);
        int from = random.nextInt(matrix.rows());
        int to = from + 1 + random.nextInt(matrix.rows() - from);
        new DecodedMatrix(matrix).product(x, found).rows(from, to);
        Kernels.plain().product(matrix, x, expected).rows(from, to);
        assertThat(found.values()).isEqualTo(expected.values());
    }

    private static Vectors vectors(int length, int count, Random random) {
        float[] values = new float[2 + (length + 1) * count];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new Vectors(values, 2, length + 1, count);
    }

    /** Returns random bits, but no infinity and nothing that is not a number. */
    private static Matrix matrix(Format format, int rows, int columns, Random random) {
        byte[] bytes = new byte[(int) format.bytes((long) rows * columns)];
        random.nextBytes(bytes);
        ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        switch (format) {
            case F32, F32_TRANSPOSED -> clearTopOfExponents(bytes, 4, 3);
            case F16, BF16, F16_TRANSPOSED, BF16_TRANSPOSED -> clearTopOfExponents(bytes, 2, 1);
            case Q8_0 -> clearTopOfExponents(bytes, 34, 1);
            case MXFP4_GGUF -> clearTopOfExponents(bytes, 17, 0);
            case MXFP4 -> {
                byte[] scales = new byte[rows * columns / Matrix.BLOCK];
                random.nextBytes(scales);
                clearTopOfExponents(scales, 1, 0);
                return new Matrix(format, rows, columns, data, ByteBuffer.wrap(scales));
            }
        }
        return new Matrix(format, rows, columns, data, null);
    }

    private static void clearTopOfExponents(byte[] bytes, int step, int at) {
        for (int i = at; i < bytes.length; i += step) {
            bytes[i] &= (byte) 0xBF;
        }
    }
}
