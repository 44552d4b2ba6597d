package io.harmony4j.grammar;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The tokens that may come next. Immutable; equal if the tokens are the same. */
public final class TokenMask {
    /** How many ids a mask has a bit for: as many as a gpt-oss model has logits. */
    static final int SIZE = 201_088;

    private static final int WORDS = (SIZE + 63) >> 6;

    private final long[] words; // bit (id & 63) of word (id >> 6)
    private final int hash;

    /** Takes the words as they are. */
    private TokenMask(long[] words) {
        this.words = words;
        this.hash = Arrays.hashCode(words);
    }

    /** Collects tokens. Not thread-safe. */
    static final class Builder {
        private final long[] words = new long[WORDS];

        void add(int id) {
            words[id >> 6] |= 1L << id;
        }

        void addAll(TokenMask mask) {
            for (int word = 0; word < WORDS; word++) {
                words[word] |= mask.words[word];
            }
        }

        /** Returns the tokens; nothing may be added any more. */
        TokenMask build() {
            return new TokenMask(words);
        }
    }

    /** Returns whether a token may come; false for an id that a model has no logit for. */
    public boolean contains(int id) {
        return id >= 0 && id < SIZE && ((words[id >> 6] >>> id) & 1) != 0;
    }

    /** Returns how many tokens may come. */
    public int size() {
        return Arrays.stream(words).mapToInt(Long::bitCount).sum();
    }

    /** Returns the ids of the tokens, in ascending order. */
    public int[] ids() {
        int[] ids = new int[size()];
        int at = 0;
        for (int word = 0; word < WORDS; word++) {
            for (long bits = words[word]; bits != 0; bits &= bits - 1) {
                ids[at++] = (word << 6) + Long.numberOfTrailingZeros(bits);
            }
        }
        return ids;
    }

    /**
     * Returns the mask as other programs take it: bit {@code id & 63} of the word {@code id >> 6} is set if the token may come; a copy.
     *
     * @return {@code [3142]}
     */
    public long[] words() {
        return words.clone();
    }

    /**
     * Makes the logits of all other tokens {@link Float#NEGATIVE_INFINITY}.
     *
     * @param logits {@code [vocabularySize]}
     */
    public void applyTo(float[] logits) {
        requireNonNull(logits, "logits");
        for (int word = 0; word < WORDS; word++) {
            long others = ~words[word];
            int first = word << 6;
            int end = Math.min(first + 64, logits.length);
            if (others == -1L && first < end) {
                Arrays.fill(logits, first, end, Float.NEGATIVE_INFINITY);
                continue;
            }
            for (; others != 0; others &= others - 1) {
                int id = first + Long.numberOfTrailingZeros(others);
                if (id < end) {
                    logits[id] = Float.NEGATIVE_INFINITY;
                }
            }
        }
        Arrays.fill(logits, Math.min(SIZE, logits.length), logits.length, Float.NEGATIVE_INFINITY);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenMask mask && hash == mask.hash && Arrays.equals(words, mask.words);
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
