package io.harmony4j.server;

/**
 * How many bytes of requests and whole answers there may be at a time, those of all clients together: a few large ones must not leave no
 * memory for the others. What is small is free. Thread-safe.
 */
final class Budget {
    /** So many bytes of each request and answer are free; of these, the number of connections is the limit. */
    static final int FREE = 64 * 1024;

    private final long limit;
    private long used;

    Budget(long limit) {
        this.limit = limit;
    }

    /** Takes bytes, if so many are left; returns whether they are. */
    synchronized boolean take(long bytes) {
        if (used + bytes > limit) {
            return false;
        }
        used += bytes;
        return true;
    }

    /** Gives bytes back. */
    synchronized void give(long bytes) {
        used -= bytes;
    }

    /** Returns how many bytes are taken. */
    synchronized long used() {
        return used;
    }
}
