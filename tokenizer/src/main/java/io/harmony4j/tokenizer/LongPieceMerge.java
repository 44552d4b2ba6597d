package io.harmony4j.tokenizer;

import java.util.Arrays;

/**
 * Byte pair encoding of a long piece in linear time: from left to right it takes the longest token that can be the
 * neighbour of the one before, and goes back where no token can. See docs/algorithms/bpe.md. Holds working space: not
 * thread-safe.
 */
final class LongPieceMerge {
    private final Vocabulary vocabulary;
    private final LongestMatch matches;
    private final MergeTable merges;

    /** The encoding of the text so far: each two neighbours of it can be neighbours. */
    private int[] tokens = {};

    /** One bit for each byte offset in the piece where no token of its encoding ends. */
    private long[] deadEnds = {};

    LongPieceMerge(Vocabulary vocabulary, LongestMatch matches, MergeTable merges) {
        this.vocabulary = vocabulary;
        this.matches = matches;
        this.merges = merges;
    }

    /** Encodes a piece of one byte or more; returns the number of tokens. */
    int encode(byte[] text, int start, int end) {
        prepare(end - start);
        int count = 0;
        int at = start;
        int token = matches.find(text, at, end);
        while (true) {
            if (token == Vocabulary.NONE) {
                // Nothing fits behind the last token: no token ends here. Try the ones shorter than the last.
                markDeadEnd(at - start);
                token = tokens[--count];
                at -= vocabulary.length(token);
                token = vocabulary.longestPrefix(token);
            } else if (fits(token, count, at + vocabulary.length(token) - start)) {
                tokens[count++] = token;
                at += vocabulary.length(token);
                if (at == end) {
                    return count;
                }
                token = matches.find(text, at, end);
            } else {
                token = vocabulary.longestPrefix(token);
            }
        }
    }

    /** Returns the tokens of the piece encoded last, and rubbish behind them. */
    int[] tokens() {
        return tokens;
    }

    /** Returns whether a token that ends at an offset in the piece can follow the {@code count} tokens so far. */
    private boolean fits(int token, int count, int end) {
        return !isDeadEnd(end) && (count == 0 || merges.canBeNeighbours(tokens[count - 1], token));
    }

    private void prepare(int length) {
        int words = length / Long.SIZE + 1;
        if (tokens.length < length) {
            tokens = new int[length];
        }
        if (deadEnds.length < words) {
            deadEnds = new long[words];
        } else {
            Arrays.fill(deadEnds, 0, words, 0);
        }
    }

    private boolean isDeadEnd(int offset) {
        return (deadEnds[offset / Long.SIZE] & 1L << offset) != 0;
    }

    private void markDeadEnd(int offset) {
        deadEnds[offset / Long.SIZE] |= 1L << offset;
    }
}
