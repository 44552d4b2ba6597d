package io.harmony4j.tokenizer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The texts of all tokens of one encoding in UTF-16, to be joined as a text: quicker than joining bytes and reading them as
 * UTF-8. A token that has a part of a character has its bytes here, a code unit for each. Takes 3.7 MB. Immutable and
 * thread-safe.
 */
final class TokenChars {
    private static final byte ASCII = 0;
    private static final byte WIDE = 1;

    /** It has parts of characters: its bytes are what is here. */
    private static final byte PARTS = 2;

    private final TokenBytes tokenBytes;
    private final AsciiTokens asciiTokens;

    /** The code units of all tokens in the order of their ids, two bytes each, the lower one first; then some more. */
    private final byte[] bytes;

    private final int[] starts = new int[SpecialTokenTable.LAST + 2]; // [id], and the end of the last token, in bytes
    private final byte[] kinds = new byte[SpecialTokenTable.LAST + 1]; // [id]

    private final Pool<Space> spaces = new Pool<>() {
        @Override
        Space make() {
            return new Space();
        }
    };

    TokenChars(TokenBytes tokenBytes) {
        this.tokenBytes = tokenBytes;
        asciiTokens = new AsciiTokens(tokenBytes);
        StringBuilder all = new StringBuilder();
        byte[] token = new byte[tokenBytes.longest()];
        for (int id = 0; id < kinds.length; id++) {
            int length = tokenBytes.length(id);
            tokenBytes.copy(id, token, 0);
            boolean hasParts = Utf8.firstIllFormed(token, length) >= 0;
            kinds[id] = hasParts ? PARTS : Utf8.isAscii(token, 0, length) ? ASCII : WIDE;
            all.append(hasParts ? new String(token, 0, length, ISO_8859_1) : Utf8.decode(token, 0, length));
            starts[id + 1] = all.length() * Character.BYTES;
        }
        all.append("\0".repeat(JoinedTokens.COPIED));
        bytes = all.toString().getBytes(StandardCharsets.UTF_16LE);
    }

    /**
     * Returns the text of tokens, with U+FFFD for each maximal subpart of a character that is not whole, or null if one of
     * them is unknown or there is no room for all of them.
     */
    @Nullable
    String decode(int[] tokens) {
        int all = ASCII;
        for (int token : tokens) {
            if (token < 0 || token > SpecialTokenTable.LAST) {
                return null;
            }
            all |= kinds[token];
        }
        String text = all == ASCII && AsciiTokens.room(tokens.length) <= Space.LARGE ? decodeAscii(tokens) : null;
        return text != null ? text : decodeAny(tokens, all);
    }

    /** Returns the text of not so many tokens that are ASCII, or null if they are long ones. */
    private @Nullable String decodeAscii(int[] tokens) {
        Space space = spaces.take().ofAtLeast((int) AsciiTokens.room(tokens.length));
        int length = asciiTokens.write(tokens, space.bytes);
        String text = length < 0 ? null : new String(space.bytes, 0, length, ISO_8859_1);
        spaces.giveBack(space);
        return text;
    }

    private @Nullable String decodeAny(int[] tokens, int kindsOfAll) {
        long total = 0; // in bytes
        for (int token : tokens) {
            total += starts[token + 1] - starts[token];
        }
        if (total > TokenBytes.MAX_ARRAY) {
            return null;
        }
        int length = (int) total;
        Space space = spaces.take();
        String text = decode(tokens, length, kindsOfAll, space.ofAtLeast(length));
        if (length <= Space.LARGE) {
            spaces.giveBack(space);
        }
        return text;
    }

    private String decode(int[] tokens, int length, int kindsOfAll, Space space) {
        int codeUnits = length / Character.BYTES;
        if (kindsOfAll == ASCII) {
            tokenBytes.write(tokens, space.bytes);
            return new String(space.bytes, 0, codeUnits, ISO_8859_1);
        }
        JoinedTokens.write(bytes, starts, tokens, space.bytes);
        space.codeUnits.get(0, space.chars, 0, codeUnits);
        boolean hasParts = (kindsOfAll & PARTS) != 0;
        return new String(space.chars, 0, hasParts ? putTogether(tokens, space.chars) : codeUnits);
    }

    /** Puts characters in the place of the bytes of tokens that have parts of them; returns the length of the text. */
    private int putTogether(int[] tokens, char[] text) {
        int to = 0;
        int start = 0; // of a stretch of tokens that have parts, or of tokens that have none
        int end = 0;
        boolean hasParts = false;
        for (int token : tokens) {
            if (kinds[token] == PARTS != hasParts) {
                to = move(text, start, end, to, hasParts);
                start = end;
                hasParts = !hasParts;
            }
            end += (starts[token + 1] - starts[token]) / Character.BYTES;
        }
        return move(text, start, end, to, hasParts);
    }

    /** Moves code units, or the characters that are made of bytes, to the front; returns where they end. */
    private static int move(char[] text, int start, int end, int to, boolean areBytes) {
        if (!areBytes) {
            System.arraycopy(text, start, text, to, end - start);
            return to + end - start;
        }
        byte[] utf8 = new byte[end - start];
        for (int i = 0; i < utf8.length; i++) {
            utf8[i] = (byte) text[start + i];
        }
        int out = to;
        for (int at = 0; at < utf8.length; ) {
            int length = Utf8.sequenceLength(utf8, at, utf8.length);
            out += Character.toChars(length > 0 ? Utf8.codePoint(utf8, at) : Utf8.REPLACEMENT, text, out);
            at += Math.abs(length);
        }
        return out;
    }

    /** Room for a text, to be used again: otherwise most of the time would go into new memory. */
    private static final class Space {
        /** What is larger is not kept; in bytes. */
        static final int LARGE = 1 << 16;

        private static final int INITIAL = 1 << 12;

        byte[] bytes = {};
        char[] chars = {};
        CharBuffer codeUnits = CharBuffer.wrap(chars); // what the bytes are in UTF-16

        /** Returns this, with room for at least so many bytes, and as many again as two of each make. */
        Space ofAtLeast(int length) {
            if (length > bytes.length) {
                bytes = new byte[Math.max(length, Math.max(INITIAL, 2 * bytes.length))];
                chars = new char[bytes.length / Character.BYTES];
                codeUnits =
                        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asCharBuffer();
            }
            return this;
        }
    }
}
