package io.harmony4j.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work to be timed, in this thread.
 *
 * @param bytes how much text one pass handles, in bytes of UTF-8
 * @param prepare what comes before each pass and is not timed; null if passes may follow each other
 * @param pass the work; it gives its results to {@link #consume}
 */
record Contender(String name, long bytes, @Nullable Runnable prepare, Runnable pass) {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Where results go, so that the compiler cannot skip computing them. */
    @Nullable
    @SuppressWarnings("unused")
    private static volatile Object sink;

    static void consume(Object result) {
        sink = result;
    }

    /** Times a slice of as many passes, or of one if each has to be prepared. */
    Samples.Sample time(int passes) {
        int timed = prepare == null ? passes : 1;
        if (prepare != null) {
            prepare.run();
        }
        long wall = System.nanoTime();
        long cpu = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < timed; i++) {
            pass.run();
        }
        long cpuNanos = THREADS.getCurrentThreadCpuTime() - cpu;
        long wallNanos = System.nanoTime() - wall;
        // a clock that ticks coarsely may not have moved
        return new Samples.Sample(timed * bytes, Math.max(1, cpuNanos), Math.max(1, wallNanos));
    }
}
