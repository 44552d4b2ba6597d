package io.harmony4j.engine.vector;

import jdk.incubator.vector.FloatVector;

/** A tile of six rows and four vectors, for processors with 32 registers: 24 multiplications of vectors for 10 reads. */
final class WideTile {
    static final int ROWS = 6;
    static final int VECTORS = 4;

    private WideTile() {}

    /**
     * Adds the products of six rows with four vectors, lane by lane. Written out, because sums are in registers only if they are variables.
     *
     * @param w the rows, {@code length} elements each, one after the other
     * @param x vectors {@code xStride} elements apart
     * @param s sums: of a row with each of the vectors, then of the next row
     */
    static void add(float[] w, int wStart, float[] x, int xStart, int xStride, int length, float[] s, int sStart) {
        FloatVector s00 = FloatVector.fromArray(Lanes.FLOATS, s, sStart);
        FloatVector s01 = FloatVector.fromArray(Lanes.FLOATS, s, sStart + Lanes.COUNT);
        FloatVector s02 = FloatVector.fromArray(Lanes.FLOATS, s, sStart + 2 * Lanes.COUNT);
        FloatVector s03 = FloatVector.fromArray(Lanes.FLOATS, s, sStart + 3 * Lanes.COUNT);
        FloatVector s10 = FloatVector.fromArray(Lanes.FLOATS, s, sStart + 4 * Lanes.COUNT);
        FloatVector s11 = FloatVector.fromArray(Lanes.FLOATS, s, sStart + 5 * Lanes.COUNT);
        FloatVector s12 = FloatVector.fromArray(Lanes.FLOATS, s, sStart + 6 * Lanes.COUNT);
        FloatVector s13 = FloatVector.fromArray(Lanes.FLOATS, s, sStart + 7 * Lanes.COUNT);
        FloatVector s20 = FloatVector.fromArray(Lanes.FLOATS, s, sStart + 8 * Lanes.COUNT);
        FloatVector s21 = FloatVector.fromArray(Lanes.FLOATS, s, sStart + 9 * Lanes.COUNT);
        FloatVector s22 = FloatVector.fromArray(Lanes.FLOATS, s, sStart + 10 * Lanes.COUNT);
        FloatVector s23 = FloatVector.fromArray(Lanes.FLOATS, s, sStart + 11 * Lanes.COUNT);
        FloatVector s30 = FloatVector.fromArray(Lanes.FLOATS, s, sStart + 12 * Lanes.COUNT);
        FloatVector s31 = FloatVector.fromArray(Lanes.FLOATS, s, sStart + 13 * Lanes.COUNT);
        FloatVector s32 = FloatVector.fromArray(Lanes.FLOATS, s, sStart + 14 * Lanes.COUNT);
        FloatVector s33 = FloatVector.fromArray(Lanes.FLOATS, s, sStart + 15 * Lanes.COUNT);
        FloatVector s40 = FloatVector.fromArray(Lanes.FLOATS, s, sStart + 16 * Lanes.COUNT);
        FloatVector s41 = FloatVector.fromArray(Lanes.FLOATS, s, sStart + 17 * Lanes.COUNT);
        FloatVector s42 = FloatVector.fromArray(Lanes.FLOATS, s, sStart + 18 * Lanes.COUNT);
        FloatVector s43 = FloatVector.fromArray(Lanes.FLOATS, s, sStart + 19 * Lanes.COUNT);
        FloatVector s50 = FloatVector.fromArray(Lanes.FLOATS, s, sStart + 20 * Lanes.COUNT);
        FloatVector s51 = FloatVector.fromArray(Lanes.FLOATS, s, sStart + 21 * Lanes.COUNT);
        FloatVector s52 = FloatVector.fromArray(Lanes.FLOATS, s, sStart + 22 * Lanes.COUNT);
        FloatVector s53 = FloatVector.fromArray(Lanes.FLOATS, s, sStart + 23 * Lanes.COUNT);
        for (int i = 0; i < length; i += Lanes.COUNT) {
            FloatVector w0 = FloatVector.fromArray(Lanes.FLOATS, w, wStart + i);
            FloatVector w1 = FloatVector.fromArray(Lanes.FLOATS, w, wStart + length + i);
            FloatVector w2 = FloatVector.fromArray(Lanes.FLOATS, w, wStart + 2 * length + i);
            FloatVector w3 = FloatVector.fromArray(Lanes.FLOATS, w, wStart + 3 * length + i);
            FloatVector w4 = FloatVector.fromArray(Lanes.FLOATS, w, wStart + 4 * length + i);
            FloatVector w5 = FloatVector.fromArray(Lanes.FLOATS, w, wStart + 5 * length + i);
            FloatVector x0 = FloatVector.fromArray(Lanes.FLOATS, x, xStart + i);
            s00 = w0.fma(x0, s00);
            s10 = w1.fma(x0, s10);
            s20 = w2.fma(x0, s20);
            s30 = w3.fma(x0, s30);
            s40 = w4.fma(x0, s40);
            s50 = w5.fma(x0, s50);
            FloatVector x1 = FloatVector.fromArray(Lanes.FLOATS, x, xStart + xStride + i);
            s01 = w0.fma(x1, s01);
            s11 = w1.fma(x1, s11);
            s21 = w2.fma(x1, s21);
            s31 = w3.fma(x1, s31);
            s41 = w4.fma(x1, s41);
            s51 = w5.fma(x1, s51);
            FloatVector x2 = FloatVector.fromArray(Lanes.FLOATS, x, xStart + 2 * xStride + i);
            s02 = w0.fma(x2, s02);
            s12 = w1.fma(x2, s12);
            s22 = w2.fma(x2, s22);
            s32 = w3.fma(x2, s32);
            s42 = w4.fma(x2, s42);
            s52 = w5.fma(x2, s52);
            FloatVector x3 = FloatVector.fromArray(Lanes.FLOATS, x, xStart + 3 * xStride + i);
            s03 = w0.fma(x3, s03);
            s13 = w1.fma(x3, s13);
            s23 = w2.fma(x3, s23);
            s33 = w3.fma(x3, s33);
            s43 = w4.fma(x3, s43);
            s53 = w5.fma(x3, s53);
        }
        s00.intoArray(s, sStart);
        s01.intoArray(s, sStart + Lanes.COUNT);
        s02.intoArray(s, sStart + 2 * Lanes.COUNT);
        s03.intoArray(s, sStart + 3 * Lanes.COUNT);
        s10.intoArray(s, sStart + 4 * Lanes.COUNT);
        s11.intoArray(s, sStart + 5 * Lanes.COUNT);
        s12.intoArray(s, sStart + 6 * Lanes.COUNT);
        s13.intoArray(s, sStart + 7 * Lanes.COUNT);
        s20.intoArray(s, sStart + 8 * Lanes.COUNT);
        s21.intoArray(s, sStart + 9 * Lanes.COUNT);
        s22.intoArray(s, sStart + 10 * Lanes.COUNT);
        s23.intoArray(s, sStart + 11 * Lanes.COUNT);
        s30.intoArray(s, sStart + 12 * Lanes.COUNT);
        s31.intoArray(s, sStart + 13 * Lanes.COUNT);
        s32.intoArray(s, sStart + 14 * Lanes.COUNT);
        s33.intoArray(s, sStart + 15 * Lanes.COUNT);
        s40.intoArray(s, sStart + 16 * Lanes.COUNT);
        s41.intoArray(s, sStart + 17 * Lanes.COUNT);
        s42.intoArray(s, sStart + 18 * Lanes.COUNT);
        s43.intoArray(s, sStart + 19 * Lanes.COUNT);
        s50.intoArray(s, sStart + 20 * Lanes.COUNT);
        s51.intoArray(s, sStart + 21 * Lanes.COUNT);
        s52.intoArray(s, sStart + 22 * Lanes.COUNT);
        s53.intoArray(s, sStart + 23 * Lanes.COUNT);
    }
}
