package io.harmony4j.bench;

import io.harmony4j.tokenizer.Tokenizer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Times how much more several threads encode than one, with one tokenizer. Thread counts take turns, as contenders of a
 * {@link Contest} do. Not thread-safe.
 */
final class ThreadContest {
    private static final int ROUNDS = 5;
    private static final double NANOS = 1e9;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final List<String> documents;
    private final long[] lengths; // of each document, in bytes of UTF-8
    private final double seconds;

    /**
     * @param seconds how long each number of threads is timed
     */
    ThreadContest(List<String> documents, double seconds) {
        this.documents = documents;
        this.lengths = documents.stream().mapToLong(Corpus::utf8Length).toArray();
        this.seconds = seconds;
    }

    /** Returns the numbers of threads that are compared: 1, 2, 4 and so on, up to as many as there are processors. */
    static List<Integer> counts() {
        List<Integer> counts = new ArrayList<>(List.of(1, 2));
        for (int count = 4; count <= Runtime.getRuntime().availableProcessors(); count *= 2) {
            counts.add(count);
        }
        return counts;
    }

    /** Returns the speed of all threads together by their number. */
    Map<Integer, Speed> run() throws InterruptedException {
        Map<Integer, Samples> samples = new TreeMap<>();
        for (int round = 0; round <= ROUNDS; round++) {
            for (int count : counts()) {
                Samples.Sample sample = time(count);
                if (round > 0) { // the first one warms up
                    samples.computeIfAbsent(count, key -> new Samples()).add(sample);
                }
            }
        }
        Map<Integer, Speed> speeds = new TreeMap<>();
        samples.forEach((count, timed) -> speeds.put(count, timed.speed()));
        return speeds;
    }

    /** Returns all threads' text, the time until the last one was done, and the processor time of one on average. */
    private Samples.Sample time(int count) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            CyclicBarrier start = new CyclicBarrier(count);
            List<Callable<Samples.Sample>> tasks = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int first = i * documents.size() / count;
                tasks.add(() -> encode(first, start));
            }
            long bytes = 0;
            long cpu = 0;
            long wall = 0;
            for (Future<Samples.Sample> task : threads.invokeAll(tasks)) {
                Samples.Sample sample = task.get();
                bytes += sample.bytes();
                cpu += sample.cpuNanos();
                wall = Math.max(wall, sample.wallNanos());
            }
            return new Samples.Sample(bytes, Math.max(1, cpu / count), wall);
        } catch (ExecutionException e) {
            throw new IllegalStateException("expected text to be encoded but found " + e.getCause(), e);
        } finally {
            threads.shutdown();
        }
    }

    /** Encodes documents, from the given one on and around again, until the time is over. */
    private Samples.Sample encode(int first, CyclicBarrier start) throws Exception {
        Tokenizer tokenizer = Tokenizer.o200kBase();
        start.await();
        long wall = System.nanoTime();
        long cpu = THREADS.getCurrentThreadCpuTime();
        long end = wall + (long) (seconds / ROUNDS * NANOS);
        long bytes = 0;
        int next = first;
        do {
            Contender.consume(tokenizer.encode(documents.get(next)));
            bytes += lengths[next];
            next = next + 1 == lengths.length ? 0 : next + 1;
        } while (System.nanoTime() < end);
        long cpuNanos = THREADS.getCurrentThreadCpuTime() - cpu;
        return new Samples.Sample(bytes, Math.max(1, cpuNanos), System.nanoTime() - wall);
    }
}
