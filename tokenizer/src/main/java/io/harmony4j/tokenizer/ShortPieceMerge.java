package io.harmony4j.tokenizer;

/**
 * Byte pair encoding of a short piece, by its definition: of all neighbours that merge to a token, those with the
 * lowest id merge first, the leftmost of equals. Its time grows with the square of the piece's length, for which it
 * does little work for each byte, and none that depends on a branch which cannot be foreseen. Holds working space: not
 * thread-safe.
 */
final class ShortPieceMerge {
    /** The longest piece in bytes: a bit for each byte fits into a {@code long}. */
    static final int MAX_LENGTH = Long.SIZE;

    private static final int POSITION_BITS = 6;
    private static final int POSITION_MASK = (1 << POSITION_BITS) - 1;

    /** Candidates from this one on are none. */
    private static final int NO_CANDIDATE = MergeTable.NO_MERGE << POSITION_BITS;

    private final Vocabulary vocabulary;
    private final MergeTable merges;

    /** [position], a token at the byte where it begins. */
    private final int[] tokens = new int[MAX_LENGTH];

    /**
     * [position], what its token and the next one probably merge to (see {@link MergeTable#probable}), and the position
     * below that; NO_CANDIDATE or more elsewhere.
     */
    private final int[] candidates = new int[MAX_LENGTH];

    /** [token index], the position of each token in the end. */
    private final int[] starts = new int[MAX_LENGTH];

    ShortPieceMerge(Vocabulary vocabulary, MergeTable merges) {
        this.vocabulary = vocabulary;
        this.merges = merges;
    }

    /** Encodes a piece of one to {@link #MAX_LENGTH} bytes; returns the number of tokens. */
    int encode(byte[] text, int start, int end) {
        int length = end - start;
        begin(text, start, length);
        long begins = -1L >>> (Long.SIZE - length); // the positions where a token begins
        while (true) {
            int best = lowest(length);
            if (best >= NO_CANDIDATE) {
                return collect(begins);
            }
            int left = best & POSITION_MASK;
            int merged = best >>> POSITION_BITS;
            int right = Long.numberOfTrailingZeros(begins & (-2L << left));
            if (!merges.isMerge(tokens[left], tokens[right], merged)) {
                candidates[left] = candidate(merges.merged(tokens[left], tokens[right]), left);
                continue;
            }
            tokens[left] = merged;
            begins &= ~(1L << right);
            candidates[right] = NO_CANDIDATE;
            long after = begins & (-2L << left);
            candidates[left] = after == 0
                    ? NO_CANDIDATE
                    : candidate(merges.probable(merged, tokens[Long.numberOfTrailingZeros(after)]), left);
            long before = begins & ((1L << left) - 1);
            if (before != 0) {
                int previous = Long.SIZE - 1 - Long.numberOfLeadingZeros(before);
                candidates[previous] = candidate(merges.probable(tokens[previous], merged), previous);
            }
        }
    }

    private void begin(byte[] text, int start, int length) {
        int left = vocabulary.single(text[start]);
        tokens[0] = left;
        for (int i = 1; i < length; i++) {
            int right = vocabulary.single(text[start + i]);
            tokens[i] = right;
            candidates[i - 1] = candidate(merges.mergedBytes(left, right), i - 1);
            left = right;
        }
        // To a multiple of four, for lowest()
        for (int i = length - 1; i < ((length + 3) & ~3); i++) {
            candidates[i] = NO_CANDIDATE;
        }
    }

    /** Returns the lowest merge, the leftmost of equals. */
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

    private static int candidate(int merged, int position) {
        return merged << POSITION_BITS | position;
    }

    /** Moves the tokens together; returns their number. */
    private int collect(long begins) {
        int count = 0;
        for (long rest = begins; rest != 0; rest &= rest - 1) {
            int position = Long.numberOfTrailingZeros(rest);
            tokens[count] = tokens[position];
            starts[count++] = position;
        }
        return count;
    }

    /** Returns the tokens of the piece encoded last, and rubbish after them. */
    int[] tokens() {
        return tokens;
    }

    /** Returns where in the piece encoded last its tokens start, and rubbish after that. */
    int[] starts() {
        return starts;
    }
}
