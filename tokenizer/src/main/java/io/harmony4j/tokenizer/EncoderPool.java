package io.harmony4j.tokenizer;

/** The {@link PieceEncoder}s that are not in use. Thread-safe, without locks. */
final class EncoderPool extends Pool<PieceEncoder> {
    private final Tables tables;
    private final boolean remembers;

    EncoderPool(Tables tables, boolean remembers) {
        this.tables = tables;
        this.remembers = remembers;
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

    @Override
    PieceEncoder make() {
        return new PieceEncoder(tables, remembers);
    }

    @Override
    void giveBack(PieceEncoder encoder) {
        encoder.trim();
        super.giveBack(encoder);
    }

    private static final class Remembering {
        static final EncoderPool POOL = new EncoderPool(Tables.o200k(), true);
    }

    private static final class Forgetting {
        static final EncoderPool POOL = new EncoderPool(Tables.o200k(), false);
    }
}
