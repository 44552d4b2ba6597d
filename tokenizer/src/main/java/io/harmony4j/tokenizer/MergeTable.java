package io.harmony4j.tokenizer;

import java.util.Arrays;

/**
 * The merges of byte pair encoding, two tokens to one, and what follows from them: which tokens can be neighbours. It
 * holds one pair for each token of two or more bytes, its last merge. That is enough: whenever two neighbours could merge
 * to a token, they are the parts of its last merge (docs/algorithms/bpe.md, property 2). Immutable and thread-safe.
 */
final class MergeTable {
    /** 190 thousand pairs: rather full, for it is mostly asked for pairs that there are. */
    private static final int BITS = 18;

    private static final int FILTER_BITS = 21;

    private static final int ID_MASK = (1 << Vocabulary.ID_BITS) - 1;

    /**
     * A hash table with open addressing; an entry is (left, right, merged), 0 where free, for no merge makes token 0.
     */
    private final long[] entries = new long[1 << BITS];

    /**
     * One bit for each hash of a pair, 0 if no pair in {@link #entries} has it: most questions are about pairs that do
     * not merge, and this is small enough to stay near the processor.
     */
    private final long[] filter = new long[1 << (FILTER_BITS - 6)];

    /** What two single bytes merge to, or NONE: the first look at any two, so worth a table without hashing. */
    private final int[] bytePairs = new int[Vocabulary.SINGLE_BYTES * Vocabulary.SINGLE_BYTES]; // [left, right]

    private final Vocabulary vocabulary;

    MergeTable(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        Arrays.fill(bytePairs, Vocabulary.NONE);
        for (int token = Vocabulary.SINGLE_BYTES; token < vocabulary.size(); token++) {
            add(vocabulary.left(token), vocabulary.right(token), token);
        }
    }

    private void add(int left, int right, int merged) {
        if ((left | right) < Vocabulary.SINGLE_BYTES) {
            bytePairs[left * Vocabulary.SINGLE_BYTES + right] = merged;
            return;
        }
        long pair = pair(left, right);
        int slot = HashSlots.first(pair, BITS);
        while (entries[slot] != 0) {
            slot = HashSlots.next(slot, BITS);
        }
        entries[slot] = pair << Vocabulary.ID_BITS | merged;
        int hash = HashSlots.first(pair, FILTER_BITS);
        filter[hash >> 6] |= 1L << hash;
    }

    /** Returns the token that two tokens merge to, or {@link Vocabulary#NONE}. */
    int merged(int left, int right) {
        return (left | right) < Vocabulary.SINGLE_BYTES ? mergedBytes(left, right) : mergedLonger(left, right);
    }

    /** The same for tokens that are single bytes. */
    int mergedBytes(int left, int right) {
        return bytePairs[left * Vocabulary.SINGLE_BYTES + right];
    }

    /** The same for tokens that are not both single bytes. */
    int mergedLonger(int left, int right) {
        long pair = pair(left, right);
        int hash = HashSlots.first(pair, FILTER_BITS);
        if ((filter[hash >> 6] & 1L << hash) == 0) {
            return Vocabulary.NONE;
        }
        for (int slot = HashSlots.first(pair, BITS); ; slot = HashSlots.next(slot, BITS)) {
            long entry = entries[slot];
            if (entry >>> Vocabulary.ID_BITS == pair) {
                return (int) entry & ID_MASK;
            }
            if (entry == 0) {
                return Vocabulary.NONE;
            }
        }
    }

    /**
     * Returns whether byte pair encoding of the two tokens' bytes gives just these two. It undoes merges, the latest
     * first, on both sides of the border until only the two bytes beside it are left; before each step it asks whether
     * the parts beside the border would have merged across it earlier.
     */
    boolean canBeNeighbours(int left, int right) {
        int limit = Integer.MAX_VALUE; // a merge across the border to a lower id would have come first
        while (true) {
            int across = merged(left, right);
            if (across != Vocabulary.NONE && across < limit) {
                return false;
            }
            // Of equal merges the left one comes first: the right one is undone first, and one across comes before it.
            if (left > right) {
                if (left < Vocabulary.SINGLE_BYTES) {
                    return true;
                }
                limit = left;
                left = vocabulary.right(left);
            } else {
                if (right < Vocabulary.SINGLE_BYTES) {
                    return true;
                }
                limit = right + 1;
                right = vocabulary.left(right);
            }
        }
    }

    private static long pair(int left, int right) {
        return (long) left << Vocabulary.ID_BITS | right;
    }
}
