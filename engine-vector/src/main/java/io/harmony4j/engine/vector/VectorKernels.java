package io.harmony4j.engine.vector;

import io.harmony4j.engine.Activations;
import io.harmony4j.engine.spi.Kernels;
import io.harmony4j.engine.spi.Matrix;
import io.harmony4j.engine.spi.Product;
import io.harmony4j.engine.spi.Vectors;
import java.nio.ByteBuffer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Kernels on the Vector API. What is too small for a vector is left to the plain kernels. Immutable and shared. */
final class VectorKernels implements Kernels {
    private final Activations activations;
    private final Kernels plain = Kernels.plain();

    VectorKernels(Activations activations) {
        this.activations = activations;
    }

    @Override
    public String description() {
        return "Vector API, " + Lanes.FLOATS.vectorBitSize() + " bits, "
                + (activations == Activations.INT8 ? "int8 activations" : "f32 activations")
                + (AlignedFloats.canAlign()
                        ? ""
                        : " (slower than it could be; pass --enable-native-access=ALL-UNNAMED)");
    }

    @Override
    public void mapped(ByteBuffer weights) {
        HugePages.want(weights);
    }

    @Override
    public Product product(Matrix weights, Vectors x, Vectors y) {
        boolean int8 = activations == Activations.INT8;
        if (weights.format().transposed()) {
            return weights.rows() < Lanes.COUNT ? plain.product(weights, x, y) : new ColumnsProduct(weights, x, y);
        }
        if (weights.columns() < arrangement(weights.format()).columns()) {
            return plain.product(weights, x, y);
        }
        return switch (weights.format()) {
            case F32 -> new F32Product(weights, x, y);
            case F16 -> new F16Product(weights, x, y);
            case BF16 -> new Bf16Product(weights, x, y);
            case Q8_0 -> new Q8Product(weights, x, y);
            case MXFP4 -> int8 ? new Mxfp4Int8Product(weights, x, y) : new Mxfp4Product(weights, x, y);
            case MXFP4_GGUF -> int8 ? new Mxfp4GgufInt8Product(weights, x, y) : new Mxfp4GgufProduct(weights, x, y);
            case F32_TRANSPOSED, F16_TRANSPOSED, BF16_TRANSPOSED -> throw new AssertionError(weights.format());
        };
    }

    private static Arrangement arrangement(Matrix.Format format) {
        return switch (format) {
            case BF16 -> Arrangement.HALVES;
            case MXFP4 -> Arrangement.NIBBLES;
            case MXFP4_GGUF -> Arrangement.NIBBLES_GGUF;
            default -> Arrangement.PLAIN;
        };
    }

    @Override
    public void scores(
            float[] query,
            int queryOffset,
            float[] keys,
            int keysOffset,
            int count,
            int size,
            float[] scores,
            int scoresOffset) {
        int whole = Lanes.FLOATS.loopBound(size);
        for (int i = 0; i < count; i++) {
            int key = keysOffset + i * size;
            FloatVector sums = FloatVector.zero(Lanes.FLOATS);
            for (int c = 0; c < whole; c += Lanes.COUNT) {
                sums = FloatVector.fromArray(Lanes.FLOATS, query, queryOffset + c)
                        .fma(FloatVector.fromArray(Lanes.FLOATS, keys, key + c), sums);
            }
            float sum = sums.reduceLanes(VectorOperators.ADD);
            for (int c = whole; c < size; c++) {
                sum += query[queryOffset + c] * keys[key + c];
            }
            scores[scoresOffset + i] = sum;
        }
    }

    @Override
    public void addWeighted(
            float[] weights,
            int weightsOffset,
            float[] values,
            int valuesOffset,
            int count,
            int size,
            float[] sum,
            int sumOffset) {
        int whole = Lanes.FLOATS.loopBound(size);
        for (int c = 0; c < whole; c += Lanes.COUNT) {
            FloatVector sums = FloatVector.fromArray(Lanes.FLOATS, sum, sumOffset + c);
            for (int i = 0; i < count; i++) {
                sums = FloatVector.fromArray(Lanes.FLOATS, values, valuesOffset + i * size + c)
                        .fma(FloatVector.broadcast(Lanes.FLOATS, weights[weightsOffset + i]), sums);
            }
            sums.intoArray(sum, sumOffset + c);
        }
        for (int c = whole; c < size; c++) {
            for (int i = 0; i < count; i++) {
                sum[sumOffset + c] += weights[weightsOffset + i] * values[valuesOffset + i * size + c];
            }
        }
    }
}
