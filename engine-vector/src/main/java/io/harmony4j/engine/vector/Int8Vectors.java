package io.harmony4j.engine.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/**
 * Arranged vectors in whole numbers from -127 to 127 with a scale for each block of 32, as GGUF's Q8_0 has them. They are kept as 16-bit
 * numbers, in the order in which the four-bit numbers of weights come out of 16-bit lanes.
 */
final class Int8Vectors {
    /** The elements of a group, in 32-bit lanes: eight vectors of floats, four of 16-bit numbers. */
    private static final int GROUP = 8 * Lanes.COUNT;

    /** What a group takes: its elements, then its scales, one for each 32-bit lane. */
    static final int GROUP_FLOATS = 5 * Lanes.COUNT;

    private static final float LARGEST = 127;
    private static final int LOWER_HALF = 0xFFFF;

    private Int8Vectors() {}

    /**
     * Quantises vectors, and puts what has become of them in their place.
     *
     * @param x vectors arranged as {@link Arrangement#NIBBLES} or {@link Arrangement#NIBBLES_GGUF}, one after the other
     * @param groups the groups of all
     * @return {@value #GROUP_FLOATS} floats a group, whose bits are four vectors of 16-bit numbers, and half of the scales
     */
    static AlignedFloats quantise(AlignedFloats x, int groups) {
        AlignedFloats quantised = AlignedFloats.allocate(groups * GROUP_FLOATS);
        for (int group = 0; group < groups; group++) {
            quantise(
                    x.array(),
                    x.offset() + group * GROUP,
                    quantised.array(),
                    quantised.offset() + group * GROUP_FLOATS);
        }
        return quantised;
    }

    private static void quantise(float[] x, int start, float[] to, int toStart) {
        FloatVector largest = FloatVector.zero(Lanes.FLOATS);
        for (int k = 0; k < 8; k++) {
            largest = largest.max(floats(x, start, k).abs());
        }
        // Four lanes in a row hold a block.
        largest = largest.max(largest.rearrange(exchange(1)));
        largest = largest.max(largest.rearrange(exchange(2)));
        FloatVector scale = largest.div(LARGEST);
        FloatVector inverse =
                FloatVector.broadcast(Lanes.FLOATS, 1).div(scale).blend(0, largest.compare(VectorOperators.EQ, 0));
        for (int k = 0; k < 4; k++) {
            IntVector lower = rounded(floats(x, start, k).mul(inverse));
            IntVector upper = rounded(floats(x, start, k + 4).mul(inverse));
            floats(lower).mul(scale).intoArray(x, start + k * Lanes.COUNT);
            floats(upper).mul(scale).intoArray(x, start + (k + 4) * Lanes.COUNT);
            lower.and(LOWER_HALF)
                    .or(upper.lanewise(VectorOperators.LSHL, 16))
                    .reinterpretAsFloats()
                    .intoArray(to, toStart + k * Lanes.COUNT);
        }
        scale.mul(0.5f).intoArray(to, toStart + 4 * Lanes.COUNT); // the table of weights has their doubles
    }

    /** Returns a vector of 16-bit numbers. */
    static ShortVector shorts(float[] quantised, int start) {
        return FloatVector.fromArray(Lanes.FLOATS, quantised, start).reinterpretAsShorts();
    }

    /** Returns the sum of the two 16-bit numbers in each 32-bit lane. */
    static FloatVector sumsOfPairs(ShortVector numbers) {
        IntVector pairs = numbers.reinterpretAsInts();
        IntVector lower = pairs.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16);
        return floats(lower.add(pairs.lanewise(VectorOperators.ASHR, 16)));
    }

    private static FloatVector floats(float[] x, int start, int k) {
        return FloatVector.fromArray(Lanes.FLOATS, x, start + k * Lanes.COUNT);
    }

    private static FloatVector floats(IntVector whole) {
        return (FloatVector) whole.convert(VectorOperators.I2F, 0);
    }

    /** Returns the nearest whole numbers, of two as near those farther from zero. */
    private static IntVector rounded(FloatVector values) {
        FloatVector half =
                FloatVector.broadcast(Lanes.FLOATS, 0.5f).blend(-0.5f, values.compare(VectorOperators.LT, 0));
        return (IntVector) values.add(half).convert(VectorOperators.F2I, 0);
    }

    private static VectorShuffle<Float> exchange(int distance) {
        return VectorShuffle.fromOp(Lanes.FLOATS, lane -> lane ^ distance);
    }
}
