package io.harmony4j.tokenizer;

/**
 * Byte pair encoding of a short piece, by its definition: of all neighbours that merge to a token, those with the
 * lowest id merge first, the leftmost of equals. Its time grows with the square of the piece's length, for which it
 * does little work for each byte. Holds working space: not thread-safe.
 */
final class ShortPieceMerge {
    /** The longest piece in bytes that {@link LongPieceMerge} does not do faster; measured. */
    static final int MAX_LENGTH = 16;

    private static final int NO_MERGE = Integer.MAX_VALUE;

    private final Vocabulary vocabulary;
    private final MergeTable merges;

    private final int[] tokens = new int[MAX_LENGTH];
    private final int[] merged = new int[MAX_LENGTH]; // [i], what tokens i and i + 1 merge to, or NO_MERGE

    ShortPieceMerge(Vocabulary vocabulary, MergeTable merges) {
        this.vocabulary = vocabulary;
        this.merges = merges;
    }

    /** Encodes a piece of two to {@link #MAX_LENGTH} bytes; returns the number of tokens. */
    int encode(byte[] text, int start, int end) {
        int last = end - start - 1; // the number of neighbours
        tokens[0] = vocabulary.single(text[start]);
        for (int i = 0; i < last; i++) {
            tokens[i + 1] = vocabulary.single(text[start + i + 1]);
            merged[i] = merge(i);
        }
        while (last > 0) {
            int best = 0;
            int lowest = merged[0];
            for (int i = 1; i < last; i++) {
                if (merged[i] < lowest) {
                    lowest = merged[i];
                    best = i;
                }
            }
            if (lowest == NO_MERGE) {
                break;
            }
            tokens[best] = lowest;
            last--;
            for (int i = best; i < last; i++) {
                tokens[i + 1] = tokens[i + 2];
                merged[i] = merged[i + 1];
            }
            if (best > 0) {
                merged[best - 1] = merge(best - 1);
            }
            if (best < last) {
                merged[best] = merge(best);
            }
        }
        return last + 1;
    }

    /** Returns the tokens of the piece encoded last, and rubbish behind them. */
    int[] tokens() {
        return tokens;
    }

    private int merge(int left) {
        return merges.merged(tokens[left], tokens[left + 1]) & NO_MERGE; // which makes NO_MERGE of NONE
    }
}
