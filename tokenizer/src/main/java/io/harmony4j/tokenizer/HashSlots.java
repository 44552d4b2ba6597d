package io.harmony4j.tokenizer;

/** Where a key lies in a hash table with open addressing and a power of two of slots. */
final class HashSlots {
    /** Odd, with bits spread evenly: 2^64 divided by the golden ratio. */
    static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    /** The same, from the square root of three. */
    static final long OTHER_MULTIPLIER = 0xBB67AE8584CAA73BL;

    private HashSlots() {}

    /** Returns the first slot to try, of {@code 2^bits}; of 33 bits and more the low 32. */
    static int first(long key, int bits) {
        return (int) ((key * MULTIPLIER) >>> (Long.SIZE - bits));
    }

    /** Returns the slot to try after another. */
    static int next(int slot, int bits) {
        return (slot + 1) & ((1 << bits) - 1);
    }

    /** Returns one key for two, of which either may have all its differences in a few bits. */
    static long mix(long a, long b) {
        return (a * MULTIPLIER) ^ Long.rotateLeft(b * MULTIPLIER, Integer.SIZE);
    }
}
