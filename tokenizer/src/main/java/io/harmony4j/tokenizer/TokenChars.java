package io.harmony4j.tokenizer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;

/**
 * The characters of all tokens of one encoding, to be joined as a text: quicker than joining bytes and reading them as UTF-8.
 * Of a token that has a part of a character it has the bytes. Takes 3.5 MB. Immutable and thread-safe.
 */
final class TokenChars {
    /** The number of characters that are copied of each token, whether it has so many or not. */
    private static final int COPIED = 4;

    /** The token is no character or more, but has parts of some: its bytes are what is here. */
    private static final int HAS_PART = 1;

    /** The token is not ASCII. */
    private static final int IS_WIDE = 1 << 1;

    /** Where in an entry of {@link #starts} the index begins. */
    private static final int SHIFT = 2;

    private final TokenBytes bytes;

    /** The UTF-16 code units of all tokens in the order of their ids, or their bytes; then {@link #COPIED} more. */
    private final char[] chars;

    /** [id], the index where its code units start, HAS_PART, IS_WIDE; and the end of the last token. */
    private final int[] starts = new int[SpecialTokenTable.LAST + 2];

    TokenChars(TokenBytes bytes) {
        this.bytes = bytes;
        StringBuilder all = new StringBuilder();
        byte[] token = new byte[bytes.longest()];
        for (int id = 0; id <= SpecialTokenTable.LAST; id++) {
            int length = bytes.length(id);
            bytes.copy(id, token, 0);
            boolean hasPart = Utf8.firstIllFormed(token, length) >= 0;
            boolean isWide = !Utf8.isAscii(token, 0, length);
            starts[id] = all.length() << SHIFT | (hasPart ? HAS_PART : 0) | (isWide ? IS_WIDE : 0);
            all.append(hasPart ? new String(token, 0, length, ISO_8859_1) : Utf8.decode(token, 0, length));
        }
        starts[starts.length - 1] = all.length() << SHIFT;
        chars = new char[all.length() + COPIED];
        all.getChars(0, all.length(), chars, 0);
    }

    /**
     * Returns the text of tokens, with U+FFFD for each maximal subpart of a character that is not whole, or null if one of
     * them is unknown.
     */
    @Nullable
    String decode(int[] tokens) {
        int length = 0;
        int kinds = 0;
        for (int token : tokens) {
            if (token < 0 || token > SpecialTokenTable.LAST) {
                return null;
            }
            int start = starts[token];
            kinds |= start;
            length = Math.addExact(length, (starts[token + 1] >>> SHIFT) - (start >>> SHIFT));
        }
        if ((kinds & IS_WIDE) == 0) {
            return new String(bytes.join(tokens, length), ISO_8859_1);
        }
        char[] text = new char[Math.addExact(length, COPIED)];
        return new String(text, 0, join(tokens, text));
    }

    /** Writes the characters of tokens; returns how many. */
    private int join(int[] tokens, char[] text) {
        int at = 0;
        int parts = -1; // where the bytes begin that are still to become characters
        for (int token : tokens) {
            int start = starts[token];
            if ((start & HAS_PART) != 0) {
                parts = parts < 0 ? at : parts;
            } else if (parts >= 0) {
                at = putTogether(text, parts, at);
                parts = -1;
            }
            int from = start >>> SHIFT;
            int to = starts[token + 1] >>> SHIFT;
            // What is too much, the next token overwrites.
            text[at] = chars[from];
            text[at + 1] = chars[from + 1];
            text[at + 2] = chars[from + 2];
            text[at + 3] = chars[from + 3];
            for (int i = from + COPIED; i < to; i++) {
                text[at + i - from] = chars[i];
            }
            at += to - from;
        }
        return parts >= 0 ? putTogether(text, parts, at) : at;
    }

    /** Puts characters in the place of their bytes; returns where they end. */
    private static int putTogether(char[] text, int from, int to) {
        byte[] utf8 = new byte[to - from];
        for (int i = 0; i < utf8.length; i++) {
            utf8[i] = (byte) text[from + i];
        }
        int out = from;
        for (int at = 0; at < utf8.length; ) {
            int length = Utf8.sequenceLength(utf8, at, utf8.length);
            out += Character.toChars(length > 0 ? Utf8.codePoint(utf8, at) : Utf8.REPLACEMENT, text, out);
            at += Math.abs(length);
        }
        return out;
    }
}
