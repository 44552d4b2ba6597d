package io.harmony4j.tokenizer;

/** Byte pair encoding of pieces that are no token, each in the way that is faster. Holds working space: not thread-safe. */
final class PieceMerge {
    /** The longest piece in bytes of characters of two that {@link ShortPieceMerge} does not do slower; measured. */
    private static final int MAX_SHORT_OF_TWO = 20;

    /** The same of characters of three or four: it begins with single bytes, of which there are many more than tokens. */
    private static final int MAX_SHORT_OF_MORE = 8;

    /** The first byte of a character of three or four begins here. */
    private static final byte FIRST_OF_THREE = (byte) 0xE0;

    private final ShortPieceMerge shortMerge;
    private final WindowMerge windows;
    private final LongPieceMerge longMerge;

    PieceMerge(Tables tables) {
        shortMerge = new ShortPieceMerge(tables.vocabulary(), tables.merges());
        windows = new WindowMerge(shortMerge);
        longMerge = new LongPieceMerge(tables);
    }

    /** Appends the tokens of a piece of two bytes or more. */
    void encode(byte[] text, int start, int end, TokenBuffer into) {
        if (end - start <= maxShort(text, start)) {
            int count = shortMerge.encode(text, start, end);
            into.addAll(shortMerge.tokens(), count);
            return;
        }
        int before = into.size();
        if (!isAscii(text, start) || isRun(text, start, end) || !windows.encode(text, start, end, into)) {
            into.resize(before);
            int count = longMerge.encode(text, start, end);
            into.addAll(longMerge.tokens(), count);
        }
    }

    /** Returns the longest piece for ShortPieceMerge that begins as this one does. */
    private static int maxShort(byte[] text, int start) {
        if (isAscii(text, start)) {
            return ShortPieceMerge.MAX_LENGTH;
        }
        return firstOfWord(text, start) < FIRST_OF_THREE ? MAX_SHORT_OF_TWO : MAX_SHORT_OF_MORE;
    }

    private static boolean isAscii(byte[] text, int start) {
        return firstOfWord(text, start) >= 0;
    }

    /** Returns the first byte, or the second after a space. */
    private static byte firstOfWord(byte[] text, int start) {
        return text[start] == ' ' ? text[start + 1] : text[start];
    }

    /** Returns whether the piece is one byte many times over, of which {@link LongPieceMerge} need not look at all. */
    private static boolean isRun(byte[] text, int start, int end) {
        int at = start + 1;
        while (at < end && text[at] == text[start]) {
            at++;
        }
        return at == end;
    }

    /** Gives up the space that only a very long piece needed. */
    void trim() {
        longMerge.trim();
    }
}
