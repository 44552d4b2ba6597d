package io.harmony4j.engine.vector;

import io.harmony4j.engine.spi.Vectors;
import jdk.incubator.vector.FloatVector;

/**
 * Weighted sums of vectors, which attention consists of: four sums of two vectors of lanes at a time, so that each value is read once for four
 * of them, and what is left of either one by one.
 */
final class WeightedSums {
    private static final int SUMS = 4;

    private WeightedSums() {}

    static void add(Vectors weights, Vectors values, int size, Vectors sums) {
        int four = sums.count() / SUMS * SUMS;
        int pairs = size / (2 * Lanes.COUNT) * 2 * Lanes.COUNT;
        int whole = Lanes.FLOATS.loopBound(size);
        for (int t = 0; t < four; t += SUMS) {
            for (int c = 0; c < pairs; c += 2 * Lanes.COUNT) {
                addFour(weights, t, values, c, sums);
            }
        }
        for (int t = 0; t < sums.count(); t++) {
            for (int c = t < four ? pairs : 0; c < whole; c += Lanes.COUNT) {
                addOne(weights, t, values, c, sums);
            }
            for (int c = whole; c < size; c++) {
                addElement(weights, t, values, c, sums);
            }
        }
    }

    /** Adds to elements {@code c} to {@code c + 2 Lanes.COUNT} of four sums. Written out, because sums are in registers only if they are variables. */
    private static void addFour(Vectors weights, int t, Vectors values, int c, Vectors sums) {
        float[] w = weights.values();
        int w0 = weights.start(t);
        int w1 = weights.start(t + 1);
        int w2 = weights.start(t + 2);
        int w3 = weights.start(t + 3);
        float[] s = sums.values();
        int at0 = sums.start(t) + c;
        int at1 = sums.start(t + 1) + c;
        int at2 = sums.start(t + 2) + c;
        int at3 = sums.start(t + 3) + c;
        FloatVector s00 = FloatVector.fromArray(Lanes.FLOATS, s, at0);
        FloatVector s01 = FloatVector.fromArray(Lanes.FLOATS, s, at0 + Lanes.COUNT);
        FloatVector s10 = FloatVector.fromArray(Lanes.FLOATS, s, at1);
        FloatVector s11 = FloatVector.fromArray(Lanes.FLOATS, s, at1 + Lanes.COUNT);
        FloatVector s20 = FloatVector.fromArray(Lanes.FLOATS, s, at2);
        FloatVector s21 = FloatVector.fromArray(Lanes.FLOATS, s, at2 + Lanes.COUNT);
        FloatVector s30 = FloatVector.fromArray(Lanes.FLOATS, s, at3);
        FloatVector s31 = FloatVector.fromArray(Lanes.FLOATS, s, at3 + Lanes.COUNT);
        float[] v = values.values();
        int stride = values.stride();
        for (int i = 0, at = values.start(0) + c; i < values.count(); i++, at += stride) {
            FloatVector v0 = FloatVector.fromArray(Lanes.FLOATS, v, at);
            FloatVector v1 = FloatVector.fromArray(Lanes.FLOATS, v, at + Lanes.COUNT);
            FloatVector weight = FloatVector.broadcast(Lanes.FLOATS, w[w0 + i]);
            s00 = v0.fma(weight, s00);
            s01 = v1.fma(weight, s01);
            weight = FloatVector.broadcast(Lanes.FLOATS, w[w1 + i]);
            s10 = v0.fma(weight, s10);
            s11 = v1.fma(weight, s11);
            weight = FloatVector.broadcast(Lanes.FLOATS, w[w2 + i]);
            s20 = v0.fma(weight, s20);
            s21 = v1.fma(weight, s21);
            weight = FloatVector.broadcast(Lanes.FLOATS, w[w3 + i]);
            s30 = v0.fma(weight, s30);
            s31 = v1.fma(weight, s31);
        }
        s00.intoArray(s, at0);
        s01.intoArray(s, at0 + Lanes.COUNT);
        s10.intoArray(s, at1);
        s11.intoArray(s, at1 + Lanes.COUNT);
        s20.intoArray(s, at2);
        s21.intoArray(s, at2 + Lanes.COUNT);
        s30.intoArray(s, at3);
        s31.intoArray(s, at3 + Lanes.COUNT);
    }

    private static void addOne(Vectors weights, int t, Vectors values, int c, Vectors sums) {
        int first = weights.start(t);
        FloatVector sum = FloatVector.fromArray(Lanes.FLOATS, sums.values(), sums.start(t) + c);
        for (int i = 0; i < values.count(); i++) {
            sum = FloatVector.fromArray(Lanes.FLOATS, values.values(), values.start(i) + c)
                    .fma(FloatVector.broadcast(Lanes.FLOATS, weights.values()[first + i]), sum);
        }
        sum.intoArray(sums.values(), sums.start(t) + c);
    }

    private static void addElement(Vectors weights, int t, Vectors values, int c, Vectors sums) {
        float sum = sums.values()[sums.start(t) + c];
        for (int i = 0; i < values.count(); i++) {
            sum = Math.fma(weights.values()[weights.start(t) + i], values.values()[values.start(i) + c], sum);
        }
        sums.values()[sums.start(t) + c] = sum;
    }
}
