package io.harmony4j.cli.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How fast threads read memory that is in no cache: what a model that reads all its weights for a token cannot exceed. */
final class ReadTest {
    /** 512 MB, more than any cache. */
    private static final int LONGS = 1 << 26;

    private final long[] memory = new long[LONGS];

    ReadTest() {
        Arrays.fill(memory, 1); // pages that were never written are all the same zeros
    }

    /** Returns the bytes read a second by so many threads, each of which reads a part of the memory once. */
    double bytesPerSecond(int threads) throws InterruptedException {
        long[] sums = new long[threads];
        List<Thread> readers = new ArrayList<>();
        long start = System.nanoTime();
        for (int t = 0; t < threads; t++) {
            int reader = t;
            int from = (int) ((long) LONGS * t / threads);
            int to = (int) ((long) LONGS * (t + 1) / threads);
            readers.add(new Thread(() -> sums[reader] = sum(from, to)));
            readers.get(t).start();
        }
        for (Thread thread : readers) {
            thread.join();
        }
        long nanos = System.nanoTime() - start;
        long sum = Arrays.stream(sums).sum();
        if (sum != LONGS) {
            throw new AssertionError("expected the sum of all memory but found " + sum);
        }
        return LONGS * 8.0 * 1e9 / nanos;
    }

    private long sum(int from, int to) {
        long total = 0;
        for (int i = from; i < to; i++) {
            total += memory[i];
        }
        return total;
    }
}
