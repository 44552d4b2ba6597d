package io.harmony4j.tokenizer;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Working space that is not in use, about one for each processor: it would be too much to have for each thread, of which
 * there may be a million. Thread-safe, without locks.
 */
abstract class Pool<T> {
    private static final int MAX_IDLE = 64;

    private final AtomicReferenceArray<T> idle; // its length is a power of two

    Pool() {
        int processors = Math.min(Runtime.getRuntime().availableProcessors(), MAX_IDLE);
        idle = new AtomicReferenceArray<>(2 * Integer.highestOneBit(processors));
    }

    /** Makes one more. */
    abstract T make();

    /** Returns one that nobody else uses, until it is given back. */
    T take() {
        int first = place();
        for (int i = 0; i < idle.length(); i++) {
            int place = first ^ i;
            if (idle.getPlain(place) != null) {
                T taken = idle.getAndSet(place, null);
                if (taken != null) {
                    return taken;
                }
            }
        }
        return make();
    }

    /** Takes one back. If another one has come to its place meanwhile, that one is forgotten. */
    void giveBack(T used) {
        idle.setRelease(place(), used);
    }

    private int place() {
        return (int) Thread.currentThread().getId() & (idle.length() - 1);
    }
}
