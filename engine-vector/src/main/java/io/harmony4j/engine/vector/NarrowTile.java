package io.harmony4j.engine.vector;

import jdk.incubator.vector.FloatVector;

/**
 * A tile of five rows and two vectors, for processors with 16 registers: 10 multiplications of vectors for 7 reads. Its rows lie side by side, a
 * vector of each in turn. The loop's step is then too large for C2 to unroll the loop, for which it would need more registers than there are.
 */
final class NarrowTile {
    static final int ROWS = 5;
    static final int VECTORS = 2;
    private static final int STEP = ROWS * Lanes.COUNT;

    private NarrowTile() {}

    /**
     * Adds the products of five rows with two vectors, lane by lane. Written out, because sums are in registers only if they are variables.
     *
     * @param w the rows, {@code length} elements each, side by side
     * @param x vectors {@code xStride} elements apart
     * @param s sums: of a row with each of the vectors, then of the next row
     */
    static void add(float[] w, int wStart, float[] x, int xStart, int xStride, int length, float[] s, int sStart) {
        FloatVector s00 = FloatVector.fromArray(Lanes.FLOATS, s, sStart);
        FloatVector s01 = FloatVector.fromArray(Lanes.FLOATS, s, sStart + Lanes.COUNT);
        FloatVector s10 = FloatVector.fromArray(Lanes.FLOATS, s, sStart + 2 * Lanes.COUNT);
        FloatVector s11 = FloatVector.fromArray(Lanes.FLOATS, s, sStart + 3 * Lanes.COUNT);
        FloatVector s20 = FloatVector.fromArray(Lanes.FLOATS, s, sStart + 4 * Lanes.COUNT);
        FloatVector s21 = FloatVector.fromArray(Lanes.FLOATS, s, sStart + 5 * Lanes.COUNT);
        FloatVector s30 = FloatVector.fromArray(Lanes.FLOATS, s, sStart + 6 * Lanes.COUNT);
        FloatVector s31 = FloatVector.fromArray(Lanes.FLOATS, s, sStart + 7 * Lanes.COUNT);
        FloatVector s40 = FloatVector.fromArray(Lanes.FLOATS, s, sStart + 8 * Lanes.COUNT);
        FloatVector s41 = FloatVector.fromArray(Lanes.FLOATS, s, sStart + 9 * Lanes.COUNT);
        for (int i = 0, at = xStart; i < ROWS * length; i += STEP, at += Lanes.COUNT) {
            FloatVector x0 = FloatVector.fromArray(Lanes.FLOATS, x, at);
            FloatVector x1 = FloatVector.fromArray(Lanes.FLOATS, x, at + xStride);
            FloatVector w0 = FloatVector.fromArray(Lanes.FLOATS, w, wStart + i);
            s00 = w0.fma(x0, s00);
            s01 = w0.fma(x1, s01);
            FloatVector w1 = FloatVector.fromArray(Lanes.FLOATS, w, wStart + i + Lanes.COUNT);
            s10 = w1.fma(x0, s10);
            s11 = w1.fma(x1, s11);
            FloatVector w2 = FloatVector.fromArray(Lanes.FLOATS, w, wStart + i + 2 * Lanes.COUNT);
            s20 = w2.fma(x0, s20);
            s21 = w2.fma(x1, s21);
            FloatVector w3 = FloatVector.fromArray(Lanes.FLOATS, w, wStart + i + 3 * Lanes.COUNT);
            s30 = w3.fma(x0, s30);
            s31 = w3.fma(x1, s31);
            FloatVector w4 = FloatVector.fromArray(Lanes.FLOATS, w, wStart + i + 4 * Lanes.COUNT);
            s40 = w4.fma(x0, s40);
            s41 = w4.fma(x1, s41);
        }
        s00.intoArray(s, sStart);
        s01.intoArray(s, sStart + Lanes.COUNT);
        s10.intoArray(s, sStart + 2 * Lanes.COUNT);
        s11.intoArray(s, sStart + 3 * Lanes.COUNT);
        s20.intoArray(s, sStart + 4 * Lanes.COUNT);
        s21.intoArray(s, sStart + 5 * Lanes.COUNT);
        s30.intoArray(s, sStart + 6 * Lanes.COUNT);
        s31.intoArray(s, sStart + 7 * Lanes.COUNT);
        s40.intoArray(s, sStart + 8 * Lanes.COUNT);
        s41.intoArray(s, sStart + 9 * Lanes.COUNT);
    }
}
