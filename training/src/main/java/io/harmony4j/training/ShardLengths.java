package io.harmony4j.training;

import io.harmony4j.renderer.TrainingSample;
import java.util.Arrays;
import java.util.stream.IntStream;

/** How long the samples of a shard are, and how many of them each row has. */
final class ShardLengths {
    private int[] samples = new int[1024]; // in tokens
    private int[] rows = new int[1024]; // in samples
    private int sampleCount;
    private int rowCount;
    private long tokens;

    void add(Row row) {
        for (TrainingSample sample : row.samples()) {
            samples = withRoom(samples, sampleCount);
            samples[sampleCount++] = sample.length();
            tokens += sample.length();
        }
        rows = withRoom(rows, rowCount);
        rows[rowCount++] = row.samples().size();
    }

    private static int[] withRoom(int[] numbers, int count) {
        return count < numbers.length ? numbers : Arrays.copyOf(numbers, 2 * count);
    }

    int sampleCount() {
        return sampleCount;
    }

    int rowCount() {
        return rowCount;
    }

    long tokens() {
        return tokens;
    }

    /** Returns the lengths of the samples, in tokens. */
    IntStream samples() {
        return Arrays.stream(samples, 0, sampleCount);
    }

    /** Returns the numbers of samples of the rows. */
    IntStream rows() {
        return Arrays.stream(rows, 0, rowCount);
    }

    /** Returns the lengths of the rows, in tokens. */
    int[] rowLengths() {
        int[] lengths = new int[rowCount];
        int sample = 0;
        for (int row = 0; row < rowCount; row++) {
            for (int i = 0; i < rows[row]; i++) {
                lengths[row] += samples[sample++];
            }
        }
        return lengths;
    }

    /** Returns where each of some things begins that lie one after the other, and where the last one ends. */
    static long[] offsets(int[] lengths) {
        long[] offsets = new long[lengths.length + 1];
        for (int i = 0; i < lengths.length; i++) {
            offsets[i + 1] = offsets[i] + lengths[i];
        }
        return offsets;
    }
}
