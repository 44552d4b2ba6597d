package io.harmony4j.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The tasks 0 to size - 1, done on as many threads as the caller says: the caller's, and others that have ended before it
 * returns. Each thread takes the next task when it has done one, so a long one delays no other. It belongs to one call, whose
 * threads share it.
 */
final class Batch {
    /*
     * Why threads of its own: the common ForkJoinPool has the parallelism of the machine, not that of the caller, and work
     * that other tasks wait for. An executor of the caller's must not be the one that the call itself runs on, or both
     * may wait forever. A pool kept for the next call would be threads that nobody asked for. To start a thread takes
     * some ten microseconds; a batch that this matters to is one for the caller's thread alone.
     */

    private final int size;
    private final IntConsumer task;
    private final AtomicInteger next = new AtomicInteger();

    /** Whether no task is to be begun any more. */
    private volatile boolean isStopped;

    private @Nullable Throwable failure;
    private int failed; // the task that threw it

    private Batch(int size, IntConsumer task) {
        this.size = size;
        this.task = task;
    }

    /**
     * Does the tasks. If some throw, throws what the first of them threw, as if they had been done one after the other,
     * except that a few later ones may have been done as well.
     *
     * @throws IllegalArgumentException if {@code parallelism}, the number of threads, is less than 1
     * @throws CancellationException if the thread is interrupted before the last task is begun; it stays interrupted
     */
    static void run(int size, int parallelism, IntConsumer task) {
        if (parallelism < 1) {
            throw new IllegalArgumentException("expected a parallelism of 1 or more but found " + parallelism);
        }
        new Batch(size, task).run(Math.min(parallelism, size) - 1);
    }

    private void run(int helpers) {
        List<Thread> started = new ArrayList<>();
        try {
            while (started.size() < helpers && next.get() < size) {
                Thread helper = new Thread(this::work, "harmony4j-batch-" + (started.size() + 1));
                helper.setDaemon(true);
                helper.start();
                started.add(helper);
            }
            work();
        } finally {
            if (next.get() < size) {
                isStopped = true; // interrupted, or no thread could be started
            }
            join(started);
        }
        throwFailure();
        if (next.get() < size) {
            throw new CancellationException("interrupted when " + next.get() + " of " + size + " were begun");
        }
    }

    /** Does tasks while there are any. */
    private void work() {
        while (!isStopped && !Thread.currentThread().isInterrupted()) {
            int number = next.getAndIncrement();
            if (number >= size) {
                return;
            }
            try {
                task.accept(number);
            } catch (Throwable e) {
                fail(number, e);
            }
        }
    }

    /** All tasks before a failed one have been begun, and each is ended: so the first failure of all will be known. */
    private synchronized void fail(int number, Throwable thrown) {
        if (failure == null || number < failed) {
            failure = thrown;
            failed = number;
        }
        isStopped = true;
    }

    private synchronized void throwFailure() {
        if (failure != null) {
            Batch.<RuntimeException>rethrow(failure);
        }
    }

    /** Throws it as it is, also if it is a checked exception: a caller's text may be of a language that checks none. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void rethrow(Throwable thrown) throws E {
        throw (E) thrown;
    }

    /** Waits for threads to end, which they do after their present task at the latest if the batch is stopped. */
    private void join(List<Thread> threads) {
        boolean isInterrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    isInterrupted = true;
                    isStopped = true;
                }
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
