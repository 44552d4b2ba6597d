package io.harmony4j.tokenizer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The tokens of pieces encoded before that are too long for {@link PieceCache}. They lie one after the other in a ring:
 * a new one takes the place of the oldest. Not thread-safe. See docs/algorithms/speed.md.
 *
 * <p>A record is some {@code long}s: the piece's hash, length and number of tokens in one; its bytes; its tokens, two in
 * each. A piece is compared whole. The ring is small at first and grows as it fills.
 */
final class LongPieceCache {
    /** The longest piece in bytes that is kept: longer ones seldom come again. */
    static final int MAX_LENGTH = 256;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int FIRST_BITS = 10;

    /** A ring of 2 MB, and a quarter of that for the places. */
    private static final int MAX_BITS = 18;

    private static final int PLACE_BITS = 2;

    /** Where in the first {@code long} of a record the hash begins, and where the length. */
    private static final int HASH_SHIFT = 32;

    private static final int LENGTH_SHIFT = 16;

    private static final int COUNT_MASK = (1 << LENGTH_SHIFT) - 1;

    private int bits = FIRST_BITS;

    private long[] ring = new long[1 << FIRST_BITS];

    /** [hash, shortened], where the last piece with it begins; a number of all {@code long}s ever written. */
    private long[] places = new long[1 << (FIRST_BITS - PLACE_BITS)];

    /** Where the next record begins. What is less than the ring's length before it, is there. */
    private long end = ring.length;

    /** Appends the tokens of a piece, if they are here; returns whether they are. */
    boolean recall(byte[] text, int start, int end, TokenBuffer into) {
        int hash = hash(text, start, end);
        long place = places[slot(hash)];
        if (this.end - place > ring.length) {
            return false; // written over
        }
        long[] record = ring;
        int at = (int) place & (record.length - 1);
        long key = key(hash, end - start);
        if ((record[at] & ~COUNT_MASK) != key) {
            return false;
        }
        int count = (int) record[at++] & COUNT_MASK;
        int from = start;
        for (; from < end - Long.BYTES; from += Long.BYTES) {
            if (record[at++] != (long) LONG.get(text, from)) {
                return false;
            }
        }
        if (record[at++] != last(text, from, end)) {
            return false;
        }
        int size = into.size();
        int[] tokens = into.reserve(count + 1);
        for (int i = 0; i < count; i += 2) {
            long two = record[at++];
            tokens[size + i] = (int) two;
            tokens[size + i + 1] = (int) (two >>> Integer.SIZE);
        }
        into.resize(size + count);
        return true;
    }

    /** Keeps the tokens of a piece of up to {@link #MAX_LENGTH} bytes, which begin at an index. */
    void store(byte[] text, int start, int end, int[] tokens, int from, int count) {
        int length = end - start;
        int size = 1 + (length + Long.BYTES - 1) / Long.BYTES + (count + 1) / 2;
        makeRoom(size);
        int hash = hash(text, start, end);
        places[slot(hash)] = this.end;
        int at = (int) this.end & (ring.length - 1);
        this.end += size;
        ring[at++] = key(hash, length) | count;
        int next = start;
        for (; next < end - Long.BYTES; next += Long.BYTES) {
            ring[at++] = (long) LONG.get(text, next);
        }
        ring[at++] = last(text, next, end);
        for (int i = from; i < from + count; i += 2) {
            long odd = i + 1 < from + count ? tokens[i + 1] : 0;
            ring[at++] = tokens[i] | odd << Integer.SIZE;
        }
    }

    /** Makes room for a record, which must not go round the ring's end. */
    private void makeRoom(int size) {
        int rest = ring.length - ((int) end & (ring.length - 1));
        if (rest >= size) {
            return;
        }
        end += rest;
        if (bits < MAX_BITS) {
            grow();
        }
    }

    private void grow() {
        long[] old = ring;
        long[] oldPlaces = places;
        bits++;
        ring = new long[1 << bits];
        places = new long[1 << (bits - PLACE_BITS)];
        int from = (int) (end - old.length) & (ring.length - 1); // no record goes round the end of either ring
        System.arraycopy(old, 0, ring, from, old.length);
        for (long place : oldPlaces) {
            if (end - place <= old.length) {
                places[slot((int) (ring[(int) place & (ring.length - 1)] >>> HASH_SHIFT))] = place;
            }
        }
    }

    private int slot(int hash) {
        return hash >>> (Integer.SIZE - (bits - PLACE_BITS));
    }

    private static long key(int hash, int length) {
        return (long) hash << HASH_SHIFT | length << LENGTH_SHIFT;
    }

    private static int hash(byte[] text, int start, int end) {
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
}
