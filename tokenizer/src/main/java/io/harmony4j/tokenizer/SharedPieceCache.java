package io.harmony4j.tokenizer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The tokens of short pieces that any thread has encoded and that are no token themselves: what no encoder's own {@link PieceCache} has room for, or has not
 * met yet. A piece is compared whole. Thread-safe, without locks. See docs/algorithms/speed.md.
 *
 * <p>A table that is full is copied to a larger one. The largest is followed by an empty one, and stays until that is full as
 * well: what is still in use moves on, and the rest is forgotten.
 */
final class SharedPieceCache {
    /** What is returned instead of a place. */
    static final int UNKNOWN = -1;

    static final int MANY_TOKENS = -2;

    /** What a place has of a piece with too many tokens. */
    private static final long NO_TOKENS = 0;

    private static final int FIRST_BITS = 9;

    /** 16 MB, and as much for the table before. */
    private static final int MAX_BITS = 19;

    /** How much larger the next table is. */
    private static final int MORE_BITS = 2;

    private volatile Table table = new Table(FIRST_BITS);
    private volatile Table before = table;
    private final AtomicBoolean isRenewing = new AtomicBoolean();

    /**
     * Copies the tokens of a piece to an encoder's own cache; returns its place there, or {@link #UNKNOWN}, or {@link #MANY_TOKENS} if it is
     * known only that there are more than fit there.
     */
    int recall(long head, long tail, PieceCache into) {
        Table now = table;
        int place = now.find(head, tail);
        if (place < 0 && now != before) {
            now = before;
            place = now.find(head, tail);
            if (place >= 0) {
                store(head, tail, now.entries[place + 2], now.entries[place + 3]);
            }
        }
        if (place < 0) {
            return UNKNOWN;
        }
        long two = now.entries[place + 2];
        return two == NO_TOKENS ? MANY_TOKENS : into.store(head, tail, two, now.entries[place + 3]);
    }

    /** Keeps the tokens of a piece, in the form of {@link PieceCache}. */
    void store(long head, long tail, long two, long twoMore) {
        if (table.isFull()) {
            renew();
        }
        table.put(head, tail, two, twoMore);
    }

    /** Keeps that a piece has more tokens than {@link PieceCache#MAX_TOKENS}. */
    void storeMany(long head, long tail) {
        store(head, tail, NO_TOKENS, 0);
    }

    /** Puts another table in the place of a full one, unless another thread is doing so. */
    private void renew() {
        if (isRenewing.compareAndSet(false, true)) {
            try {
                Table full = table;
                if (full.isFull()) {
                    boolean isLargest = full.bits == MAX_BITS;
                    Table next = isLargest ? new Table(MAX_BITS) : full.copy(Math.min(full.bits + MORE_BITS, MAX_BITS));
                    before = isLargest ? full : next;
                    table = next;
                }
            } finally {
                isRenewing.set(false);
            }
        }
    }

    /**
     * A hash table with open addressing, whose places are like those of {@link PieceCache}. A place is written once: claimed,
     * filled, and then published by its second {@code long}, which has the piece's length and so is never 0. Nobody sees half
     * of one.
     */
    private static final class Table {
        private static final VarHandle LONG = MethodHandles.arrayElementVarHandle(long[].class);

        /** What a place has that is being filled, instead of the second part of a piece, which is never negative. */
        private static final long CLAIMED = -1;

        /** How many places are tried for a piece. */
        private static final int MAX_TRIES = 16;

        private static final int PLACE = PieceCache.PLACE;

        final int bits;
        final long[] entries; // [place, head, tail, tokens 0 and 1, tokens 2 and 3]

        /** About how many pieces have come, since threads may count at the same time. */
        private int stores;

        Table(int bits) {
            this.bits = bits;
            this.entries = new long[PLACE << bits];
        }

        /** Returns whether three eighths of the places are taken: with more, it takes long to see that a piece is not here. */
        boolean isFull() {
            return stores >= 3 << (bits - 3);
        }

        Table copy(int newBits) {
            Table copy = new Table(newBits);
            for (int place = 0; place < entries.length; place += PLACE) {
                long tail = published(place);
                if (tail > 0) {
                    copy.put(entries[place], tail, entries[place + 2], entries[place + 3]);
                }
            }
            return copy;
        }

        /** Returns the place of a piece, or -1. */
        int find(long head, long tail) {
            int place = first(head, tail);
            for (int i = 0; i < MAX_TRIES; i++) {
                long found = published(place);
                if (found == tail && entries[place] == head) {
                    return place;
                }
                if (found == 0) {
                    return -1;
                }
                place = next(place);
            }
            return -1;
        }

        /** Puts a piece in the first free place, if there is one near. */
        void put(long head, long tail, long two, long twoMore) {
            stores++;
            int place = first(head, tail);
            for (int i = 0; i < MAX_TRIES; i++) {
                if (LONG.compareAndSet(entries, place + 1, 0L, CLAIMED)) {
                    entries[place] = head;
                    entries[place + 2] = two;
                    entries[place + 3] = twoMore;
                    LONG.setRelease(entries, place + 1, tail);
                    return;
                }
                place = next(place);
            }
        }

        /** Returns the second part of the piece in a place, which was written last; 0 if the place is free. */
        private long published(int place) {
            return (long) LONG.getAcquire(entries, place + 1);
        }

        private int first(long head, long tail) {
            return HashSlots.first(HashSlots.mix(head, tail), bits) * PLACE;
        }

        private int next(int place) {
            return (place + PLACE) & (entries.length - 1);
        }
    }
}
