package io.harmony4j.server;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The log, a line of JSON for each request, written by a thread of its own: a full disk or a stopped terminal must not stop the server.
 * Lines for which there is no room are counted, and the count is told.
 */
final class AccessLog implements AutoCloseable {
    private static final int ROOM = 10_000;
    private static final long CLOSE_MILLIS = 1000;

    private final Consumer<String> out;
    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(ROOM);
    private final AtomicLong dropped = new AtomicLong();
    private final Thread writer = new Thread(this::write, "harmony-access-log");
    private volatile boolean isClosed;

    AccessLog(Consumer<String> out) {
        this.out = out;
        writer.setDaemon(true);
        writer.start();
    }

    void add(String line) {
        if (!lines.offer(line)) {
            dropped.incrementAndGet();
        }
    }

    private void write() {
        try {
            while (true) {
                String line = lines.poll(100, TimeUnit.MILLISECONDS);
                if (line != null) {
                    print(line);
                } else if (isClosed) {
                    return;
                }
                long lost = dropped.getAndSet(0);
                if (lost > 0) {
                    print("{\"dropped_log_lines\":" + lost + "}");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void print(String line) {
        try {
            out.accept(line);
        } catch (RuntimeException e) { // whoever takes the lines may fail; those after this one are written
            dropped.incrementAndGet();
        }
    }

    /** Writes what is left, unless that takes long. */
    @Override
    public void close() {
        isClosed = true;
        try {
            writer.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
