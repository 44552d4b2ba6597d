package io.harmony4j.tokenizer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The tokens of pieces encoded before, so that a piece that comes again takes one look. It has a fixed number of
 * places; a piece has two of them, which the last two to come keep. A piece is compared whole, so that nothing but the
 * time it takes depends on what is remembered. Not thread-safe. See docs/algorithms/speed.md.
 *
 * <p>Pieces of up to 15 bytes with up to 4 tokens have places of four {@code long}s, two for the piece and two for its
 * tokens. Others with up to 14 tokens have places of sixteen {@code int}s, which hold only the tokens: their bytes,
 * which the vocabulary has, are the piece. There are few places at first, and more as they fill.
 */
final class PieceMemory {
    /** The longest piece in bytes that {@link #slot} and {@link #entries} are for. */
    static final int MAX_SHORT = 15;

    /** The most tokens of such a piece. */
    static final int MAX_SHORT_TOKENS = 4;

    /** The most tokens of a piece that is remembered. */
    static final int MAX_TOKENS = 14;

    /** Where in the third {@code long} of a place the number of tokens begins, above the first two tokens. */
    static final int COUNT_SHIFT = 50;

    /** The bits of a token in the upper half of a {@code long}. */
    static final int TOKEN_MASK = (1 << Vocabulary.ID_BITS) - 1;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int LENGTH_SHIFT = 56;

    /** [length], the bits of the first eight bytes that belong to a piece of this length. */
    private static final long[] HEAD_MASKS = masks(0);

    /** [length], the bits of the second eight bytes that belong to a piece of this length. */
    private static final long[] TAIL_MASKS = masks(Long.BYTES);

    private static final int SHORT_PLACE = 4;
    private static final int LONG_PLACE = 2 + MAX_TOKENS;
    private static final int FIRST_BITS = 8;
    private static final int MAX_SHORT_BITS = 15;
    private static final int MAX_LONG_BITS = 14;

    private final Vocabulary vocabulary;
    private final boolean remembers;
    private int shortBits = FIRST_BITS;
    private int longBits = FIRST_BITS;
    private int shortStores;
    private int longStores;
    private long[] shorts = new long[SHORT_PLACE << FIRST_BITS]; // [place, head, tail, tokens 0 and 1, tokens 2 and 3]
    private int[] longs = new int[LONG_PLACE << FIRST_BITS]; // [place, hash, number of tokens, tokens]

    /** Makes a memory, or one that remembers nothing. */
    PieceMemory(Vocabulary vocabulary, boolean remembers) {
        this.vocabulary = vocabulary;
        this.remembers = remembers;
    }

    /** Returns the first eight bytes of a piece of up to {@link #MAX_SHORT} bytes, zeros behind it. */
    static long head(byte[] text, int start, int length) {
        return (long) LONG.get(text, start) & HEAD_MASKS[length];
    }

    /** Returns the second eight bytes of a piece of up to {@link #MAX_SHORT} bytes, zeros behind it, and its length. */
    static long tail(byte[] text, int start, int length) {
        return ((long) LONG.get(text, start + Long.BYTES) & TAIL_MASKS[length]) | (long) length << LENGTH_SHIFT;
    }

    /** Returns where in {@link #entries} the first place of a short piece is, if {@code bits} are those of now. */
    static int slot(long head, long tail, int bits) {
        return HashSlots.first(head ^ Long.rotateLeft(tail, 23), bits - 1) * (2 * SHORT_PLACE);
    }

    /** Returns where its second place is. */
    static int other(int slot) {
        return slot + SHORT_PLACE;
    }

    /** Returns the places of short pieces: [place, head, tail, two tokens and their number, two tokens]. */
    long[] entries() {
        return shorts;
    }

    /** Returns the number of bits of a place's number. Like {@link #entries}, it changes with {@link #store}. */
    int bits() {
        return shortBits;
    }

    /** Appends the tokens of a piece, if they are remembered in a place for long ones; returns whether they are. */
    boolean recall(byte[] text, int start, int end, TokenBuffer into) {
        int hash = hash(text, start, end);
        int slot = longSlot(hash);
        if (longs[slot] != hash || !spells(slot, text, start, end)) {
            slot += LONG_PLACE;
            if (longs[slot] != hash || !spells(slot, text, start, end)) {
                return false;
            }
        }
        int count = longs[slot + 1];
        int[] out = into.reserve(count);
        System.arraycopy(longs, slot + 2, out, into.size(), count);
        into.resize(into.size() + count);
        return true;
    }

    /** Returns whether the bytes of the tokens at a place are the piece. */
    private boolean spells(int slot, byte[] text, int start, int end) {
        byte[] bytes = vocabulary.bytes();
        int at = start;
        for (int i = slot + 2; i < slot + 2 + longs[slot + 1]; i++) {
            int from = vocabulary.start(longs[i]);
            int length = vocabulary.length(longs[i]);
            if (length > end - at) {
                return false;
            }
            for (int offset = 0; offset < length; offset += Long.BYTES) {
                long different = (long) LONG.get(bytes, from + offset) ^ (long) LONG.get(text, at + offset);
                int beyond = Math.max(0, offset + Long.BYTES - length); // bytes of the eight behind the token
                if (different << (Byte.SIZE * beyond) != 0) {
                    return false;
                }
            }
            at += length;
        }
        return at == end;
    }

    /** Remembers the tokens of a piece, which begin at an index, if they are not too many. */
    void store(byte[] text, int start, int end, int[] tokens, int from, int count) {
        if (!remembers || count > MAX_TOKENS) {
            return;
        }
        int length = end - start;
        if (length <= MAX_SHORT && count <= MAX_SHORT_TOKENS) {
            if (++shortStores > 1 << shortBits && shortBits < MAX_SHORT_BITS) {
                growShorts();
            }
            long head = head(text, start, length);
            long tail = tail(text, start, length);
            int slot = slot(head, tail, shortBits);
            System.arraycopy(shorts, slot, shorts, other(slot), SHORT_PLACE);
            shorts[slot] = head;
            shorts[slot + 1] = tail;
            shorts[slot + 2] = two(tokens, from, count, 0) | (long) count << COUNT_SHIFT;
            shorts[slot + 3] = two(tokens, from, count, 2);
        } else {
            if (++longStores > 1 << longBits && longBits < MAX_LONG_BITS) {
                growLongs();
            }
            int hash = hash(text, start, end);
            int slot = longSlot(hash);
            System.arraycopy(longs, slot, longs, slot + LONG_PLACE, LONG_PLACE);
            longs[slot] = hash;
            longs[slot + 1] = count;
            System.arraycopy(tokens, from, longs, slot + 2, count);
        }
    }

    private static long two(int[] tokens, int from, int count, int i) {
        long even = i < count ? tokens[from + i] : 0;
        long odd = i + 1 < count ? tokens[from + i + 1] : 0;
        return even | odd << Integer.SIZE;
    }

    private void growShorts() {
        long[] old = shorts;
        shortBits = Math.min(shortBits + 2, MAX_SHORT_BITS);
        shortStores = 0;
        shorts = new long[SHORT_PLACE << shortBits];
        for (int at = 0; at < old.length; at += SHORT_PLACE) {
            System.arraycopy(old, at, shorts, slot(old[at], old[at + 1], shortBits), SHORT_PLACE);
        }
    }

    private void growLongs() {
        int[] old = longs;
        longBits = Math.min(longBits + 2, MAX_LONG_BITS);
        longStores = 0;
        longs = new int[LONG_PLACE << longBits];
        for (int at = 0; at < old.length; at += LONG_PLACE) {
            System.arraycopy(old, at, longs, longSlot(old[at]), LONG_PLACE);
        }
    }

    private int longSlot(int hash) {
        return (hash >>> (Integer.SIZE - longBits + 1)) * (2 * LONG_PLACE);
    }

    private static int hash(byte[] text, int start, int end) {
        long hash = (long) end - start;
        int at = start;
        for (; at < end - Long.BYTES; at += Long.BYTES) {
            hash = HashSlots.mix(hash, (long) LONG.get(text, at));
        }
        long last = (long) LONG.get(text, at) << (Byte.SIZE * (at + Long.BYTES - end));
        return HashSlots.first(HashSlots.mix(hash, last), Integer.SIZE);
    }

    private static long[] masks(int offset) {
        long[] masks = new long[MAX_SHORT + 1];
        for (int length = 0; length <= MAX_SHORT; length++) {
            int present = length - offset;
            masks[length] = present <= 0 ? 0 : present >= Long.BYTES ? -1 : (1L << (Byte.SIZE * present)) - 1;
        }
        return masks;
    }
}
