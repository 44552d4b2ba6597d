package io.harmony4j.tokenizer;

/**
 * What byte pair encoding merges: two tokens to one, and back. It holds one pair for each token of two or more bytes, its
 * last merge. That is enough: whenever two neighbours could merge to a token, they are the parts of its last merge (see
 * docs/algorithms/bpe.md, property 2). Immutable and thread-safe.
 */
final class MergeTable {
    /** 200 thousand pairs. */
    private static final int BITS = 19;

    /** Odd, with bits spread evenly: 2^64 divided by the golden ratio. */
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private static final int ID_MASK = (1 << Vocabulary.ID_BITS) - 1;

    /** A hash table with open addressing; an entry is (left, right, merged), 0 where free, for no merge makes token 0. */
    private final long[] entries = new long[1 << BITS];

    private final int[] lefts; // [token]
    private final int[] rights; // [token]

    MergeTable(Vocabulary vocabulary, PieceTable pieces) {
        lefts = new int[vocabulary.size()];
        rights = new int[vocabulary.size()];
        for (int token = 0; token < vocabulary.size(); token++) {
            int middle = vocabulary.start(token) + vocabulary.leftLength(token);
            if (middle == vocabulary.start(token)) {
                lefts[token] = token;
                rights[token] = token;
                continue;
            }
            lefts[token] = pieces.find(vocabulary.bytes(), vocabulary.start(token), middle);
            rights[token] = pieces.find(vocabulary.bytes(), middle, vocabulary.end(token));
            add(lefts[token], rights[token], token);
        }
    }

    private void add(int left, int right, int merged) {
        long pair = pair(left, right);
        int slot = slot(pair);
        while (entries[slot] != 0) {
            slot = next(slot);
        }
        entries[slot] = pair << Vocabulary.ID_BITS | merged;
    }

    /** Returns the token that two tokens merge to, or {@link Vocabulary#NONE}. */
    int merged(int left, int right) {
        long pair = pair(left, right);
        for (int slot = slot(pair); ; slot = next(slot)) {
            long entry = entries[slot];
            if (entry >>> Vocabulary.ID_BITS == pair) {
                return (int) entry & ID_MASK;
            }
            if (entry == 0) {
                return Vocabulary.NONE;
            }
        }
    }

    /** Returns the left part of a token's last merge; the token itself if it is a single byte. */
    int left(int token) {
        return lefts[token];
    }

    /** Returns the right part of a token's last merge; the token itself if it is a single byte. */
    int right(int token) {
        return rights[token];
    }

    /**
     * Returns whether byte pair encoding of the two tokens' bytes gives just these two. It undoes merges, the latest first,
     * on both sides of the border until only the two bytes beside it are left; before each step it asks whether the parts
     * beside the border would have merged across it earlier.
     */
    boolean canBeNeighbours(int left, int right) {
        int limit = Integer.MAX_VALUE; // the merge undone last; an earlier one would have come first
        while (true) {
            int across = merged(left, right);
            if (across != Vocabulary.NONE && across < limit) {
                return false;
            }
            // Of equal merges byte pair encoding does the left one first, so here it is undone last.
            if (left > right) {
                if (left < Vocabulary.SINGLE_BYTES) {
                    return true;
                }
                limit = left;
                left = rights[left];
            } else {
                if (right < Vocabulary.SINGLE_BYTES) {
                    return true;
                }
                limit = right + 1;
                right = lefts[right];
            }
        }
    }

    private static long pair(int left, int right) {
        return (long) left << Vocabulary.ID_BITS | right;
    }

    private static int slot(long pair) {
        return (int) ((pair * MULTIPLIER) >>> (Long.SIZE - BITS));
    }

    private static int next(int slot) {
        return (slot + 1) & ((1 << BITS) - 1);
    }
}
