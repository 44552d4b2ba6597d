package io.harmony4j.tokenizer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The token whose bytes are exactly a given piece of text. Short ones are in a {@link ShortTokenTable}. For the others there is a hash table
 * with open addressing, less than half full; an entry is a token and some bits of its hash, so that nearly every token that is compared
 * with the piece is the one. Immutable and thread-safe.
 */
final class PieceTable {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** 13 thousand tokens. */
    private static final int BITS = 15;

    /** Where in an entry the bits of the hash begin, above the token's id and one. */
    private static final int CHECK_SHIFT = Vocabulary.ID_BITS;

    private static final int CHECK_BITS = Integer.SIZE - CHECK_SHIFT;
    private static final int ID_MASK = (1 << CHECK_SHIFT) - 1;

    private static final int FEW = 32;

    private final Vocabulary vocabulary;
    private final ShortTokenTable shortTokens = new ShortTokenTable();
    private final int[] entries = new int[1 << BITS]; // 0 where free

    PieceTable(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        for (int token = 0; token < vocabulary.size(); token += FEW) {
            add(token, Math.min(token + FEW, vocabulary.size()));
        }
    }

    /** Adds a few tokens: a method that is called often is compiled much sooner than a long loop. */
    private void add(int from, int to) {
        for (int token = from; token < to; token++) {
            add(token);
        }
    }

    private void add(int token) {
        int start = vocabulary.start(token);
        int length = vocabulary.length(token);
        long first = bytes(start, Math.min(length, Long.BYTES));
        if (length <= ShortTokenTable.MAX_LENGTH) {
            long tail = bytes(start + Long.BYTES, length - Long.BYTES) | (long) length << PieceCache.LENGTH_SHIFT;
            shortTokens.add(first, tail, token);
            return;
        }
        long last = bytes(start + length - Long.BYTES, Long.BYTES);
        long hash = hash(first, last, length);
        int slot = slot(hash);
        while (entries[slot] != 0) {
            slot = HashSlots.next(slot, BITS);
        }
        entries[slot] = check(hash) | (token + 1);
    }

    /** Returns up to eight bytes, 0 for less than one. A loop, since {@link #LONG} is slow while loading: nothing is compiled yet. */
    private long bytes(int start, int count) {
        byte[] text = vocabulary.bytes();
        long bytes = 0;
        for (int i = count - 1; i >= 0; i--) {
            bytes = bytes << Byte.SIZE | (text[start + i] & 0xFF);
        }
        return bytes;
    }

    /**
     * Returns the token whose bytes are those from {@code start} to {@code end}, or {@link Vocabulary#NONE}. The text
     * must have {@link Utf8Text#PADDING} bytes after {@code end}; {@code start < end}.
     */
    int find(byte[] text, int start, int end) {
        int length = end - start;
        if (length <= ShortTokenTable.MAX_LENGTH) {
            return shortTokens.find(PieceCache.head(text, start, length), PieceCache.tail(text, start, length));
        }
        long first = (long) LONG.get(text, start);
        long last = (long) LONG.get(text, end - Long.BYTES);
        long hash = hash(first, last, length);
        int check = check(hash);
        for (int slot = slot(hash); ; slot = HashSlots.next(slot, BITS)) {
            int entry = entries[slot];
            if (entry == 0) {
                return Vocabulary.NONE;
            }
            int token = (entry & ID_MASK) - 1;
            if ((entry & ~ID_MASK) == check && spells(token, text, start, length, first, last)) {
                return token;
            }
        }
    }

    private boolean spells(int token, byte[] text, int start, int length, long first, long last) {
        byte[] bytes = vocabulary.bytes();
        int tokenStart = vocabulary.start(token);
        return vocabulary.length(token) == length
                && (long) LONG.get(bytes, tokenStart) == first
                && (long) LONG.get(bytes, tokenStart + length - Long.BYTES) == last
                // The first eight and the last eight bytes are all there are of most tokens.
                && (length <= 2 * Long.BYTES
                        || Arrays.equals(bytes, tokenStart, tokenStart + length, text, start, start + length));
    }

    private static long hash(long first, long last, int length) {
        return HashSlots.mix(first + length, last);
    }

    private static int slot(long hash) {
        return HashSlots.first(hash, BITS);
    }

    /** Returns other bits of the hash than those of the slot, in an entry's upper bits. */
    private static int check(long hash) {
        return HashSlots.first(hash, BITS + CHECK_BITS) << CHECK_SHIFT;
    }
}
