package io.harmony4j.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How fast threads read memory that is in no cache. A model that reads all its weights for each token cannot be faster. */
final class MemorySpeed {
    /** 512 MB, more than any cache. */
    private static final int LONGS = 1 << 26;

    /** Memory comes in lines; one number of each is enough to have it read. */
    private static final int LONGS_OF_LINE = 8;

    /** How often all is read; the fastest time counts, because the question is what can be reached. */
    private static final int PASSES = 5;

    private final long[] memory = new long[LONGS];

    MemorySpeed() {
        Arrays.fill(memory, 1); // pages that were never written are all the same zeros
    }

    /** Returns the bytes read a second by so many threads, each of which reads a part of the memory. */
    double bytesPerSecond(int threads) throws InterruptedException {
        double best = 0;
        for (int pass = 0; pass < PASSES; pass++) {
            best = Math.max(best, pass(threads));
        }
        return best;
    }

    private double pass(int threads) throws InterruptedException {
        long[] sums = new long[threads];
        List<Thread> readers = new ArrayList<>();
        long start = System.nanoTime();
        for (int t = 0; t < threads; t++) {
            int reader = t;
            int from = share(t, threads);
            int to = share(t + 1, threads);
            readers.add(new Thread(() -> sums[reader] = sum(from, to)));
            readers.get(t).start();
        }
        for (Thread thread : readers) {
            thread.join();
        }
        long nanos = System.nanoTime() - start;
        long sum = Arrays.stream(sums).sum();
        if (sum != LONGS / LONGS_OF_LINE) {
            throw new AssertionError("expected the sum of all memory but found " + sum);
        }
        return LONGS * 8.0 * 1e9 / nanos;
    }

    /** Returns where a thread's share begins, at a line. */
    private static int share(int thread, int threads) {
        return (int) ((long) LONGS * thread / threads) / LONGS_OF_LINE * LONGS_OF_LINE;
    }

    /** Sums up numbers of a share, in four streams: a processor has more lines on their way then. */
    private long sum(int from, int to) {
        long[] numbers = memory;
        int quarter = (to - from) / 4 / LONGS_OF_LINE * LONGS_OF_LINE;
        long sum0 = 0;
        long sum1 = 0;
        long sum2 = 0;
        long sum3 = 0;
        for (int i = from; i < from + quarter; i += LONGS_OF_LINE) {
            sum0 += numbers[i];
            sum1 += numbers[i + quarter];
            sum2 += numbers[i + 2 * quarter];
            sum3 += numbers[i + 3 * quarter];
        }
        for (int i = from + 4 * quarter; i < to; i += LONGS_OF_LINE) {
            sum0 += numbers[i];
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }
}
