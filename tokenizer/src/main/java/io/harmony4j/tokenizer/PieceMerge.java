package io.harmony4j.tokenizer;

/** Byte pair encoding of pieces that are no token, each in the way that is faster. Holds working space: not thread-safe. */
final class PieceMerge {
    /**
     * The longest piece in bytes of characters of three or four bytes that {@link ShortPieceMerge} does not do slower: it
     * begins with single bytes, of which such a piece has many more than tokens. Measured.
     */
    private static final int MAX_SHORT_WIDE = 8;

    /** The first byte of a character of three or four begins here. */
    private static final byte FIRST_WIDE = (byte) 0xE0;

    private final ShortPieceMerge shortMerge;
    private final LongPieceMerge longMerge;

    PieceMerge(Tables tables) {
        shortMerge = new ShortPieceMerge(tables.vocabulary(), tables.merges());
        longMerge = new LongPieceMerge(tables);
    }

    /** Appends the tokens of a piece of two bytes or more. */
    void encode(byte[] text, int start, int end, TokenBuffer into) {
        boolean isWide = text[start] < 0 && text[start] >= FIRST_WIDE;
        if (end - start <= (isWide ? MAX_SHORT_WIDE : ShortPieceMerge.MAX_LENGTH)) {
            int count = shortMerge.encode(text, start, end);
            into.addAll(shortMerge.tokens(), count);
        } else {
            int count = longMerge.encode(text, start, end);
            into.addAll(longMerge.tokens(), count);
        }
    }

    /** Gives up the space that only a very long piece needed. */
    void trim() {
        longMerge.trim();
    }
}
