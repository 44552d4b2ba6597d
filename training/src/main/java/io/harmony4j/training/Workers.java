package io.harmony4j.training;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that work while one reads and writes. */
final class Workers implements AutoCloseable {
    private final ExecutorService pool;
    private final ExecutorService background;
    private final int count;

    Workers(int count) {
        this.count = count;
        this.pool = pool(count, "harmony-dataset");
        this.background = pool(1, "harmony-dataset-disk");
    }

    private static ExecutorService pool(int count, String name) {
        return Executors.newFixedThreadPool(count, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Returns how many pieces of work of one kind may wait or be worked on, so that the memory they take is bounded. */
    int inFlight() {
        return count + 2;
    }

    <R> Future<R> submit(Callable<R> work) {
        return pool.submit(work);
    }

    /** Has something done that mostly waits for the disk, for which the threads that work are not to wait. */
    <R> Future<R> inBackground(Callable<R> work) {
        return background.submit(work);
    }

    /** Waits for a result. */
    static <R> R get(Future<R> result) throws IOException {
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a worker");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
        background.shutdownNow();
    }
}
