package io.harmony4j.engine;

import io.harmony4j.engine.spi.Matrix;
import io.harmony4j.engine.storage.NewTensor;
import io.harmony4j.engine.storage.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;

/**
 * Rows of matrices as a GGUF stores them, one after the other. Numbers stay what they are: only MXFP4 and what is stored column by column
 * is put into another order.
 */
final class GgufRows implements NewTensor.Elements {
    private static final int LOW_NIBBLE = 0x0F;
    private static final int HIGH_NIBBLE = 0xF0;

    private final List<Part> parts;
    private int part;
    private int row; // within the part
    private ByteBuffer current = ByteBuffer.allocate(0);

    /**
     * Describes the rows.
     *
     * @param parts all with the format of the first
     */
    GgufRows(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** Rows of a linear layer: {@code count} of them from {@code first} on, {@code step} apart. */
    record Part(Linear linear, int first, int count, int step) {
        static Part of(Linear linear) {
            return new Part(linear, 0, linear.rows(), 1);
        }
    }

    /** Returns how the elements are stored. */
    TensorType type() {
        return switch (parts.get(0).linear().weights().get(0).format()) {
            case F32, F32_TRANSPOSED -> TensorType.F32;
            case F16, F16_TRANSPOSED -> TensorType.F16;
            case BF16, BF16_TRANSPOSED -> TensorType.BF16;
            case Q8_0 -> TensorType.Q8_0;
            case MXFP4, MXFP4_GGUF -> TensorType.MXFP4;
        };
    }

    @Override
    public void fill(ByteBuffer buffer) {
        while (buffer.hasRemaining() && (current.hasRemaining() || next())) {
            int count = Math.min(buffer.remaining(), current.remaining());
            buffer.put(current.slice(current.position(), count));
            current.position(current.position() + count);
        }
    }

    /** Goes to the next row; returns whether there is one. */
    private boolean next() {
        if (part < parts.size() && row == parts.get(part).count()) {
            part++;
            row = 0;
        }
        if (part == parts.size()) {
            return false;
        }
        Part here = parts.get(part);
        current = bytes(here.linear(), here.first() + row * here.step());
        row++;
        return true;
    }

    private static ByteBuffer bytes(Linear linear, int row) {
        int rest = row;
        for (Matrix matrix : linear.weights()) {
            if (rest < matrix.rows()) {
                return bytes(matrix, rest);
            }
            rest -= matrix.rows();
        }
        throw new IllegalArgumentException("expected a row below " + linear.rows() + " but found " + row);
    }

    private static ByteBuffer bytes(Matrix matrix, int row) {
        return switch (matrix.format()) {
            case F32, F16, BF16, Q8_0, MXFP4_GGUF -> {
                int length = (int) matrix.format().bytes(matrix.columns());
                yield matrix.data().slice(row * length, length);
            }
            case F32_TRANSPOSED -> gather(matrix, row, Float.BYTES);
            case F16_TRANSPOSED, BF16_TRANSPOSED -> gather(matrix, row, Short.BYTES);
            case MXFP4 -> mxfp4(matrix, row);
        };
    }

    /** Returns a row of elements that are stored column by column. */
    private static ByteBuffer gather(Matrix matrix, int row, int elementBytes) {
        byte[] bytes = new byte[matrix.columns() * elementBytes];
        for (int column = 0; column < matrix.columns(); column++) {
            matrix.data()
                    .get((column * matrix.rows() + row) * elementBytes, bytes, column * elementBytes, elementBytes);
        }
        return ByteBuffer.wrap(bytes);
    }

    /** Returns a row of MXFP4 in GGUF's order: the scale, then bytes j with the elements j and j + 16, not 2j and 2j + 1. */
    private static ByteBuffer mxfp4(Matrix matrix, int row) {
        int blocks = matrix.columns() / Matrix.BLOCK;
        int half = Matrix.BLOCK / 2;
        ByteBuffer scales = Objects.requireNonNull(matrix.scales(), "scales");
        ByteBuffer bytes = ByteBuffer.allocate(blocks * (1 + half)).order(ByteOrder.LITTLE_ENDIAN);
        for (int block = row * blocks; block < (row + 1) * blocks; block++) {
            bytes.put(scales.get(block));
            for (int j = 0; j < half; j++) {
                bytes.put((byte) (element(matrix, block, j) | element(matrix, block, j + half) << 4));
            }
        }
        return bytes.flip();
    }

    /** Returns the 4 bits of an element of OpenAI's MXFP4. */
    private static int element(Matrix matrix, int block, int index) {
        int pair = matrix.data().get(block * (Matrix.BLOCK / 2) + index / 2);
        return index % 2 == 0 ? pair & LOW_NIBBLE : (pair & HIGH_NIBBLE) >>> 4;
    }
}
