package io.harmony4j.engine;

import io.harmony4j.engine.spi.Matrix;
import io.harmony4j.engine.spi.Vectors;
import java.util.ArrayList;
import java.util.List;

/**
 * A linear layer: {@code y = W x + b}. Its weights may be several matrices, one above the other: queries, keys and values of a checkpoint
 * that has them apart, or the parts of one that is too large for a single buffer. Immutable.
 */
final class Linear {
    private final List<Matrix> weights;
    private final List<DecodedMatrix> decoded; // the same, or empty
    private final float[] bias; // [rows], or empty
    private final int rows;

    Linear(List<Matrix> weights, float[] bias) {
        this(weights, List.of(), bias);
    }

    private Linear(List<Matrix> weights, List<DecodedMatrix> decoded, float[] bias) {
        this.weights = List.copyOf(weights);
        this.decoded = decoded;
        this.bias = bias;
        this.rows = weights.stream().mapToInt(Matrix::rows).sum();
    }

    /** Returns the layers as one, whose outputs follow each other. */
    static Linear stack(List<Linear> layers) {
        List<Matrix> weights = new ArrayList<>();
        float[] bias = new float[layers.stream().mapToInt(Linear::rows).sum()];
        int row = 0;
        for (Linear layer : layers) {
            weights.addAll(layer.weights);
            System.arraycopy(layer.bias, 0, bias, row, layer.bias.length);
            row += layer.rows;
        }
        return new Linear(weights, bias);
    }

    /** Returns the layer with weights that are decoded once and not for each product. */
    Linear decoded() {
        return new Linear(weights, weights.stream().map(DecodedMatrix::new).toList(), bias);
    }

    /** Returns how many elements the matrices have. */
    long size() {
        return (long) rows * weights.get(0).columns();
    }

    /** Returns how many bytes the matrices have. */
    long bytes() {
        return weights.stream().mapToLong(Matrix::bytes).sum();
    }

    /** Returns the matrices, one above the other. */
    List<Matrix> weights() {
        return weights;
    }

    /** Returns what is added to y: {@code [rows]}, or empty. Not a copy. */
    float[] bias() {
        return bias;
    }

    /** Returns the length of x. */
    int columns() {
        return weights.get(0).columns();
    }

    /** Returns the length of y. */
    int rows() {
        return rows;
    }

    /** Adds the work {@code y = W x} for the vectors {@code x} to {@code products}; {@link #addBias} completes it. */
    void multiply(Products products, Vectors x, Vectors y) {
        int row = 0;
        for (int i = 0; i < weights.size(); i++) {
            Matrix part = weights.get(i);
            if (decoded.isEmpty()) {
                products.add(part, x, y.from(row));
            } else {
                products.add(decoded.get(i).product(x, y.from(row)), part, x.count());
            }
            row += part.rows();
        }
    }

    void addBias(Vectors y) {
        for (int t = 0; t < y.count(); t++) {
            int at = y.start(t);
            for (int row = 0; row < bias.length; row++) {
                y.values()[at + row] += bias[row];
            }
        }
    }

    /** Writes row {@code row} of the weights to {@code to} from {@code offset} on: the embedding of a token. */
    void readRow(int row, float[] to, int offset) {
        int rest = row;
        for (Matrix part : weights) {
            if (rest < part.rows()) {
                part.readRow(rest, to, offset);
                return;
            }
            rest -= part.rows();
        }
        throw new IllegalArgumentException("expected a row below " + rows + " but found " + row);
    }
}
