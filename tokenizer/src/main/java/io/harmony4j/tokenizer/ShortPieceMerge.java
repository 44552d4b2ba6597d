package io.harmony4j.tokenizer;

/**
 * Byte pair encoding of a short piece, by its definition: of all neighbours that merge to a token, those with the
 * lowest id merge first, the leftmost of equals. Its time grows with the square of the piece's length, for which it
 * does little work for each byte. Holds working space: not thread-safe.
 */
final class ShortPieceMerge {
    /** The longest piece in bytes that {@link LongPieceMerge} does not do faster; measured. */
    static final int MAX_LENGTH = 16;

    private static final int POSITION_BITS = 4;
    private static final int POSITION_MASK = (1 << POSITION_BITS) - 1;

    /** Greater than any merge. */
    private static final int NO_MERGE = Integer.MAX_VALUE;

    private final Vocabulary vocabulary;
    private final MergeTable merges;

    /** [position], a token at the byte where it begins. */
    private final int[] tokens = new int[MAX_LENGTH];

    /** [position], where the token behind begins, and where the one before. */
    private final int[] next = new int[MAX_LENGTH];

    private final int[] previous = new int[MAX_LENGTH + 1];

    /** [position], what its token and the next one merge to, and the position below that; NO_MERGE elsewhere. */
    private final int[] candidates = new int[MAX_LENGTH];

    ShortPieceMerge(Vocabulary vocabulary, MergeTable merges) {
        this.vocabulary = vocabulary;
        this.merges = merges;
    }

    /** Encodes a piece of two to {@link #MAX_LENGTH} bytes; returns the number of tokens. */
    int encode(byte[] text, int start, int end) {
        int length = end - start;
        begin(text, start, length);
        while (true) {
            int best = lowest(length);
            if (best == NO_MERGE) {
                return collect(length);
            }
            int left = best & POSITION_MASK;
            int right = next[left];
            int behind = next[right];
            tokens[left] = best >>> POSITION_BITS;
            next[left] = behind;
            previous[behind] = left;
            candidates[right] = NO_MERGE;
            candidates[left] = behind < length ? candidate(left, behind) : NO_MERGE;
            if (left > 0) {
                int before = previous[left];
                candidates[before] = candidate(before, left);
            }
        }
    }

    private void begin(byte[] text, int start, int length) {
        int left = vocabulary.single(text[start]);
        tokens[0] = left;
        for (int i = 1; i < length; i++) {
            int right = vocabulary.single(text[start + i]);
            tokens[i] = right;
            next[i - 1] = i;
            previous[i] = i - 1;
            candidates[i - 1] = candidateOf(merges.mergedBytes(left, right), i - 1);
            left = right;
        }
        next[length - 1] = length;
        // To a multiple of four, for lowest()
        for (int i = length - 1; i < ((length + 3) & ~3); i++) {
            candidates[i] = NO_MERGE;
        }
    }

    /** Returns the lowest merge, the leftmost of equals, without a branch that depends on it. */
    private int lowest(int length) {
        int a = candidates[0];
        int b = candidates[1];
        int c = candidates[2];
        int d = candidates[3];
        for (int i = 4; i < length; i += 4) {
            a = Math.min(a, candidates[i]);
            b = Math.min(b, candidates[i + 1]);
            c = Math.min(c, candidates[i + 2]);
            d = Math.min(d, candidates[i + 3]);
        }
        return Math.min(Math.min(a, b), Math.min(c, d));
    }

    private int candidate(int left, int right) {
        return candidateOf(merges.mergedLonger(tokens[left], tokens[right]), left);
    }

    /** Moves the tokens together; returns their number. */
    private int collect(int length) {
        int count = 0;
        for (int at = 0; at < length; at = next[at]) {
            tokens[count++] = tokens[at];
        }
        return count;
    }

    /** Returns the tokens of the piece encoded last, and rubbish behind them. */
    int[] tokens() {
        return tokens;
    }

    private static int candidateOf(int merged, int position) {
        return merged == Vocabulary.NONE ? NO_MERGE : merged << POSITION_BITS | position;
    }
}
