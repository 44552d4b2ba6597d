package io.harmony4j.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The exponential function on vectors, and what needs it. A power of e is a power of 2, which is a float's exponent, times e to a small rest,
 * for which a polynomial is exact to the last bit or two (the coefficients are those of Cephes's {@code expf}).
 */
final class Exponential {
    private static final float LARGEST = 88; // beyond, e^x is no float
    private static final float LOG2_E = 1.442695f;
    private static final float LN2_HIGH = 0.6933594f; // has few bits: its products are exact
    private static final float LN2_LOW = -0.00021219444f;

    /** What is added to a float to round it: the lowest bits of the sum are the whole number. */
    private static final float ROUND = 0x1.8p23f;

    private static final int EXPONENT_SHIFT = 23;
    private static final int EXPONENT_OF_ONE = 0x3F80_0000;

    private static final int[] EVERY_SECOND = new int[Lanes.COUNT];

    static {
        for (int i = 0; i < Lanes.COUNT; i++) {
            EVERY_SECOND[i] = 2 * i;
        }
    }

    private Exponential() {}

    /** Returns e to the power of each lane, of lanes beyond 88 either way as of 88. */
    static FloatVector exp(FloatVector x) {
        FloatVector clamped = x.max(-LARGEST + 1).min(LARGEST);
        FloatVector rounded = clamped.mul(LOG2_E).add(ROUND);
        FloatVector whole = rounded.sub(ROUND);
        FloatVector rest = whole.fma(
                FloatVector.broadcast(Lanes.FLOATS, -LN2_LOW),
                whole.fma(FloatVector.broadcast(Lanes.FLOATS, -LN2_HIGH), clamped));
        FloatVector p = FloatVector.broadcast(Lanes.FLOATS, 0.00019875691f)
                .fma(rest, FloatVector.broadcast(Lanes.FLOATS, 0.0013981999f));
        p = p.fma(rest, FloatVector.broadcast(Lanes.FLOATS, 0.008333452f));
        p = p.fma(rest, FloatVector.broadcast(Lanes.FLOATS, 0.041665796f));
        p = p.fma(rest, FloatVector.broadcast(Lanes.FLOATS, 0.16666666f));
        p = p.fma(rest, FloatVector.broadcast(Lanes.FLOATS, 0.5f));
        p = p.fma(rest.mul(rest), rest).add(1);
        IntVector power = rounded.reinterpretAsInts().lanewise(VectorOperators.LSHL, EXPONENT_SHIFT);
        return p.mul(power.add(EXPONENT_OF_ONE).reinterpretAsFloats());
    }

    /** As {@link io.harmony4j.engine.spi.Kernels#softmax}. */
    static void softmax(float[] scores, int offset, int count, float scale, float sink) {
        float max = Math.max(sink, scale * max(scores, offset, count)); // scale > 0
        float sum = exponentials(scores, offset, count, scale, max) + (float) Math.exp(sink - max);
        scale(scores, offset, count, 1 / sum);
    }

    private static float max(float[] scores, int offset, int count) {
        int whole = Lanes.FLOATS.loopBound(count);
        FloatVector max = FloatVector.broadcast(Lanes.FLOATS, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < whole; i += Lanes.COUNT) {
            max = max.max(FloatVector.fromArray(Lanes.FLOATS, scores, offset + i));
        }
        float most = max.reduceLanes(VectorOperators.MAX);
        for (int i = whole; i < count; i++) {
            most = Math.max(most, scores[offset + i]);
        }
        return most;
    }

    /** Makes scores e to the power of {@code scale score - max}, and returns their sum. */
    private static float exponentials(float[] scores, int offset, int count, float scale, float max) {
        int whole = Lanes.FLOATS.loopBound(count);
        FloatVector sum = FloatVector.zero(Lanes.FLOATS);
        for (int i = 0; i < whole; i += Lanes.COUNT) {
            FloatVector of = exp(FloatVector.fromArray(Lanes.FLOATS, scores, offset + i)
                    .mul(scale)
                    .sub(max));
            of.intoArray(scores, offset + i);
            sum = sum.add(of);
        }
        if (whole < count) {
            VectorMask<Float> left = Lanes.FLOATS.indexInRange(whole, count);
            FloatVector of = exp(FloatVector.fromArray(Lanes.FLOATS, scores, offset + whole, left)
                    .mul(scale)
                    .sub(max));
            of.intoArray(scores, offset + whole, left);
            sum = sum.add(of, left);
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    private static void scale(float[] scores, int offset, int count, float factor) {
        for (int i = offset; i < offset + count; i++) {
            scores[i] *= factor;
        }
    }

    /**
     * As {@link io.harmony4j.engine.spi.Kernels#swiglu}, for one vector.
     *
     * @param from where its gates and linear parts begin
     */
    static void swiglu(
            float[] gateUp,
            int from,
            boolean interleaved,
            float[] to,
            int toStart,
            int size,
            float alpha,
            float limit) {
        int whole = Lanes.FLOATS.loopBound(size);
        for (int i = 0; i < whole; i += Lanes.COUNT) {
            FloatVector gate = interleaved ? everySecond(gateUp, from + 2 * i) : floats(gateUp, from + i);
            FloatVector linear = interleaved ? everySecond(gateUp, from + 2 * i + 1) : floats(gateUp, from + size + i);
            swiglu(gate, linear, alpha, limit).intoArray(to, toStart + i);
        }
        for (int i = whole; i < size; i++) {
            float gate = Math.min(gateUp[from + (interleaved ? 2 * i : i)], limit);
            float linear = Math.max(-limit, Math.min(gateUp[from + (interleaved ? 2 * i + 1 : size + i)], limit));
            to[toStart + i] = (float) (gate / (1 + Math.exp(-alpha * gate)) * (linear + 1));
        }
    }

    private static FloatVector swiglu(FloatVector gate, FloatVector linear, float alpha, float limit) {
        FloatVector g = gate.min(limit);
        FloatVector l = linear.min(limit).max(-limit);
        return g.div(exp(g.mul(-alpha)).add(1)).mul(l.add(1));
    }

    private static FloatVector floats(float[] from, int start) {
        return FloatVector.fromArray(Lanes.FLOATS, from, start);
    }

    private static FloatVector everySecond(float[] from, int start) {
        return FloatVector.fromArray(Lanes.FLOATS, from, start, EVERY_SECOND, 0);
    }
}
