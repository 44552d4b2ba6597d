package io.harmony4j.engine;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that help a calling thread with its work. Between two jobs they wait actively for some microseconds, because a forward pass has
 * hundreds of short jobs; then they sleep. One thread at a time may call {@link #run}.
 */
final class Workers implements AutoCloseable {
    /** How often a thread checks for a new job, or for the end of the others' work, before it sleeps: about ten microseconds. */
    private static final int CHECKS = 1000;

    private final Thread[] threads;

    /** The newest job; each thread knows which one it did last. */
    private volatile @Nullable Job job;

    private volatile boolean closed;

    /** @param count how many threads work, the caller's included; at least 1 */
    Workers(int count) {
        threads = new Thread[count - 1];
        for (int i = 0; i < threads.length; i++) {
            int worker = i + 1;
            threads[i] = new Thread(() -> work(worker), "harmony-engine-" + worker);
            threads[i].setDaemon(true);
            threads[i].start();
        }
    }

    /** Returns how many threads work, the caller's included. */
    int count() {
        return threads.length + 1;
    }

    /** What is to be done with items. */
    @FunctionalInterface
    interface Task {
        /**
         * Works on the items {@code from} (inclusive) to {@code to} (exclusive).
         *
         * @param worker the number of the thread, from 0, for scratch space of its own
         */
        void run(int worker, int from, int to);
    }

    /** Works on the items from 0 (inclusive) to {@code items} (exclusive), at most {@code grain} at once; returns when all are done. */
    void run(int items, int grain, Task task) {
        if (threads.length == 0 || items <= grain) {
            task.run(0, 0, items);
            return;
        }
        Job current = new Job(task, items, grain, Thread.currentThread());
        job = current;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
        current.work(0);
        current.await();
        job = null;
        current.rethrow();
    }

    private void work(int worker) {
        Job last = null;
        while (!closed) {
            Job next = job;
            for (int check = 0; next == last || next == null; check++) {
                if (closed) {
                    return;
                }
                if (check < CHECKS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
                next = job;
            }
            last = next;
            next.work(worker);
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
    }

    /** A task, and how much of it has been done. */
    private static final class Job {
        private final Task task;
        private final int items;
        private final int grain;
        private final Thread caller;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger left;
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

        Job(Task task, int items, int grain, Thread caller) {
            this.task = task;
            this.items = items;
            this.grain = grain;
            this.caller = caller;
            this.left = new AtomicInteger(items);
        }

        void work(int worker) {
            while (true) {
                int from = next.getAndAdd(grain);
                if (from >= items || from < 0) {
                    return;
                }
                int to = Math.min(items, from + grain);
                try {
                    task.run(worker, from, to);
                } catch (RuntimeException | Error e) {
                    failure.compareAndSet(null, e);
                }
                if (left.addAndGet(from - to) == 0) {
                    LockSupport.unpark(caller);
                }
            }
        }

        void await() {
            for (int check = 0; left.get() > 0; check++) {
                if (check < CHECKS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
        }

        void rethrow() {
            Throwable thrown = failure.get();
            if (thrown instanceof RuntimeException e) {
                throw e;
            }
            if (thrown instanceof Error e) {
                throw e;
            }
        }
    }
}
