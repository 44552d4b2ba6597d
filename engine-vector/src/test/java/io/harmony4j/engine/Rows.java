package io.harmony4j.engine;

/** Lets tests of other packages read weights. */
public final class Rows {
    private Rows() {}

    /** Returns a row's elements. */
    public static float[] read(Matrix matrix, int row) {
        float[] elements = new float[matrix.columns()];
        matrix.readRow(row, elements, 0);
        return elements;
    }
}
