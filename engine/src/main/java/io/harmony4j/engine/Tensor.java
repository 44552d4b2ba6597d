package io.harmony4j.engine;

import io.harmony4j.engine.spi.Matrix;
import io.harmony4j.engine.storage.TensorType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A tensor of a checkpoint: its place in a file. Immutable.
 *
 * @param name its name in the checkpoint
 * @param type how its elements are stored
 * @param shape its dimensions, slowest first
 * @param file where it is
 * @param offset where it begins in the file, in bytes
 */
record Tensor(String name, TensorType type, List<Long> shape, MappedFile file, long offset) {

    Tensor {
        shape = List.copyOf(shape);
    }

    /** Returns the number of elements, or -1 if it is more than a {@code long} can count. */
    static long elements(List<Long> shape) {
        long elements = 1;
        for (long dimension : shape) {
            if (dimension < 0 || (dimension != 0 && elements > Long.MAX_VALUE / 64 / dimension)) {
                return -1;
            }
            elements *= dimension;
        }
        return elements;
    }

    /** Returns the bytes of all elements. */
    long bytes() {
        return type.bytes(elements(shape));
    }

    /** Returns where it ends in the file, exclusive, in bytes. */
    long end() {
        return offset + bytes();
    }

    /** Returns the dimension {@code i}, which the shape's check has found to fit. */
    private int dimension(int i) {
        return Math.toIntExact(shape.get(i));
    }

    /** Throws if the shape is another. */
    Tensor expectShape(long... expected) {
        List<Long> wanted = new ArrayList<>();
        for (long dimension : expected) {
            wanted.add(dimension);
        }
        if (!shape.equals(wanted)) {
            throw problem("expected shape " + wanted + " but found " + shape);
        }
        return this;
    }

    /** Throws if the type is none of these. */
    Tensor expectType(TensorType... expected) {
        for (TensorType candidate : expected) {
            if (type == candidate) {
                return this;
            }
        }
        throw problem("expected type " + String.join(" or ", names(expected)) + " but found " + type);
    }

    /** Returns all elements as floats, for small tensors. */
    float[] floats() {
        expectType(TensorType.F32, TensorType.F16, TensorType.BF16);
        int length = Math.toIntExact(elements(shape));
        float[] floats = new float[length];
        if (length > 0) {
            new Matrix(format(false), 1, length, file.slice(offset, type.bytes(length)), null).readRow(0, floats, 0);
        }
        return floats;
    }

    /**
     * Returns a tensor of shape {@code [rows, columns]} as matrices, one above the other: one matrix if the tensor has at most
     * {@link MappedFile#MAX_SLICE} bytes.
     */
    List<Matrix> matrices() {
        expectType(TensorType.F32, TensorType.F16, TensorType.BF16, TensorType.Q8_0, TensorType.MXFP4);
        int rows = dimension(0);
        int columns = dimension(1);
        expectWholeBlocks(columns);
        long rowBytes = type.bytes(columns);
        expectSliceable(rowBytes, "a row");
        int rowsOfPart = (int) Math.min(rows, MappedFile.MAX_SLICE / rowBytes);
        List<Matrix> matrices = new ArrayList<>();
        for (int row = 0; row < rows; row += rowsOfPart) {
            int count = Math.min(rowsOfPart, rows - row);
            matrices.add(new Matrix(format(false), count, columns, slice(row * rowBytes, count * rowBytes), null));
        }
        return matrices;
    }

    /** Returns the experts' matrices of a tensor {@code [experts, rows, columns]}, or {@code [experts, columns, rows]} if transposed. */
    List<Matrix> experts(boolean transposed) {
        expectType(TensorType.F32, TensorType.F16, TensorType.BF16, TensorType.Q8_0, TensorType.MXFP4);
        int rows = dimension(transposed ? 2 : 1);
        int columns = dimension(transposed ? 1 : 2);
        if (transposed) {
            expectType(TensorType.F32, TensorType.F16, TensorType.BF16);
        } else {
            expectWholeBlocks(columns);
        }
        long bytes = type.bytes((long) rows * columns);
        expectSliceable(bytes, "an expert");
        List<Matrix> matrices = new ArrayList<>();
        for (int expert = 0; expert < dimension(0); expert++) {
            matrices.add(new Matrix(format(transposed), rows, columns, slice(expert * bytes, bytes), null));
        }
        return matrices;
    }

    /** Returns the experts' matrices of MXFP4 blocks {@code [experts, rows, columns / 32, 16]} with scales {@code [experts, rows, columns / 32]}. */
    static List<Matrix> experts(Tensor blocks, Tensor scales) {
        int rows = blocks.dimension(1);
        int columns = blocks.dimension(2) * Matrix.BLOCK;
        long bytes = (long) rows * columns / 2;
        long scaleBytes = (long) rows * columns / Matrix.BLOCK;
        blocks.expectSliceable(bytes, "an expert");
        List<Matrix> matrices = new ArrayList<>();
        for (int expert = 0; expert < blocks.dimension(0); expert++) {
            matrices.add(new Matrix(
                    Matrix.Format.MXFP4,
                    rows,
                    columns,
                    blocks.slice(expert * bytes, bytes),
                    scales.slice(expert * scaleBytes, scaleBytes)));
        }
        return matrices;
    }

    CheckpointException problem(String problem) {
        return new CheckpointException(file.path(), "tensor " + name + ": " + problem);
    }

    private ByteBuffer slice(long from, long length) {
        return file.slice(offset + from, length);
    }

    private void expectWholeBlocks(int columns) {
        if (columns % type.blockElements() != 0) {
            throw problem(
                    "expected rows of whole blocks of " + type.blockElements() + " but found " + columns + " columns");
        }
    }

    private void expectSliceable(long bytes, String part) {
        if (bytes > MappedFile.MAX_SLICE) {
            throw problem("expected at most " + MappedFile.MAX_SLICE + " bytes " + part + " but found " + bytes);
        }
    }

    private Matrix.Format format(boolean transposed) {
        return switch (type) {
            case F32 -> transposed ? Matrix.Format.F32_TRANSPOSED : Matrix.Format.F32;
            case F16 -> transposed ? Matrix.Format.F16_TRANSPOSED : Matrix.Format.F16;
            case BF16 -> transposed ? Matrix.Format.BF16_TRANSPOSED : Matrix.Format.BF16;
            case Q8_0 -> Matrix.Format.Q8_0;
            case MXFP4 -> Matrix.Format.MXFP4_GGUF;
            case U8 -> throw problem("expected numbers but found bytes");
        };
    }

    private static List<String> names(TensorType[] types) {
        List<String> names = new ArrayList<>();
        for (TensorType type : types) {
            names.add(type.name());
        }
        return names;
    }
}
