package io.harmony4j.tokenizer;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The {@link PieceEncoder}s that are not in use, about one for each processor: what they remember would be too much to
 * have for each thread, of which there may be a million. Thread-safe, without locks.
 */
final class EncoderPool {
    private static final int MAX_ENCODERS = 64;

    private final Tables tables;
    private final boolean remembers;
    private final AtomicReferenceArray<PieceEncoder> idle; // its length is a power of two

    EncoderPool(Tables tables, boolean remembers) {
        this.tables = tables;
        this.remembers = remembers;
        int processors = Math.min(Runtime.getRuntime().availableProcessors(), MAX_ENCODERS);
        idle = new AtomicReferenceArray<>(2 * Integer.highestOneBit(processors));
    }

    /** Returns the pool that o200k_base and o200k_harmony share. */
    static EncoderPool o200k() {
        return Remembering.POOL;
    }

    /** Returns the pool of encoders of o200k that remember nothing. */
    static EncoderPool o200kWithoutMemory() {
        return Forgetting.POOL;
    }

    Tables tables() {
        return tables;
    }

    /** Returns an encoder that nobody else uses, until it is given back. */
    PieceEncoder take() {
        int first = place();
        for (int i = 0; i < idle.length(); i++) {
            int place = first ^ i;
            if (idle.getPlain(place) != null) {
                PieceEncoder encoder = idle.getAndSet(place, null);
                if (encoder != null) {
                    return encoder;
                }
            }
        }
        return new PieceEncoder(tables, remembers);
    }

    /** Takes an encoder back. If another one has come to its place meanwhile, that one is forgotten. */
    void giveBack(PieceEncoder encoder) {
        encoder.trim();
        idle.setRelease(place(), encoder);
    }

    private int place() {
        return (int) Thread.currentThread().getId() & (idle.length() - 1);
    }

    private static final class Remembering {
        static final EncoderPool POOL = new EncoderPool(Tables.o200k(), true);
    }

    private static final class Forgetting {
        static final EncoderPool POOL = new EncoderPool(Tables.o200k(), false);
    }
}
