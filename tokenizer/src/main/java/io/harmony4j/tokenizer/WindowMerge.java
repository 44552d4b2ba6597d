package io.harmony4j.tokenizer;

/**
 * Byte pair encoding of a long piece in linear time, window by window: each is encoded by its definition, and overlaps the
 * one before. Where both have the same token at the same place, the one may be followed by the other: by property 3 of
 * docs/algorithms/bpe.md, tokens are the encoding if each two neighbours can be neighbours, and each two here are neighbours
 * in the encoding of a window. If two windows have no token in common, this cannot encode the piece. Holds working space:
 * not thread-safe.
 */
final class WindowMerge {
    /** The length of a window in bytes. */
    private static final int WINDOW = ShortPieceMerge.MAX_LENGTH;

    /** How many bytes of a window are encoded again at least, with what follows them. */
    private static final int OVERLAP = 12;

    private final ShortPieceMerge merge;

    /** Tokens of the window before, from the one on at which this window begins, and where they start. */
    private final int[] held = new int[WINDOW];

    private final int[] heldStarts = new int[WINDOW];
    private int heldCount;

    WindowMerge(ShortPieceMerge merge) {
        this.merge = merge;
    }

    /** Appends the tokens of a piece; returns whether it could. If not, it has appended rubbish. */
    boolean encode(byte[] text, int start, int end, TokenBuffer into) {
        heldCount = 0;
        int at = start;
        while (true) {
            int to = Math.min(at + WINDOW, end);
            int count = merge.encode(text, at, to);
            int first = heldCount == 0 ? 0 : common(at, count, into);
            if (first == count) {
                return false;
            }
            if (to == end) {
                append(first, count, into);
                return true;
            }
            int last = count - 1;
            while (last > 0 && merge.starts()[last] > WINDOW - OVERLAP) {
                last--;
            }
            if (last <= first) {
                return false; // long tokens: the next window would begin where this one does
            }
            append(first, last, into);
            hold(at, last, count);
            at += merge.starts()[last];
        }
    }

    /**
     * Appends the held tokens before the first one that this window has too; returns its index among the window's tokens, or
     * their number if there is none.
     */
    private int common(int windowStart, int count, TokenBuffer into) {
        int i = 0;
        for (int j = 0; j < heldCount; j++) {
            int start = heldStarts[j] - windowStart;
            while (i < count && merge.starts()[i] < start) {
                i++;
            }
            if (i < count && merge.starts()[i] == start && merge.tokens()[i] == held[j]) {
                return i;
            }
            into.add(held[j]);
        }
        return count;
    }

    private void append(int from, int to, TokenBuffer into) {
        for (int i = from; i < to; i++) {
            into.add(merge.tokens()[i]);
        }
    }

    private void hold(int windowStart, int from, int to) {
        heldCount = to - from;
        for (int i = from; i < to; i++) {
            held[i - from] = merge.tokens()[i];
            heldStarts[i - from] = windowStart + merge.starts()[i];
        }
    }
}
