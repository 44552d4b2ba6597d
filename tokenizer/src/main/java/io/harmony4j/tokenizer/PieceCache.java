package io.harmony4j.tokenizer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The tokens of short pieces encoded before, so that a piece that comes again takes one look: of up to 15 bytes and 4
 * tokens. It has a fixed number of places; a piece has two of them, which the last two to come keep. A piece is compared
 * whole, so that what is in the cache affects the time alone. Not thread-safe. See
 * docs/algorithms/speed.md.
 *
 * <p>A place is four {@code long}s, two for the piece and two for its tokens. There are few places at first, and more as
 * they fill.
 */
final class PieceCache {
    /** The longest piece in bytes; a mask as well, so that the compiler sees that a length is one of an array's indexes. */
    static final int MAX_LENGTH = 15;

    /** The most tokens of a piece. */
    static final int MAX_TOKENS = 4;

    /** Where in the third {@code long} of a place the number of tokens begins, above the first two tokens. */
    static final int COUNT_SHIFT = 50;

    /** The bits of a token in the upper half of a {@code long}. */
    static final int TOKEN_MASK = (1 << Vocabulary.ID_BITS) - 1;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Where in the second {@code long} of a place the length begins, above the bytes. */
    static final int LENGTH_SHIFT = 56;

    /** [length], the bits of the first eight bytes that belong to a piece of this length. */
    private static final long[] HEAD_MASKS = masks(0);

    /** [length], the bits of the second eight bytes that belong to a piece of this length. */
    private static final long[] TAIL_MASKS = masks(Long.BYTES);

    /** The number of {@code long}s of a place. */
    static final int PLACE = 4;

    private static final int FIRST_BITS = 8;

    /** 2 MB. */
    private static final int MAX_BITS = 16;

    private int bits = FIRST_BITS;
    private int stores;
    private long[] entries = new long[PLACE << FIRST_BITS]; // [place, head, tail, tokens 0 and 1, tokens 2 and 3]

    /** Returns the first eight bytes of a piece of up to {@link #MAX_LENGTH} bytes, zeros after it. */
    static long head(byte[] text, int start, int length) {
        return (long) LONG.get(text, start) & HEAD_MASKS[length & MAX_LENGTH];
    }

    /** Returns the second eight bytes of a piece of up to {@link #MAX_LENGTH} bytes, zeros after it, and its length. */
    static long tail(byte[] text, int start, int length) {
        return ((long) LONG.get(text, start + Long.BYTES) & TAIL_MASKS[length & MAX_LENGTH])
                | (long) length << LENGTH_SHIFT;
    }

    /** Returns where in {@link #entries} the first place of a piece is, if {@code bits} are those of now. */
    static int slot(long head, long tail, int bits) {
        return HashSlots.first(head ^ Long.rotateLeft(tail, 23), bits - 1) * (2 * PLACE);
    }

    /**
     * Returns that slot if a piece with the same first bytes is there, or else where the second place is. There is no branch, for it could not be
     * foreseen; the first bytes are enough, since hardly any two pieces that have them in common also have the same places.
     */
    static int place(long[] entries, int slot, long head) {
        long different = entries[slot] ^ head;
        return slot + PLACE * (int) ((different | -different) >>> (Long.SIZE - 1));
    }

    /** Returns the places: [place, head, tail, two tokens and their number, two tokens]. */
    long[] entries() {
        return entries;
    }

    /** Returns the number of bits of a place's number. Like {@link #entries}, it changes with {@link #store}. */
    int bits() {
        return bits;
    }

    /** Appends the tokens that are in a place. */
    void recall(int place, TokenBuffer into) {
        long two = entries[place + 2];
        long twoMore = entries[place + 3];
        int size = into.size();
        int[] tokens = into.reserve(MAX_TOKENS);
        tokens[size] = (int) two;
        tokens[size + 1] = (int) (two >>> Integer.SIZE) & TOKEN_MASK;
        tokens[size + 2] = (int) twoMore;
        tokens[size + 3] = (int) (twoMore >>> Integer.SIZE);
        into.resize(size + (int) (two >>> COUNT_SHIFT));
    }

    /** Keeps the tokens of a piece, as {@link #entries} has them; returns its place. */
    int store(long head, long tail, long two, long twoMore) {
        if (++stores > 1 << (bits - 1) && bits < MAX_BITS) { // half full, or less
            grow();
        }
        int slot = slot(head, tail, bits);
        System.arraycopy(entries, slot, entries, slot + PLACE, PLACE);
        entries[slot] = head;
        entries[slot + 1] = tail;
        entries[slot + 2] = two;
        entries[slot + 3] = twoMore;
        return slot;
    }

    /** Returns one token as the first two, and its number. */
    static long only(int token) {
        return token | 1L << COUNT_SHIFT;
    }

    /** Returns the first two of up to {@link #MAX_TOKENS} tokens, which begin at an index, and their number. */
    static long firstTwo(int[] tokens, int from, int count) {
        return two(tokens, from, count, 0) | (long) count << COUNT_SHIFT;
    }

    /** Returns the third and the fourth token. */
    static long secondTwo(int[] tokens, int from, int count) {
        return two(tokens, from, count, 2);
    }

    private static long two(int[] tokens, int from, int count, int i) {
        long even = i < count ? tokens[from + i] : 0;
        long odd = i + 1 < count ? tokens[from + i + 1] : 0;
        return even | odd << Integer.SIZE;
    }

    private void grow() {
        long[] old = entries;
        bits++;
        entries = new long[PLACE << bits];
        for (int at = 0; at < old.length; at += PLACE) {
            System.arraycopy(old, at, entries, slot(old[at], old[at + 1], bits), PLACE);
        }
    }

    private static long[] masks(int offset) {
        long[] masks = new long[MAX_LENGTH + 1];
        for (int length = 0; length <= MAX_LENGTH; length++) {
            int present = length - offset;
            masks[length] = present <= 0 ? 0 : present >= Long.BYTES ? -1 : (1L << (Byte.SIZE * present)) - 1;
        }
        return masks;
    }
}
