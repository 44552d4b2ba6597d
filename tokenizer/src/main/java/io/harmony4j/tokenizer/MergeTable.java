package io.harmony4j.tokenizer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * The merges of byte pair encoding, two tokens to one, and what follows from them: which tokens can be neighbours. It
 * holds one pair for each token of two or more bytes, its last merge. That is enough: whenever two neighbours could merge
 * to a token, they are the parts of its last merge (docs/algorithms/bpe.md, property 2). Immutable and thread-safe.
 *
 * <p>A hash table in which an entry has two places to be, in one of two slots of each (cuckoo hashing: Pagh and Rodler,
 * 2004): so an answer takes four looks, whatever it is, and no branch. An entry is 4 bytes, the token and some bits of the
 * hash, so that the table stays near the processor.
 */
final class MergeTable {
    /** 2^17 places of two entries each, for 190 thousand merges. */
    private static final int PLACE_BITS = 17;

    private static final int PLACE_MASK = (1 << PLACE_BITS) - 1;

    /** Where in a hash the bits begin that are a pair's places, and those that its entry has. */
    private static final int FIRST_SHIFT = Long.SIZE - PLACE_BITS;

    private static final int SECOND_SHIFT = FIRST_SHIFT - PLACE_BITS;
    private static final int CHECK_BITS = Integer.SIZE - Vocabulary.ID_BITS;
    private static final int CHECK_SHIFT = SECOND_SHIFT - CHECK_BITS;

    private static final int ID_MASK = (1 << Vocabulary.ID_BITS) - 1;

    /** What two tokens merge to that do not: greater than any token. */
    static final int NO_MERGE = (1 << 25) - 1;

    private static final int FREE = -1; // the id of no token

    /** How often entries may push each other on; never more than a few dozen times with this vocabulary. */
    private static final int MAX_PUSHES = 1000;

    private final int[] entries = new int[2 << PLACE_BITS]; // [place, 2], FREE where there is none

    /** What two single bytes merge to, or NO_MERGE: the first look at any two, so worth a table without hashing. */
    private final int[] bytePairs = new int[Vocabulary.SINGLE_BYTES * Vocabulary.SINGLE_BYTES]; // [left, right]

    private final int[] lefts; // [token], the left part of its last merge; nothing for single bytes
    private final int[] rights; // [token], the right part

    /**
     * Makes the table.
     *
     * @param lefts [token], the left part of each token's last merge; nothing for single bytes
     * @param rights [token], the right part
     */
    MergeTable(int[] lefts, int[] rights) {
        this.lefts = lefts;
        this.rights = rights;
        Arrays.fill(entries, FREE);
        Arrays.fill(bytePairs, NO_MERGE);
        for (int token = Vocabulary.SINGLE_BYTES; token < lefts.length; token++) {
            add(token);
        }
    }

    /** Reads the resource that the build makes; src/generator/java/GenerateVocabulary.java describes it. */
    static MergeTable load() {
        try (InputStream in = Resource.open("o200k.merges")) {
            int[] lefts = new int[Vocabulary.O200K_SIZE];
            int[] rights = new int[Vocabulary.O200K_SIZE];
            Resource.readIds(in, lefts, Vocabulary.SINGLE_BYTES);
            Resource.readIds(in, rights, Vocabulary.SINGLE_BYTES);
            return new MergeTable(lefts, rights);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(int token) {
        int left = lefts[token];
        int right = rights[token];
        if ((left | right) < Vocabulary.SINGLE_BYTES) {
            bytePairs[left * Vocabulary.SINGLE_BYTES + right] = token;
            return;
        }
        long hash = hash(left, right);
        int place = first(hash);
        int added = check(hash) | token;
        for (int pushes = 0; pushes < MAX_PUSHES; pushes++) {
            if (put(place, added)) {
                return;
            }
            // No room: the older entry goes to its other place.
            int pushed = entries[2 * place];
            entries[2 * place] = entries[2 * place + 1];
            entries[2 * place + 1] = added;
            int id = pushed & ID_MASK;
            long pushedHash = hash(lefts[id], rights[id]);
            place = first(pushedHash) == place ? second(pushedHash) : first(pushedHash);
            added = pushed;
        }
        throw new IllegalStateException("expected room for the merge to token " + token + " but found none");
    }

    private boolean put(int place, int entry) {
        for (int slot = 2 * place; slot < 2 * place + 2; slot++) {
            if (entries[slot] == FREE) {
                entries[slot] = entry;
                return true;
            }
        }
        return false;
    }

    /** Returns the token that two tokens merge to, or {@link #NO_MERGE}. */
    int merged(int left, int right) {
        if ((left | right) < Vocabulary.SINGLE_BYTES) {
            return mergedBytes(left, right);
        }
        int probable = probable(left, right);
        return probable == NO_MERGE || isMerge(left, right, probable) ? probable : search(left, right);
    }

    /** The same, if another pair has an entry with the same bits of the hash. */
    private int search(int left, int right) {
        long hash = hash(left, right);
        for (int place : new int[] {first(hash), second(hash)}) {
            for (int slot = 2 * place; slot < 2 * place + 2; slot++) {
                int token = entries[slot] & ID_MASK;
                if (isMerge(left, right, token)) {
                    return token;
                }
            }
        }
        return NO_MERGE;
    }

    /** Returns the token that two single bytes merge to, or NO_MERGE. */
    int mergedBytes(int left, int right) {
        return bytePairs[left * Vocabulary.SINGLE_BYTES + right];
    }

    /**
     * Returns the token that two tokens merge to, or NO_MERGE, if they are not both single bytes. In one of some thousand cases
     * it is another one that is lower: {@link #isMerge} tells. It need only be asked about merges that are made, where
     * nobody waits for the answer.
     */
    int probable(int left, int right) {
        long hash = hash(left, right);
        int check = check(hash);
        int first = 2 * first(hash);
        int second = 2 * second(hash);
        return Math.min(
                Math.min(matching(entries[first], check), matching(entries[first + 1], check)),
                Math.min(matching(entries[second], check), matching(entries[second + 1], check)));
    }

    /** Returns the token of an entry, or NO_MERGE if its bits of the hash are others: without a branch. */
    private static int matching(int entry, int check) {
        int different = (entry ^ check) >>> Vocabulary.ID_BITS;
        return (entry & ID_MASK) | (-different >> (Integer.SIZE - 1) & NO_MERGE);
    }

    /** Returns the left part of a token's last merge; nothing for a single byte. */
    int left(int token) {
        return lefts[token];
    }

    /** Returns the right part of a token's last merge; nothing for a single byte. */
    int right(int token) {
        return rights[token];
    }

    /** Returns whether two tokens merge to this one. */
    boolean isMerge(int left, int right, int merged) {
        return merged < lefts.length && lefts[merged] == left && rights[merged] == right;
    }

    /**
     * Returns whether byte pair encoding of the two tokens' bytes gives just these two. It undoes merges, the latest
     * first, on both sides of the border until only the two bytes beside it are left; before each step it asks whether
     * the parts beside the border would have merged across it earlier.
     */
    boolean canBeNeighbours(int left, int right) {
        int limit = NO_MERGE; // a merge across the border to a lower id would have come first
        while (true) {
            int across = merged(left, right);
            if (across < limit) {
                return false;
            }
            // Of equal merges the left one comes first: the right one is undone first, and one across comes before it.
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

    /** Returns a hash whose bits from {@link #CHECK_SHIFT} on depend on all bits of both tokens. */
    private static long hash(int left, int right) {
        return left * HashSlots.MULTIPLIER + right * HashSlots.OTHER_MULTIPLIER;
    }

    private static int first(long hash) {
        return (int) (hash >>> FIRST_SHIFT);
    }

    private static int second(long hash) {
        return (int) (hash >>> SECOND_SHIFT) & PLACE_MASK;
    }

    private static int check(long hash) {
        return (int) (hash >>> CHECK_SHIFT) << Vocabulary.ID_BITS;
    }
}
