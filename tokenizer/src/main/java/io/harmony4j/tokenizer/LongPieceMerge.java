package io.harmony4j.tokenizer;

import java.util.Arrays;

/**
 * Byte pair encoding of a long piece in linear time: from left to right it takes the longest token that can be the
 * neighbour of the one before, and goes back where no token can. See docs/algorithms/bpe.md. Holds working space: not
 * thread-safe.
 */
final class LongPieceMerge {
    /** The number of bytes that show how a run of one byte begins: at least four tokens. */
    private static final int RUN_START = 512;

    private static final int LARGE = 1 << 16;

    private static final int FOLLOWER_BITS = 15;

    /** Where in a cached answer the question begins. */
    private static final int FOLLOWER_SHIFT = Vocabulary.ID_BITS;

    private static final int FOLLOWER_MASK = (1 << FOLLOWER_SHIFT) - 1;

    private final Vocabulary vocabulary;
    private final Tables tables;
    private final MergeTable merges;

    /** The encoding of the text so far: each two neighbours of it can be neighbours. */
    private int[] tokens = {};

    /** One bit for each byte offset in the piece where no token of its encoding ends. */
    private long[] deadEnds = {};

    /**
     * A cache of answers of {@link #longestThatFollows}, in which a new one takes the place of an older one: the question
     * and the answer, or 0.
     */
    private long[] followers = {};

    LongPieceMerge(Tables tables) {
        this.tables = tables;
        vocabulary = tables.vocabulary();
        merges = tables.merges();
    }

    /** Encodes a piece of one byte or more; returns the number of tokens. */
    int encode(byte[] text, int start, int end) {
        if (end - start >= 2 * RUN_START && isRun(text, start, end)) {
            int count = encodeRun(text, start, end);
            if (count > 0) {
                return count;
            }
        }
        return encodeAny(text, start, end);
    }

    private static boolean isRun(byte[] text, int start, int end) {
        for (int at = start + 1; at < end; at++) {
            if (text[at] != text[start]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Encodes one byte many times over; returns the number of tokens, or 0 if it cannot. If the encoding of a shorter run
     * begins with the same token twice, that token can be its own neighbour, so any number of it may stand before.
     */
    private int encodeRun(byte[] text, int start, int end) {
        encodeAny(text, start, start + RUN_START);
        int repeated = tokens[0];
        int length = vocabulary.length(repeated);
        int times = (end - start - RUN_START) / length;
        int count = encodeAny(text, start, end - times * length);
        if (tokens[0] != repeated || tokens[1] != repeated) {
            return 0;
        }
        if (tokens.length < count + times) {
            tokens = Arrays.copyOf(tokens, count + times);
        }
        System.arraycopy(tokens, 0, tokens, times, count);
        Arrays.fill(tokens, 0, times, repeated);
        return count + times;
    }

    private int encodeAny(byte[] text, int start, int end) {
        prepare(end - start);
        LongestMatch matches = tables.matches();
        int count = 0;
        int at = start;
        int match = matches.find(text, at, end);
        int token = match & LongestMatch.TOKEN_MASK;
        while (true) {
            int follower = count == 0 ? token : longestThatFollows(matches, tokens[count - 1], token);
            if (follower == Vocabulary.NONE) {
                // Nothing fits after the last token: no token ends here. Try the ones shorter than the last.
                markDeadEnd(at - start);
                token = tokens[--count];
                at -= vocabulary.length(token);
                token = matches.longestPrefix(token);
                continue;
            }
            int length = follower == (match & LongestMatch.TOKEN_MASK)
                    ? match >>> LongestMatch.LENGTH_SHIFT
                    : vocabulary.length(follower);
            if (isDeadEnd(at + length - start)) {
                token = matches.longestPrefix(follower);
                continue;
            }
            tokens[count++] = follower;
            at += length;
            if (at == end) {
                return count;
            }
            match = matches.find(text, at, end);
            token = match & LongestMatch.TOKEN_MASK;
        }
    }

    /** Returns the token itself or the longest one it begins with that can follow {@code last}, or NONE. */
    private int longestThatFollows(LongestMatch matches, int last, int token) {
        if (token == Vocabulary.NONE) {
            return token;
        }
        long question = ((long) last << Vocabulary.ID_BITS | token) + 1; // never 0, which stands for no answer
        int slot = HashSlots.first(question, FOLLOWER_BITS);
        long entry = followers[slot];
        if (entry >>> FOLLOWER_SHIFT == question) {
            return ((int) entry & FOLLOWER_MASK) - 1;
        }
        int follower = token;
        while (follower != Vocabulary.NONE && !merges.canBeNeighbours(last, follower)) {
            follower = matches.longestPrefix(follower);
        }
        followers[slot] = question << FOLLOWER_SHIFT | (follower + 1);
        return follower;
    }

    /** Gives up the space that only a very long piece needed. */
    void trim() {
        if (tokens.length > LARGE) {
            tokens = new int[0];
            deadEnds = new long[0];
        }
    }

    /** Returns the tokens of the piece encoded last, and rubbish after them. */
    int[] tokens() {
        return tokens;
    }

    private void prepare(int length) {
        if (followers.length == 0) {
            followers = new long[1 << FOLLOWER_BITS];
        }
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
