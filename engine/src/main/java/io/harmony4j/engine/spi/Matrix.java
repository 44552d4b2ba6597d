package io.harmony4j.engine.spi;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A matrix of weights as a checkpoint stores it: never copied, decoded where it is used. Immutable.
 *
 * @param format how the elements are stored
 * @param rows how many rows: outputs
 * @param columns how many columns: inputs; a multiple of the format's block
 * @param data the elements, from position 0, in little-endian order
 * @param scales {@link Format#MXFP4}: a scale for each block, row by row; absent otherwise
 */
public record Matrix(
        Format format,
        int rows,
        int columns,
        ByteBuffer data,
        @Nullable ByteBuffer scales) {
    /** How many elements of a row share a scale, in the formats that have scales. */
    public static final int BLOCK = 32;

    /** How elements are stored. Row by row, except for the transposed ones. */
    public enum Format {
        /** IEEE 754, 32 bits. */
        F32,
        /** IEEE 754, 16 bits. */
        F16,
        /** The upper half of an F32. */
        BF16,
        /** F32, column by column: {@code [columns, rows]}. */
        F32_TRANSPOSED,
        /** F16, column by column: {@code [columns, rows]}. */
        F16_TRANSPOSED,
        /** BF16, column by column: {@code [columns, rows]}. */
        BF16_TRANSPOSED,
        /** GGUF's Q8_0: for each 32 elements a scale in F16 and 32 signed bytes. */
        Q8_0,
        /** GGUF's MXFP4: for each 32 elements a scale in E8M0 and 16 bytes; byte j has elements j (low half) and j + 16 (high half). */
        MXFP4_GGUF,
        /** OpenAI's MXFP4: 16 bytes for each 32 elements; byte j has elements 2j (low half) and 2j + 1 (high half). Scales stand apart. */
        MXFP4;

        /** Returns whether elements are stored column by column. */
        public boolean transposed() {
            return switch (this) {
                case F32_TRANSPOSED, F16_TRANSPOSED, BF16_TRANSPOSED -> true;
                case F32, F16, BF16, Q8_0, MXFP4_GGUF, MXFP4 -> false;
            };
        }

        /** Returns the bytes that so many elements of a row take in {@link Matrix#data}; whole blocks. */
        public long bytes(long elements) {
            return switch (this) {
                case F32, F32_TRANSPOSED -> elements * 4;
                case F16, BF16, F16_TRANSPOSED, BF16_TRANSPOSED -> elements * 2;
                case Q8_0 -> elements / BLOCK * 34;
                case MXFP4_GGUF -> elements / BLOCK * 17;
                case MXFP4 -> elements / 2;
            };
        }
    }

    /** Checks that scales are there if, and only if, the format has them apart. */
    public Matrix {
        requireNonNull(format, "format");
        requireNonNull(data, "data");
        if ((format == Format.MXFP4) != (scales != null)) {
            throw new IllegalArgumentException(
                    "expected scales for MXFP4 alone but found " + format + (scales == null ? " without" : " with"));
        }
    }

    /** Returns the bytes of all weights and scales. */
    public long bytes() {
        return format.bytes((long) rows * columns) + (scales == null ? 0 : (long) rows * columns / BLOCK);
    }

    /** Writes the row's {@code columns} elements to {@code to} from {@code offset} on. */
    public void readRow(int row, float[] to, int offset) {
        switch (format) {
            case F32 -> {
                for (int c = 0, at = row * columns * 4; c < columns; c++, at += 4) {
                    to[offset + c] = data.getFloat(at);
                }
            }
            case F16 -> {
                for (int c = 0, at = row * columns * 2; c < columns; c++, at += 2) {
                    to[offset + c] = Float16.f16(data.getShort(at));
                }
            }
            case BF16 -> {
                for (int c = 0, at = row * columns * 2; c < columns; c++, at += 2) {
                    to[offset + c] = Float16.bf16(data.getShort(at));
                }
            }
            case F32_TRANSPOSED, F16_TRANSPOSED, BF16_TRANSPOSED -> {
                for (int c = 0; c < columns; c++) {
                    to[offset + c] = transposed(c * rows + row);
                }
            }
            case Q8_0 -> {
                for (int c = 0, at = row * (columns / 32) * 34; c < columns; c += 32, at += 34) {
                    float scale = Float16.f16(data.getShort(at));
                    for (int i = 0; i < 32; i++) {
                        to[offset + c + i] = scale * data.get(at + 2 + i);
                    }
                }
            }
            case MXFP4_GGUF -> {
                for (int c = 0, at = row * (columns / 32) * 17; c < columns; c += 32, at += 17) {
                    float scale = Mxfp4.scale(data.get(at));
                    for (int j = 0; j < 16; j++) {
                        byte pair = data.get(at + 1 + j);
                        to[offset + c + j] = scale * Mxfp4.low(pair);
                        to[offset + c + j + 16] = scale * Mxfp4.high(pair);
                    }
                }
            }
            case MXFP4 -> {
                int block = row * (columns / 32);
                for (int c = 0; c < columns; c += 32, block++) {
                    float scale = Mxfp4.scale(requireNonNull(scales, "scales").get(block));
                    for (int j = 0; j < 16; j++) {
                        byte pair = data.get(block * 16 + j);
                        to[offset + c + 2 * j] = scale * Mxfp4.low(pair);
                        to[offset + c + 2 * j + 1] = scale * Mxfp4.high(pair);
                    }
                }
            }
        }
    }

    /** Returns element {@code index} of a transposed matrix's storage. */
    float transposed(int index) {
        return switch (format) {
            case F32_TRANSPOSED -> data.getFloat(index * 4);
            case F16_TRANSPOSED -> Float16.f16(data.getShort(index * 2));
            case BF16_TRANSPOSED -> Float16.bf16(data.getShort(index * 2));
            case F32, F16, BF16, Q8_0, MXFP4_GGUF, MXFP4 ->
                throw new IllegalStateException(format + " is not transposed");
        };
    }
}
