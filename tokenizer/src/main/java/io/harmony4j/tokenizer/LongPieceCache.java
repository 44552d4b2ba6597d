package io.harmony4j.tokenizer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The tokens of pieces encoded before that are too long for {@link PieceCache}, or have too many tokens. All threads share
 * it. Thread-safe, without locks. See docs/algorithms/speed.md.
 *
 * <p>Records that fill their space are copied to a larger one. The largest is followed by an empty one, and stays until that is
 * full as well: what is still in use moves on, and the rest is forgotten.
 */
final class LongPieceCache {
    /** The longest piece in bytes that is kept: longer ones seldom come again. */
    static final int MAX_LENGTH = 256;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int FIRST_BITS = 10;

    /** 4 MB, a quarter of that for the places, and as much for the records before. */
    private static final int MAX_BITS = 19;

    private volatile Records records = new Records(FIRST_BITS);
    private volatile Records before = records;
    private final AtomicBoolean isRenewing = new AtomicBoolean();

    /** Appends the tokens of a piece, if they are here; returns whether they are. */
    boolean recall(byte[] text, int start, int end, TokenBuffer into) {
        int hash = hash(text, start, end);
        Records now = records;
        int record = now.find(hash, text, start, end);
        if (record == Records.NONE && now != before) {
            now = before;
            record = now.find(hash, text, start, end);
            if (record != Records.NONE) {
                roomFor(now.size(record)).copy(hash, now, record);
            }
        }
        if (record == Records.NONE) {
            return false;
        }
        now.tokens(record, into);
        return true;
    }

    /** Keeps the tokens of a piece of up to {@link #MAX_LENGTH} bytes, which begin at an index. */
    void store(byte[] text, int start, int end, int[] tokens, int from, int count) {
        roomFor(Records.size(end - start, count)).add(hash(text, start, end), text, start, end, tokens, from, count);
    }

    /** Returns records with room for one more of so many {@code long}s, unless other threads take it or make it. */
    private Records roomFor(int size) {
        if (!records.hasRoom(size) && isRenewing.compareAndSet(false, true)) {
            try {
                Records full = records;
                if (!full.hasRoom(size)) {
                    boolean isLargest = full.bits == MAX_BITS;
                    Records next = isLargest ? new Records(MAX_BITS) : full.copy(full.bits + 1);
                    before = isLargest ? full : next;
                    records = next;
                }
            } finally {
                isRenewing.set(false);
            }
        }
        return records;
    }

    /** Returns a hash of 32 bits. */
    static int hash(byte[] text, int start, int end) {
        long hash = (long) end - start;
        int at = start;
        for (; at < end - Long.BYTES; at += Long.BYTES) {
            hash = HashSlots.mix(hash, (long) LONG.get(text, at));
        }
        return HashSlots.first(HashSlots.mix(hash, last(text, at, end)), Integer.SIZE);
    }

    /** Returns the last one to eight bytes, zeros after them. */
    private static long last(byte[] text, int at, int end) {
        return (long) LONG.get(text, at) & (-1L >>> (Byte.SIZE * (at + Long.BYTES - end)));
    }

    /**
     * Records, one after the other. One is some {@code long}s: the piece's length and number of tokens; its bytes; its tokens,
     * two in each. It is written once, and then a place says where it is: nobody sees half of one.
     */
    private static final class Records {
        /** No record. */
        static final int NONE = 0;

        private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(long[].class);

        /** How many {@code long}s there are for each pair of places. */
        private static final int PAIR_BITS = 3;

        /** Where in the first {@code long} of a record the length begins, above the number of tokens. */
        private static final int LENGTH_SHIFT = 16;

        private static final int COUNT_MASK = (1 << LENGTH_SHIFT) - 1;

        final int bits;
        private final long[] all;

        /** [hash, shortened, 2], the hash of a piece and, in the lower half, where its record begins. */
        private final long[] places;

        /** Where the next record begins. */
        private final AtomicInteger end = new AtomicInteger(NONE + 1);

        Records(int bits) {
            this.bits = bits;
            this.all = new long[1 << bits];
            this.places = new long[2 << (bits - PAIR_BITS)];
        }

        /** Returns how many {@code long}s a record has. */
        static int size(int length, int count) {
            return 1 + words(length) + (count + 1) / 2;
        }

        int size(int record) {
            return size((int) (all[record] >>> LENGTH_SHIFT), (int) all[record] & COUNT_MASK);
        }

        private static int words(int length) {
            return (length + Long.BYTES - 1) / Long.BYTES;
        }

        boolean hasRoom(int size) {
            return end.get() <= all.length - size;
        }

        /** Returns more room, with these records in it. */
        Records copy(int newBits) {
            Records copy = new Records(newBits);
            for (int i = 0; i < places.length; i++) {
                long place = (long) PLACE.getAcquire(places, i);
                if (place != NONE) {
                    copy.publish((int) (place >>> Integer.SIZE), (int) place);
                }
            }
            copy.end.set(Math.min(all.length, end.get())); // after the last one that has been published
            System.arraycopy(all, 0, copy.all, 0, copy.end.get());
            return copy;
        }

        /** Returns where the record of a piece begins, or NONE. */
        int find(int hash, byte[] text, int start, int end) {
            int first = pair(hash);
            for (int i = first; i < first + 2; i++) {
                long place = (long) PLACE.getAcquire(places, i);
                if ((int) (place >>> Integer.SIZE) == hash && place != NONE && isAt((int) place, text, start, end)) {
                    return (int) place;
                }
            }
            return NONE;
        }

        private boolean isAt(int record, byte[] text, int start, int end) {
            int at = record;
            if (all[at++] >>> LENGTH_SHIFT != end - start) {
                return false;
            }
            int from = start;
            for (; from < end - Long.BYTES; from += Long.BYTES) {
                if (all[at++] != (long) LONG.get(text, from)) {
                    return false;
                }
            }
            return all[at] == last(text, from, end);
        }

        /** Appends the tokens of a record. */
        void tokens(int record, TokenBuffer into) {
            int count = (int) all[record] & COUNT_MASK;
            int at = record + size(record) - (count + 1) / 2;
            int size = into.size();
            int[] tokens = into.reserve(count + 1);
            for (int i = 0; i < count; i += 2) {
                long two = all[at++];
                tokens[size + i] = (int) two;
                tokens[size + i + 1] = (int) (two >>> Integer.SIZE);
            }
            into.resize(size + count);
        }

        /** Adds the record of a piece, if there is room. */
        void add(int hash, byte[] text, int start, int end, int[] tokens, int from, int count) {
            int record = reserve(size(end - start, count));
            if (record == NONE) {
                return;
            }
            int at = record;
            all[at++] = (long) (end - start) << LENGTH_SHIFT | count;
            int next = start;
            for (; next < end - Long.BYTES; next += Long.BYTES) {
                all[at++] = (long) LONG.get(text, next);
            }
            all[at++] = last(text, next, end);
            for (int i = from; i < from + count; i += 2) {
                long odd = i + 1 < from + count ? tokens[i + 1] : 0;
                all[at++] = tokens[i] | odd << Integer.SIZE;
            }
            publish(hash, record);
        }

        /** Adds one of other records, if there is room. */
        void copy(int hash, Records from, int record) {
            int size = from.size(record);
            int to = reserve(size);
            if (to != NONE) {
                System.arraycopy(from.all, record, all, to, size);
                publish(hash, to);
            }
        }

        /** Returns where a new record of so many {@code long}s begins, or NONE if there is no room. */
        private int reserve(int size) {
            int record = hasRoom(size) ? end.getAndAdd(size) : NONE;
            return record <= all.length - size ? record : NONE;
        }

        /** Says where a record is that is complete: in the first of two places if that is free, or else in the second. */
        private void publish(int hash, int record) {
            int first = pair(hash);
            int place = (long) PLACE.getAcquire(places, first) == NONE ? first : first + 1;
            PLACE.setRelease(places, place, (long) hash << Integer.SIZE | record);
        }

        private int pair(int hash) {
            return hash >>> (Integer.SIZE - (bits - PAIR_BITS)) << 1;
        }
    }
}
