package io.harmony4j.engine.vector;

import io.harmony4j.engine.spi.Matrix;
import io.harmony4j.engine.spi.Product;
import io.harmony4j.engine.spi.Vectors;
import java.lang.foreign.MemorySegment;

/**
 * A product of a matrix with vectors whose elements have been arranged for the matrix's format. With few vectors, each row is multiplied
 * with them where it lies, one by one or all at once; with many, it is worth unpacking it first ({@link Tiles}).
 */
abstract class MatrixProduct implements Product {
    /** How many vectors make it worth unpacking rows, if a format does not say otherwise. */
    private static final int MANY = Lanes.COUNT >= 16 ? 3 : 4;

    /**
     * How many rows are read in turns or at once, far from each other. A processor fetches what comes next in memory, but only so many lines
     * of the cache ahead, fewer than a multiplication takes to use up while one line arrives; it does so for each of several places.
     */
    private static final int STREAMS = 4;

    /** How many vectors {@link #four} takes. */
    private static final int FOUR = 4;

    /** The weights, where the checkpoint is mapped. */
    final MemorySegment data;

    private final Arrangement arrangement;
    private final int rows;
    private final int columns;
    private final int many;
    private final Vectors y;
    private final AlignedFloats x; // arranged

    /** @param x vectors of at least a group of elements */
    MatrixProduct(Arrangement arrangement, Matrix weights, Vectors x, Vectors y) {
        this(arrangement, weights, x, y, MANY);
    }

    /** @param many how many vectors make it worth unpacking rows: with fewer, unpacking takes longer than it saves */
    MatrixProduct(Arrangement arrangement, Matrix weights, Vectors x, Vectors y, int many) {
        this.arrangement = arrangement;
        this.data = MemorySegment.ofBuffer(weights.data());
        this.rows = weights.rows();
        this.columns = weights.columns();
        this.many = many;
        this.y = y;
        this.x = arrangement.arrange(x, columns, x.count() == 1 ? 1 : Tiles.padded(x.count()));
    }

    @Override
    public final void rows(int from, int to) {
        if (from < 0 || to > rows) {
            throw new IndexOutOfBoundsException("expected rows from 0 to " + rows + " but found " + from + " to " + to);
        }
        if (y.count() >= many) {
            new Tiles(this, x, y).rows(from, to);
            return;
        }
        int distance = (to - from) / STREAMS;
        int last = from + STREAMS * distance;
        for (int row = from; row < from + distance; row++) {
            multiply(row, distance, STREAMS);
        }
        multiply(last, 1, to - last);
    }

    /** Multiplies {@code count} rows, {@code distance} apart, with all vectors. */
    private void multiply(int row, int distance, int count) {
        if (takesFour() && y.count() >= FOUR - 1) {
            for (int i = 0; i < count; i++) {
                four(row + i * distance, y);
            }
            return;
        }
        for (int t = 0; t < y.count(); t++) {
            dots(row, distance, count, t, y.values(), y.start(t) + row);
        }
    }

    /** Returns whether the format has {@link #four}. */
    boolean takesFour() {
        return false;
    }

    /**
     * Multiplies a row with four vectors at once.
     *
     * @param y what takes the products: four, or three of which the last vector's is not wanted
     */
    void four(int row, Vectors y) {
        throw new UnsupportedOperationException("expected a format that has products with four vectors");
    }

    /**
     * Multiplies {@code count} rows, {@code distance} apart, with a vector.
     *
     * @param to what takes the products, {@code distance} apart, from {@code offset} on
     */
    void dots(int row, int distance, int count, int vector, float[] to, int offset) {
        for (int i = 0; i < count; i++) {
            to[offset + i * distance] = dot(row + i * distance, vector);
        }
    }

    /** Returns the product of a row with a vector. */
    abstract float dot(int row, int vector);

    /** Unpacks groups of a row, arranged as the vectors are, to vectors of floats, {@link Tiles#STEP} apart. */
    abstract void unpack(int row, int firstGroup, int count, float[] to, int offset);

    /** Rounds the vectors to bytes; see {@link Int8Vectors#quantise}. */
    final AlignedFloats quantise() {
        return Int8Vectors.quantise(x, y.count() * groups());
    }

    /** Returns the columns of the matrix. */
    final int columns() {
        return columns;
    }

    /** Returns the groups of a row. */
    final int groups() {
        return arrangement.groups(columns);
    }

    /** Returns the elements of a group. */
    final int groupColumns() {
        return arrangement.columns();
    }

    /** Returns the array that has the arranged vectors. */
    final float[] vectors() {
        return x.array();
    }

    /** Returns where a vector begins in its array. */
    final int start(int vector) {
        return x.offset() + vector * groups() * groupColumns();
    }
}
