package io.harmony4j.grammar;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The tokens that may come next. Immutable; equal if the tokens are the same. */
public final class TokenMask {
    /** How many ids a mask has a bit for: as many as a gpt-oss model has logits. */
    static final int SIZE = 201_088;

    /** The most tokens that are held as a list of ids: half of all masks have fewer than 2 % of the tokens, and they need not take 25 KB each. */
    private static final int MAX_LISTED = 1024;

    private static final int WORDS = (SIZE + 63) >> 6;

    /** No token. */
    static final TokenMask NONE = new TokenMask(new int[0], null);

    private final int[] ids; // if there are few: the tokens, ascending; otherwise empty
    private final long @Nullable [] bits; // if there are many: bit (id & 63) of word (id >> 6)
    private final int hash;

    /** Takes the arrays as they are. */
    private TokenMask(int[] ids, long @Nullable [] bits) {
        this.ids = ids;
        this.bits = bits;
        this.hash = bits == null ? Arrays.hashCode(ids) : hash(bits);
    }

    /** Returns a sum, of which the processor adds several parts at once; {@link Arrays#hashCode(long[])} waits for each multiplication. */
    private static int hash(long[] bits) {
        long sum = 0;
        for (int word = 0; word < WORDS; word++) {
            sum += bits[word] * (2 * word + 1);
        }
        return Long.hashCode(sum);
    }

    /** Collects tokens, in any order. Not thread-safe. */
    static final class Builder {
        private int[] ids = new int[16];
        private int count; // of ids, some of which may be there twice
        private long @Nullable [] bits; // in place of ids if there are many

        void add(int id) {
            if (bits == null && count == MAX_LISTED) {
                makeBits();
            }
            if (bits != null) {
                bits[id >> 6] |= 1L << id;
            } else {
                ids = count == ids.length ? Arrays.copyOf(ids, 2 * count) : ids;
                ids[count++] = id;
            }
        }

        void remove(int id) {
            makeBits()[id >> 6] &= ~(1L << id);
        }

        void addAll(TokenMask mask) {
            if (mask.bits == null) {
                for (int id : mask.ids) {
                    add(id);
                }
                return;
            }
            long[] into = makeBits();
            for (int word = 0; word < WORDS; word++) {
                into[word] |= mask.bits[word];
            }
        }

        void removeAll(TokenMask mask) {
            if (mask.bits == null) {
                for (int id : mask.ids) {
                    remove(id);
                }
                return;
            }
            long[] from = makeBits();
            for (int word = 0; word < WORDS; word++) {
                from[word] &= ~mask.bits[word];
            }
        }

        private long[] makeBits() {
            long[] made = bits;
            if (made == null) {
                made = new long[WORDS];
                for (int i = 0; i < count; i++) {
                    made[ids[i] >> 6] |= 1L << ids[i];
                }
                bits = made;
            }
            return made;
        }

        /** Returns the tokens; nothing may be added any more. */
        TokenMask build() {
            if (bits == null) {
                return new TokenMask(
                        Arrays.stream(ids, 0, count).sorted().distinct().toArray(), null);
            }
            int size = count(bits);
            return size <= MAX_LISTED ? new TokenMask(list(bits, size), null) : new TokenMask(new int[0], bits);
        }
    }

    private static int count(long[] bits) {
        int count = 0;
        for (long word : bits) {
            count += Long.bitCount(word);
        }
        return count;
    }

    private static int[] list(long[] bits, int size) {
        int[] ids = new int[size];
        int at = 0;
        for (int word = 0; word < WORDS; word++) {
            for (long left = bits[word]; left != 0; left &= left - 1) {
                ids[at++] = (word << 6) + Long.numberOfTrailingZeros(left);
            }
        }
        return ids;
    }

    /** Returns whether a token may come; false for an id that a model has no logit for. */
    public boolean contains(int id) {
        if (bits == null) {
            return Arrays.binarySearch(ids, id) >= 0;
        }
        return id >= 0 && id < SIZE && ((bits[id >> 6] >>> id) & 1) != 0;
    }

    /** Returns how many tokens may come. */
    public int size() {
        return bits == null ? ids.length : count(bits);
    }

    /** Returns the ids of the tokens, in ascending order. */
    public int[] ids() {
        return bits == null ? ids.clone() : list(bits, count(bits));
    }

    /**
     * Returns the mask as other programs take it: bit {@code id & 63} of the word {@code id >> 6} is set if the token may come; a copy.
     *
     * @return {@code [3142]}
     */
    public long[] words() {
        if (bits != null) {
            return bits.clone();
        }
        long[] words = new long[WORDS];
        for (int id : ids) {
            words[id >> 6] |= 1L << id;
        }
        return words;
    }

    /**
     * Makes the logits of all other tokens {@link Float#NEGATIVE_INFINITY}.
     *
     * @param logits {@code [vocabularySize]}
     */
    public void applyTo(float[] logits) {
        requireNonNull(logits, "logits");
        if (bits == null) {
            applyList(logits);
            return;
        }
        for (int word = 0; word < WORDS; word++) {
            int first = word << 6;
            int end = Math.min(first + 64, logits.length);
            for (long others = ~bits[word]; others != 0; others &= others - 1) {
                int id = first + Long.numberOfTrailingZeros(others);
                if (id < end) {
                    logits[id] = Float.NEGATIVE_INFINITY;
                }
            }
        }
        Arrays.fill(logits, Math.min(SIZE, logits.length), logits.length, Float.NEGATIVE_INFINITY);
    }

    private void applyList(float[] logits) {
        int count = Arrays.binarySearch(ids, logits.length);
        float[] kept = new float[count >= 0 ? count : -count - 1]; // of the ids that there are logits for
        for (int i = 0; i < kept.length; i++) {
            kept[i] = logits[ids[i]];
        }
        Arrays.fill(logits, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < kept.length; i++) {
            logits[ids[i]] = kept[i];
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenMask mask
                && hash == mask.hash
                && Arrays.equals(ids, mask.ids)
                && Arrays.equals(bits, mask.bits);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return size() + " tokens";
    }
}
