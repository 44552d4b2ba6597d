package io.harmony4j.tokenizer;

/**
 * The token whose bytes are exactly a given piece of up to {@value #MAX_LENGTH} bytes. A hash table with open addressing, whose entries have
 * the bytes themselves: one look at memory, which is mostly far from the processor for a piece that is new, says whether it is a token.
 * Immutable once filled, and thread-safe.
 */
final class ShortTokenTable {
    /** The longest piece in bytes: leaves room for a token in the second {@code long}. */
    static final int MAX_LENGTH = 12;

    /** 187 thousand tokens. */
    private static final int BITS = 18;

    private static final int TOKEN_SHIFT = Integer.SIZE;
    private static final long TOKEN_MASK = (long) PieceCache.TOKEN_MASK << TOKEN_SHIFT;

    /** [slot, 2], a piece as {@link PieceCache} has it, the token in place of the bytes that it does not have; 0 where free. */
    private final long[] entries = new long[2 << BITS];

    /** Adds a token, given by its bytes as {@link PieceCache#head} and {@link PieceCache#tail} return them. */
    void add(long head, long tail, int token) {
        int slot = first(head, tail);
        while (entries[slot + 1] != 0) {
            slot = next(slot);
        }
        entries[slot] = head;
        entries[slot + 1] = tail | (long) token << TOKEN_SHIFT;
    }

    /** Returns the token of a piece, given by its head and tail, or {@link Vocabulary#NONE}. */
    int find(long head, long tail) {
        for (int slot = first(head, tail); ; slot = next(slot)) {
            long second = entries[slot + 1];
            if (entries[slot] == head && (second & ~TOKEN_MASK) == tail) {
                return (int) (second >>> TOKEN_SHIFT) & PieceCache.TOKEN_MASK;
            }
            if (second == 0) {
                return Vocabulary.NONE;
            }
        }
    }

    private int first(long head, long tail) {
        return HashSlots.first(HashSlots.mix(head, tail), BITS) * 2;
    }

    private int next(int slot) {
        return (slot + 2) & (entries.length - 1);
    }
}
