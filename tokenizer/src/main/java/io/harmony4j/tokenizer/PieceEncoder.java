package io.harmony4j.tokenizer;

import org.jspecify.annotations.Nullable;

/**
 * Encodes stretches of text: cuts them into pieces, takes the tokens of those that it has met before from
 * a cache, and finds those of the others. Holds the cache and working space: not thread-safe; {@link EncoderPool} lends it to one call at a time.
 */
final class PieceEncoder {
    /**
     * The number of pieces whose ends are found before their tokens are looked up: enough to have many reads in progress
     * at once, so that their waits for memory overlap, and few enough to stay in the processor's first cache.
     */
    private static final int BATCH = 2 * CharacterBlock.SIZE + 128;

    /** Stands after the ends of pieces: no piece ends here. */
    private static final int NO_END = 0;

    private final PieceScanner scanner = new PieceScanner();
    private final Tables tables;
    private final PieceTable pieces;
    /** Made when the first piece comes that is no token. */
    private @Nullable PieceMerge merge;

    private final PieceCache cache = new PieceCache();
    private final SharedPieceCache shared;
    private final LongPieceCache longCache;
    private final boolean caches;

    private final int[] ends = new int[BATCH];

    /** Where a call makes its text and its result. */
    private Utf8Text text = new Utf8Text();

    private TokenBuffer tokens = new TokenBuffer();

    /**
     * Makes an encoder.
     *
     * @param shared the cache of short pieces that it shares with others
     * @param longCache the same of long pieces
     * @param caches whether pieces are kept
     */
    PieceEncoder(Tables tables, SharedPieceCache shared, LongPieceCache longCache, boolean caches) {
        this.tables = tables;
        this.pieces = tables.pieces();
        this.shared = shared;
        this.longCache = longCache;
        this.caches = caches;
    }

    /** Returns room for a text. */
    Utf8Text text() {
        return text;
    }

    /** Returns room for tokens. */
    TokenBuffer tokens() {
        tokens.clear();
        return tokens;
    }

    /** Gives up the space that only a large text needed. */
    void trim() {
        if (text.isLarge()) {
            text = new Utf8Text();
        }
        if (tokens.isLarge()) {
            tokens = new TokenBuffer();
        }
        if (merge != null) {
            merge.trim();
        }
    }

    /**
     * Appends the tokens of the text from {@code from} to {@code to}. It stops when it has appended {@code limit} or
     * more.
     */
    void encode(byte[] utf8, int from, int to, int limit, TokenBuffer into) {
        int before = into.size();
        for (int at = from; at < to && into.size() - before < limit; ) {
            int count = scanner.scan(utf8, at, to, ends);
            encodePieces(utf8, at, count, into);
            at = ends[count - 1];
        }
    }

    /**
     * Returns the number of tokens of the text from {@code from} to {@code to}, or a lower one of {@code limit} or
     * more.
     */
    int count(byte[] utf8, int from, int to, int limit) {
        int tokenCount = 0;
        for (int at = from; at < to && tokenCount < limit; ) {
            int count = scanner.scan(utf8, at, to, ends);
            tokenCount += countPieces(utf8, at, count);
            at = ends[count - 1];
        }
        return tokenCount;
    }

    /** Appends the tokens of the pieces that lie between {@code from} and the first {@code count} ends. */
    private void encodePieces(byte[] utf8, int from, int count, TokenBuffer into) {
        ends[count] = NO_END;
        int start = from;
        int i = 0;
        while (true) {
            int[] out = into.reserve((count - i) * PieceCache.MAX_TOKENS);
            long found = encodeCached(utf8, start, ends, i, cache.entries(), cache.bits(), out, into.size());
            into.resize((int) (found >>> Integer.SIZE));
            i = (int) found;
            if (i == count) {
                return;
            }
            encodePiece(utf8, i == 0 ? from : ends[i - 1], ends[i], into);
            start = ends[i++];
        }
    }

    /**
     * Writes the tokens of pieces up to the first one that is not in a cache. Returns the number of this piece, or of {@link #NO_END}, and in
     * the upper half where the tokens end. It has arrays and numbers only, and no call, for the compiler to keep nearly all in registers.
     *
     * @param from where the first piece starts
     * @param ends the pieces' ends, and NO_END
     * @param first the number of the first piece
     * @param entries the places of the cache
     * @param bits the number of bits of a place's number
     * @param out has room for {@link PieceCache#MAX_TOKENS} of each piece
     * @param size where the tokens begin
     */
    private static long encodeCached(
            byte[] utf8, int from, int[] ends, int first, long[] entries, int bits, int[] out, int size) {
        int at = size;
        int start = from;
        int i = first;
        while (true) {
            int end = ends[i];
            int length = end - start;
            if ((length & ~PieceCache.MAX_LENGTH) != 0) {
                break; // longer, or there is no end
            }
            long head = PieceCache.head(utf8, start, length);
            long tail = PieceCache.tail(utf8, start, length);
            int place = PieceCache.place(entries, PieceCache.slot(head, tail, bits), head);
            if (entries[place] != head || entries[place + 1] != tail) {
                break;
            }
            long two = entries[place + 2];
            long twoMore = entries[place + 3];
            // All four, whether there are so many or not: without a branch, that is quicker.
            out[at] = (int) two;
            out[at + 1] = (int) (two >>> Integer.SIZE) & PieceCache.TOKEN_MASK;
            out[at + 2] = (int) twoMore;
            out[at + 3] = (int) (twoMore >>> Integer.SIZE);
            at += (int) (two >>> PieceCache.COUNT_SHIFT);
            start = end;
            i++;
        }
        return (long) at << Integer.SIZE | i;
    }

    /** Returns the number of tokens of the pieces that lie between {@code from} and the first {@code count} ends. */
    private int countPieces(byte[] utf8, int from, int count) {
        long[] entries = cache.entries();
        int bits = cache.bits();
        int tokenCount = 0;
        int start = from;
        for (int i = 0; i < count; i++) {
            int end = ends[i];
            int length = end - start;
            if (length <= PieceCache.MAX_LENGTH) {
                long head = PieceCache.head(utf8, start, length);
                long tail = PieceCache.tail(utf8, start, length);
                int place = PieceCache.place(entries, PieceCache.slot(head, tail, bits), head);
                if (entries[place] == head && entries[place + 1] == tail) {
                    tokenCount += (int) (entries[place + 2] >>> PieceCache.COUNT_SHIFT);
                    start = end;
                    continue;
                }
            }
            tokens.clear();
            encodePiece(utf8, start, end, tokens);
            tokenCount += tokens.size();
            entries = cache.entries();
            bits = cache.bits();
            start = end;
        }
        return tokenCount;
    }

    /** Appends the tokens of a piece that is not in this encoder's cache. */
    private void encodePiece(byte[] utf8, int start, int end, TokenBuffer into) {
        if (!caches || end - start > LongPieceCache.MAX_LENGTH) {
            encodeNew(utf8, start, end, into);
        } else if (end - start > PieceCache.MAX_LENGTH) {
            encodeLong(utf8, start, end, into);
        } else {
            encodeShort(utf8, start, end, into);
        }
    }

    private void encodeShort(byte[] utf8, int start, int end, TokenBuffer into) {
        long head = PieceCache.head(utf8, start, end - start);
        long tail = PieceCache.tail(utf8, start, end - start);
        int place = shared.recall(head, tail, cache);
        if (place >= 0) {
            cache.recall(place, into);
            return;
        }
        boolean hasMany = place == SharedPieceCache.MANY_TOKENS;
        if (hasMany && longCache.recall(utf8, start, end, into)) {
            return;
        }
        int token = pieces.find(utf8, start, end);
        if (token != Vocabulary.NONE) {
            into.add(token);
            cache.store(head, tail, PieceCache.only(token), 0);
            return;
        }
        int before = into.size();
        merge().encode(utf8, start, end, into);
        int count = into.size() - before;
        int[] tokens = into.reserve(0);
        if (count <= PieceCache.MAX_TOKENS) {
            long two = PieceCache.firstTwo(tokens, before, count);
            long twoMore = PieceCache.secondTwo(tokens, before, count);
            cache.store(head, tail, two, twoMore);
            shared.store(head, tail, two, twoMore);
        } else {
            longCache.store(utf8, start, end, tokens, before, count);
            if (!hasMany) {
                shared.storeMany(head, tail);
            }
        }
    }

    private void encodeLong(byte[] utf8, int start, int end, TokenBuffer into) {
        if (!longCache.recall(utf8, start, end, into)) {
            int before = into.size();
            encodeNew(utf8, start, end, into);
            longCache.store(utf8, start, end, into.reserve(0), before, into.size() - before);
        }
    }

    private void encodeNew(byte[] utf8, int start, int end, TokenBuffer into) {
        int token = pieces.find(utf8, start, end);
        if (token != Vocabulary.NONE) {
            into.add(token);
        } else {
            merge().encode(utf8, start, end, into);
        }
    }

    private PieceMerge merge() {
        PieceMerge made = merge;
        if (made == null) {
            made = new PieceMerge(tables);
            merge = made;
        }
        return made;
    }
}
