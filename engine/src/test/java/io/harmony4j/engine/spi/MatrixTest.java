package io.harmony4j.engine.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MatrixTest {

    @Test
    void everyHalfIsRight() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            assertThat(Float.compare(Float16.bf16((short) bits), Float.intBitsToFloat(bits << 16)))
                    .isZero();
            assertThat(Double.compare(Float16.f16((short) bits), f16(bits)))
                    .as("%04x", bits)
                    .isZero();
        }
    }

    @Test
    void floatsBecomeTheNearestHalf() {
        for (int bits = 0; bits < 0x7C00; bits++) {
            float half = Float16.f16((short) bits);
            float next = bits == 0x7BFF ? 65536 : Float16.f16((short) (bits + 1));
            float middle = (half + next) / 2;
            assertThat(Float16.f16(half)).isEqualTo((short) bits);
            assertThat(Float16.f16(-half)).isEqualTo((short) (bits | 0x8000));
            assertThat(Float16.f16(Math.nextDown(middle))).isEqualTo((short) bits);
            assertThat(Float16.f16(middle)).isEqualTo((short) (bits + (bits & 1)));
            assertThat(Float16.f16(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
        }
        assertThat(Float16.f16(Float.NEGATIVE_INFINITY)).isEqualTo((short) 0xFC00);
        assertThat(Float16.f16(Float16.f16(Float.NaN))).isNaN();
    }

    /** IEEE 754 binary16 by its definition. */
    private static double f16(int bits) {
        int exponent = (bits >> 10) & 31;
        int fraction = bits & 1023;
        double sign = (bits >> 15) == 0 ? 1 : -1;
        if (exponent == 31) {
            return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
        }
        return exponent == 0 ? sign * fraction * 0x1p-24 : sign * (1024 + fraction) * Math.pow(2, exponent - 25);
    }

    @Test
    void everyMxfp4IsRight() {
        float[] magnitudes = {0, 0.5f, 1, 1.5f, 2, 3, 4, 6};
        for (int nibble = 0; nibble < 16; nibble++) {
            float expected = nibble < 8 ? magnitudes[nibble] : -magnitudes[nibble - 8];
            assertThat(Mxfp4.low((byte) nibble)).isEqualTo(expected);
            assertThat(Mxfp4.high((byte) (nibble << 4))).isEqualTo(expected);
        }
        for (int e = 0; e < 255; e++) {
            assertThat((double) Mxfp4.scale((byte) e)).isEqualTo(Math.pow(2, e - 127));
        }
        assertThat(Mxfp4.scale((byte) 255)).isNaN();
    }

    @Test
    void bothOrdersOfMxfp4HaveTheSameElements() {
        Random random = new Random(1);
        int rows = 3;
        int columns = 96;
        ByteBuffer data = buffer(rows * columns / 2);
        ByteBuffer scales = buffer(rows * columns / 32);
        ByteBuffer gguf = buffer(rows * columns / 32 * 17);
        for (int block = 0; block < rows * columns / 32; block++) {
            byte scale = (byte) (120 + random.nextInt(10));
            scales.put(block, scale);
            gguf.put(block * 17, scale);
            for (int i = 0; i < 32; i++) {
                int nibble = random.nextInt(16);
                or(data, block * 16 + i / 2, i % 2 == 0 ? nibble : nibble << 4);
                or(gguf, block * 17 + 1 + i % 16, i < 16 ? nibble : nibble << 4);
            }
        }
        Matrix openai = new Matrix(Matrix.Format.MXFP4, rows, columns, data, scales);
        Matrix ggml = new Matrix(Matrix.Format.MXFP4_GGUF, rows, columns, gguf, null);
        assertThat(openai.bytes()).isEqualTo(ggml.bytes()).isEqualTo(rows * columns / 32 * 17L);
        for (int row = 0; row < rows; row++) {
            assertThat(row(openai, row)).isEqualTo(row(ggml, row));
        }
    }

    @Test
    void q8HasItsScaleBeforeItsBytes() {
        ByteBuffer data = buffer(34);
        data.putShort(0, (short) 0x3800); // 0.5
        for (int i = 0; i < 32; i++) {
            data.put(2 + i, (byte) (i - 16));
        }
        float[] row = row(new Matrix(Matrix.Format.Q8_0, 1, 32, data, null), 0);
        for (int i = 0; i < 32; i++) {
            assertThat(row[i]).isEqualTo((i - 16) * 0.5f);
        }
    }

    private static float[] row(Matrix matrix, int row) {
        float[] values = new float[matrix.columns()];
        matrix.readRow(row, values, 0);
        return values;
    }

    private static void or(ByteBuffer buffer, int at, int bits) {
        buffer.put(at, (byte) (buffer.get(at) | bits));
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
