package io.harmony4j.tokenizer;

/** The {@link PieceEncoder}s that are not in use, and the cache that they share. Thread-safe, without locks. */
final class EncoderPool extends Pool<PieceEncoder> {
    private final Tables tables;
    private final boolean caches;
    private final SharedPieceCache shared = new SharedPieceCache();
    private final LongPieceCache longCache = new LongPieceCache();

    EncoderPool(Tables tables, boolean caches) {
        this.tables = tables;
        this.caches = caches;
    }

    /** Returns the pool that o200k_base and o200k_harmony share. */
    static EncoderPool o200k() {
        return Cached.POOL;
    }

    /** Returns the pool of encoders of o200k that have no cache. */
    static EncoderPool o200kWithoutCache() {
        return Uncached.POOL;
    }

    Tables tables() {
        return tables;
    }

    /** Returns whether encoders keep the pieces that they have encoded. */
    boolean caches() {
        return caches;
    }

    @Override
    PieceEncoder make() {
        return new PieceEncoder(tables, shared, longCache, caches);
    }

    @Override
    void giveBack(PieceEncoder encoder) {
        encoder.trim();
        super.giveBack(encoder);
    }

    private static final class Cached {
        static final EncoderPool POOL = new EncoderPool(Tables.o200k(), true);
    }

    private static final class Uncached {
        static final EncoderPool POOL = new EncoderPool(Tables.o200k(), false);
    }
}
