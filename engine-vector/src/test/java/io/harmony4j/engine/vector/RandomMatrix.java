package io.harmony4j.engine.vector;

import io.harmony4j.engine.spi.Matrix;
import io.harmony4j.engine.spi.Matrix.Format;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/** Makes matrices of random weights in every format: all bit patterns that stand for numbers of about the same size. */
final class RandomMatrix {
    private static final int BLOCK = 32;

    private RandomMatrix() {}

    /** Returns the columns that a row's length is a multiple of. */
    static int blockColumns(Format format) {
        return switch (format) {
            case Q8_0, MXFP4, MXFP4_GGUF -> BLOCK;
            default -> 1;
        };
    }

    /**
     * Returns a matrix outside the heap, as a mapped file is.
     *
     * @param unaligned how many bytes it begins after an aligned address
     */
    static Matrix of(Format format, int rows, int columns, int unaligned, Random random) {
        int elements = rows * columns;
        ByteBuffer data = buffer((int) format.bytes(elements), unaligned);
        ByteBuffer scales = buffer(elements / BLOCK, unaligned);
        for (int at = 0; at < data.capacity(); at++) {
            data.put(at, (byte) random.nextInt());
        }
        for (int i = 0; i < elements; i++) {
            switch (format) {
                case F32, F32_TRANSPOSED -> data.putFloat(4 * i, (float) random.nextGaussian());
                case BF16, BF16_TRANSPOSED ->
                    data.putShort(2 * i, (short) (Float.floatToRawIntBits((float) random.nextGaussian()) >>> 16));
                case F16, F16_TRANSPOSED -> data.putShort(2 * i, Float.floatToFloat16((float) random.nextGaussian()));
                case Q8_0, MXFP4, MXFP4_GGUF -> {
                    if (i % BLOCK == 0) {
                        putScale(format, data, scales, i / BLOCK, random);
                    }
                }
            }
        }
        return new Matrix(format, rows, columns, data, format == Format.MXFP4 ? scales : null);
    }

    private static void putScale(Format format, ByteBuffer data, ByteBuffer scales, int block, Random random) {
        byte e8m0 = (byte) (120 + random.nextInt(10));
        switch (format) {
            case Q8_0 -> data.putShort(34 * block, Float.floatToFloat16((float) random.nextGaussian() / 64));
            case MXFP4 -> scales.put(block, e8m0);
            case MXFP4_GGUF -> data.put(17 * block, e8m0);
            default -> throw new IllegalArgumentException(format.toString());
        }
    }

    private static ByteBuffer buffer(int bytes, int unaligned) {
        return ByteBuffer.allocateDirect(bytes + unaligned)
                .slice(unaligned, bytes)
                .order(ByteOrder.LITTLE_ENDIAN);
    }
}
