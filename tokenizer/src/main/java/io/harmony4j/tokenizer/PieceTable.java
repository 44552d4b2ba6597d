package io.harmony4j.tokenizer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The token whose bytes are exactly a given piece of text. Most pieces of most texts are tokens, so one look here
 * encodes them. Three hash tables with open addressing, about half full at most: tokens of up to 7 bytes have one
 * {@code long} as their key, of up to 15 bytes two, which hold bytes and length; for longer ones the bytes themselves
 * are compared. Immutable and thread-safe.
 */
final class PieceTable {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int MAX_SHORT = 7;
    private static final int MAX_MEDIUM = 15;
    private static final int LENGTH_SHIFT = 56;

    /** 132 thousand tokens. */
    private static final int SHORT_BITS = 18;

    /** 62 thousand tokens. */
    private static final int MEDIUM_BITS = 17;

    /** 6 thousand tokens. */
    private static final int LONG_BITS = 14;

    private final Vocabulary vocabulary;

    private final long[] shortKeys = new long[1 << SHORT_BITS]; // 0 where free: every key has its length
    private final int[] shortIds = new int[1 << SHORT_BITS];

    private final long[] mediumKeys = new long[2 << MEDIUM_BITS]; // [slot, bytes 0-7 and bytes 8-14 with length]
    private final int[] mediumIds = new int[1 << MEDIUM_BITS];

    private final int[] longIds = new int[1 << LONG_BITS];

    PieceTable(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        Arrays.fill(longIds, Vocabulary.NONE);
        for (int token = 0; token < vocabulary.size(); token++) {
            add(token);
        }
    }

    private void add(int token) {
        byte[] text = vocabulary.bytes();
        int start = vocabulary.start(token);
        int length = vocabulary.length(token);
        if (length <= MAX_SHORT) {
            long key = key(text, start, length, length);
            int slot = HashSlots.first(key, SHORT_BITS);
            while (shortKeys[slot] != 0) {
                slot = HashSlots.next(slot, SHORT_BITS);
            }
            shortKeys[slot] = key;
            shortIds[slot] = token;
        } else if (length <= MAX_MEDIUM) {
            long head = (long) LONG.get(text, start);
            long tail = key(text, start + Long.BYTES, length - Long.BYTES, length);
            int slot = HashSlots.first(HashSlots.mix(head, tail), MEDIUM_BITS);
            while (mediumKeys[2 * slot + 1] != 0) {
                slot = HashSlots.next(slot, MEDIUM_BITS);
            }
            mediumKeys[2 * slot] = head;
            mediumKeys[2 * slot + 1] = tail;
            mediumIds[slot] = token;
        } else {
            int slot = longSlot(text, start, length);
            while (longIds[slot] != Vocabulary.NONE) {
                slot = HashSlots.next(slot, LONG_BITS);
            }
            longIds[slot] = token;
        }
    }

    /**
     * Returns the token whose bytes are those from {@code start} to {@code end}, or {@link Vocabulary#NONE}. The text
     * must have {@link Utf8Text#PADDING} bytes behind {@code end}; {@code start < end}.
     */
    int find(byte[] text, int start, int end) {
        int length = end - start;
        if (length <= MAX_SHORT) {
            return findShort(key(text, start, length, length));
        }
        if (length <= MAX_MEDIUM) {
            long tail = key(text, start + Long.BYTES, length - Long.BYTES, length);
            return findMedium((long) LONG.get(text, start), tail);
        }
        return length <= vocabulary.longest() ? findLong(text, start, end) : Vocabulary.NONE;
    }

    private int findShort(long key) {
        for (int slot = HashSlots.first(key, SHORT_BITS); ; slot = HashSlots.next(slot, SHORT_BITS)) {
            if (shortKeys[slot] == key) {
                return shortIds[slot];
            }
            if (shortKeys[slot] == 0) {
                return Vocabulary.NONE;
            }
        }
    }

    private int findMedium(long head, long tail) {
        for (int slot = HashSlots.first(HashSlots.mix(head, tail), MEDIUM_BITS);
                ;
                slot = HashSlots.next(slot, MEDIUM_BITS)) {
            if (mediumKeys[2 * slot] == head && mediumKeys[2 * slot + 1] == tail) {
                return mediumIds[slot];
            }
            if (mediumKeys[2 * slot + 1] == 0) {
                return Vocabulary.NONE;
            }
        }
    }

    private int findLong(byte[] text, int start, int end) {
        for (int slot = longSlot(text, start, end - start); ; slot = HashSlots.next(slot, LONG_BITS)) {
            int token = longIds[slot];
            if (token == Vocabulary.NONE
                    || Arrays.equals(
                            text, start, end, vocabulary.bytes(), vocabulary.start(token), vocabulary.end(token))) {
                return token;
            }
        }
    }

    /** Returns up to 7 bytes and the length of the whole piece in one. */
    private static long key(byte[] text, int start, int count, int length) {
        long mask = (1L << (Byte.SIZE * count)) - 1;
        return ((long) LONG.get(text, start) & mask) | ((long) length << LENGTH_SHIFT);
    }

    private static int longSlot(byte[] text, int start, int length) {
        long first = (long) LONG.get(text, start);
        long second = (long) LONG.get(text, start + Long.BYTES);
        long last = (long) LONG.get(text, start + length - Long.BYTES);
        return HashSlots.first(HashSlots.mix(HashSlots.mix(first, second), last) + length, LONG_BITS);
    }
}
