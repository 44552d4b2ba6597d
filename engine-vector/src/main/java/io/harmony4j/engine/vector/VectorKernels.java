package io.harmony4j.engine.vector;

import io.harmony4j.engine.Activations;
import io.harmony4j.engine.spi.Kernels;
import io.harmony4j.engine.spi.Matrix;
import io.harmony4j.engine.spi.Product;
import io.harmony4j.engine.spi.Vectors;
import java.nio.ByteBuffer;

/** Kernels on the Vector API. What is too small for a vector is left to the plain kernels. Immutable and shared. */
final class VectorKernels implements Kernels {
    /** Whether MXFP4 is multiplied with bytes. With vectors of eight floats that is slower than with floats. */
    private final boolean int8;

    private final Kernels plain = Kernels.plain();

    VectorKernels(Activations activations) {
        this.int8 = activations == Activations.INT8 && Lanes.COUNT >= 16;
    }

    @Override
    public String description() {
        return "Vector API, " + Lanes.FLOATS.vectorBitSize() + " bits, "
                + (int8 ? "int8 activations" : "f32 activations")
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
            case MXFP4 -> int8 ? new Mxfp4Int8Product(weights, x, y) : mxfp4(weights, x, y);
            case MXFP4_GGUF -> int8 ? new Mxfp4GgufInt8Product(weights, x, y) : mxfp4(weights, x, y);
            case F32_TRANSPOSED, F16_TRANSPOSED, BF16_TRANSPOSED -> throw new AssertionError(weights.format());
        };
    }

    private static Product mxfp4(Matrix weights, Vectors x, Vectors y) {
        if (Lanes.COUNT < 16) {
            return new Mxfp4NarrowProduct(weights, x, y);
        }
        return weights.format() == Matrix.Format.MXFP4
                ? new Mxfp4Product(weights, x, y)
                : new Mxfp4GgufProduct(weights, x, y);
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
    public void addWeighted(Vectors weights, Vectors values, int size, Vectors sums) {
        WeightedSums.add(weights, values, size, sums);
    }

    /** C2 makes vectors of this loop. */
    @Override
    public void unpack(short[] halves, int offset, int count, float[] to) {
        for (int i = 0; i < count; i++) {
            to[i] = Float.float16ToFloat(halves[offset + i]);
        }
    }

    @Override
    public void softmax(float[] scores, int offset, int count, float scale, float sink) {
        Exponential.softmax(scores, offset, count, scale, sink);
    }

    @Override
    public void swiglu(Vectors gateUp, boolean interleaved, Vectors activated, int size, float alpha, float limit) {
        for (int t = 0; t < gateUp.count(); t++) {
            Exponential.swiglu(
                    gateUp.values(),
                    gateUp.start(t),
                    interleaved,
                    activated.values(),
                    activated.start(t),
                    size,
                    alpha,
                    limit);
        }
    }
}
