package io.harmony4j.engine.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import io.harmony4j.engine.Activations;
import io.harmony4j.engine.spi.Kernels;
import io.harmony4j.engine.spi.Matrix;
import io.harmony4j.engine.spi.Matrix.Format;
import io.harmony4j.engine.spi.Vectors;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector kernels give what the plain ones give, up to rounding. */
class VectorKernelsTest {
    /** Of the sum of the products' magnitudes: some roundings of floats, in another order. */
    private static final double TOLERANCE = 1e-6;

    private static final float UNTOUCHED = 12345;
    private static final int[] ROWS = {1, 2, 5, 6, 7, 15, 16, 17, 31, 64, 65, 97};
    private static final int[] COLUMNS = {
        1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 96, 100, 128, 160, 224, 256, 2880
    };
    private static final int[] COUNTS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 17};

    private final Kernels plain = Kernels.plain();
    private final Kernels vector = new VectorKernels(Activations.F32);

    @ParameterizedTest
    @EnumSource
    void productsOfAllSizesAreThePlainOnes(Format format) {
        Random random = new Random(format.name().hashCode());
        int block = RandomMatrix.blockColumns(format);
        for (int columns : COLUMNS) {
            for (int rows : ROWS) {
                for (int count : columns > 1000 && rows > 20 ? new int[] {1, 4, 9} : COUNTS) {
                    Matrix weights = RandomMatrix.of(format, rows, columns * block, random.nextInt(4), random);
                    assertProduct(weights, random, count, vector, Activations.F32);
                }
                if (columns * block > 3000) {
                    break;
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void bytesGiveTheProductsOfRoundedVectors(Format format) {
        Random random = new Random(format.name().hashCode());
        Kernels int8 = new VectorKernels(Activations.INT8);
        int block = RandomMatrix.blockColumns(format);
        for (int columns : new int[] {1, 3, 4, 5, 8, 9, 90}) {
            for (int count : COUNTS) {
                Matrix weights = RandomMatrix.of(format, 19, columns * block, random.nextInt(4), random);
                assertProduct(weights, random, count, int8, Activations.INT8);
            }
        }
    }

    /** Compares a part of the rows of a product with those of the plain one; others must stay as they are. */
    private void assertProduct(Matrix weights, Random random, int count, Kernels kernels, Activations activations) {
        int rows = weights.rows();
        Vectors x = random(weights.columns(), count, random);
        if (activations == Activations.INT8
                && isMxfp4(weights.format())
                && Lanes.COUNT >= 16
                && weights.columns() >= 4 * Lanes.COUNT * 2) {
            x = rounded(x, weights.columns());
        }
        int from = rows > 1 ? random.nextInt(rows / 2) : 0;
        int to = rows - (rows > 4 ? random.nextInt(rows / 4) : 0);
        Vectors found = untouched(rows, count);
        Vectors expected = untouched(rows, count);
        kernels.product(weights, x, found).rows(from, to);
        plain.product(weights, x, expected).rows(from, to);
        for (int row = -1; row <= rows; row++) {
            boolean computed = row >= from && row < to;
            float[] elements = computed ? elements(weights, row) : new float[0];
            for (int t = 0; t < count; t++) {
                float value = found.values()[found.start(t) + row];
                float wanted = expected.values()[found.start(t) + row];
                if (!(Math.abs(value - wanted) <= TOLERANCE * magnitude(elements, x, t))) {
                    fail(
                            "%s of %d rows and %d columns, row %d, vector %d of %d: expected %s but found %s",
                            weights.format(), rows, weights.columns(), row, t, count, wanted, value);
                }
            }
        }
    }

    private static float[] elements(Matrix weights, int row) {
        float[] elements = new float[weights.columns()];
        weights.readRow(row, elements, 0);
        return elements;
    }

    private static boolean isMxfp4(Format format) {
        return format == Format.MXFP4 || format == Format.MXFP4_GGUF;
    }

    /** Rounds each 32 elements to 255 steps, as GGUF's Q8_0 does. */
    private static Vectors rounded(Vectors x, int columns) {
        float[] values = x.values().clone();
        for (int t = 0; t < x.count(); t++) {
            for (int block = x.start(t); block < x.start(t) + columns; block += 32) {
                float largest = 0;
                for (int i = block; i < block + 32; i++) {
                    largest = Math.max(largest, Math.abs(values[i]));
                }
                float scale = largest / 127;
                for (int i = block; i < block + 32; i++) {
                    values[i] = scale == 0 ? 0 : Math.round(values[i] / scale) * scale;
                }
            }
        }
        return new Vectors(values, x.offset(), x.stride(), x.count());
    }

    /** Returns the sum of the magnitudes of what is summed up. */
    private static double magnitude(float[] row, Vectors x, int t) {
        double sum = 0;
        for (int c = 0; c < row.length; c++) {
            sum += Math.abs((double) row[c] * x.values()[x.start(t) + c]);
        }
        return sum;
    }

    private static Vectors random(int length, int count, Random random) {
        Vectors vectors = new Vectors(new float[(length + 3) * count + 5], 5, length + 3, count);
        for (int i = 0; i < vectors.values().length; i++) {
            vectors.values()[i] = (float) random.nextGaussian();
        }
        return vectors;
    }

    private static Vectors untouched(int length, int count) {
        float[] values = new float[(length + 2) * count + 2];
        Arrays.fill(values, UNTOUCHED);
        return new Vectors(values, 1, length + 2, count);
    }

    @Test
    void rowsThatAreNotThereAreRefused() {
        Matrix weights = RandomMatrix.of(Format.BF16, 20, 64, 0, new Random(1));
        Vectors x = random(64, 1, new Random(2));
        assertThatThrownBy(() -> vector.product(weights, x, untouched(20, 1)).rows(10, 21))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("expected rows from 0 to 20 but found 10 to 21");
    }

    @Test
    void weightedSumsAreThePlainOnes() {
        Random random = new Random(5);
        for (int size : new int[] {1, 2, 8, 15, 16, 18, 32, 48, 64, 66, 128}) {
            for (int values : new int[] {1, 2, 5, 128}) {
                for (int count : new int[] {1, 3, 4, 5, 8}) {
                    Vectors summands = random(size, values, random);
                    Vectors weights = random(values, count, random);
                    Vectors sums = random(size, count, random);
                    Vectors plainSums = new Vectors(sums.values().clone(), sums.offset(), sums.stride(), count);
                    vector.addWeighted(weights, summands, size, sums);
                    plain.addWeighted(weights, summands, size, plainSums);
                    assertThat(sums.values()).containsExactly(plainSums.values(), within(1e-4f));
                }
            }
        }
    }

    @Test
    void unpacksEveryHalfAsThePlainOnes() {
        short[] halves = new short[(1 << 16) + 3];
        for (int i = 0; i < halves.length; i++) {
            halves[i] = (short) i;
        }
        for (int count : new int[] {0, 1, 31, 100, 1 << 16}) {
            float[] floats = new float[count + 1];
            float[] plainFloats = new float[count + 1];
            Arrays.fill(floats, UNTOUCHED);
            Arrays.fill(plainFloats, UNTOUCHED);
            vector.unpack(halves, 3, count, floats);
            plain.unpack(halves, 3, count, plainFloats);
            assertThat(floats).isEqualTo(plainFloats);
        }
    }

    @Test
    void softmaxIsThePlainOne() {
        Random random = new Random(6);
        for (int count : new int[] {1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 128, 1000}) {
            for (float spread :
                    new float[] {1, 100, 10_000}) { // of the last, most weights are less than a float can be
                float[] scores = random(count, 1, random).values();
                float sink = random.nextFloat() * spread;
                for (int i = 0; i < scores.length; i++) {
                    scores[i] *= spread;
                }
                float[] plainScores = scores.clone();
                vector.softmax(scores, 5, count, 0.125f, sink);
                plain.softmax(plainScores, 5, count, 0.125f, sink);
                for (int i = 0; i < scores.length; i++) {
                    assertThat(scores[i]).isCloseTo(plainScores[i], within(1e-30f + 2e-6f * Math.abs(plainScores[i])));
                }
            }
        }
    }

    @Test
    void scoresThatAreNoNumbersStaySo() {
        float[] scores = new float[40];
        scores[17] = Float.NaN;
        vector.softmax(scores, 0, 40, 1, 0);
        assertThat(scores).contains(Float.NaN);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void swigluIsThePlainOne(boolean interleaved) {
        Random random = new Random(7);
        for (int size : new int[] {1, 7, 8, 9, 15, 16, 17, 32, 96, 100}) {
            Vectors gateUp = random(2 * size, 3, random);
            for (int i = 0; i < gateUp.values().length; i++) {
                gateUp.values()[i] *= i % 10 == 0 ? 1000 : 4; // beyond the limit, and beyond what e^x can be
            }
            Vectors activated = untouched(size, 3);
            Vectors expected = untouched(size, 3);
            vector.swiglu(gateUp, interleaved, activated, size, 1.702f, 7);
            plain.swiglu(gateUp, interleaved, expected, size, 1.702f, 7);
            for (int i = 0; i < expected.values().length; i++) {
                float wanted = expected.values()[i];
                assertThat(activated.values()[i]).isCloseTo(wanted, within(1e-30f + 2e-6f * Math.abs(wanted)));
            }
        }
    }

    @Test
    void arraysBeginAtALineOfTheCache() {
        assertThat(AlignedFloats.canAlign()).isTrue();
        for (int length = 0; length < 100; length++) {
            AlignedFloats floats = AlignedFloats.allocate(length);
            assertThat(floats.offset()).isBetween(0, 15);
            assertThat(floats.array().length - floats.offset()).isGreaterThanOrEqualTo(length);
        }
    }
}
