package io.harmony4j.tokenizer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The texts of all tokens of one encoding in UTF-16, to be joined as a text: quicker than joining bytes and reading them as
 * UTF-8, unless many tokens have parts of characters. Takes 6.9 MB with {@link TokenWords}. Immutable and thread-safe.
 */
final class TokenChars {
    private static final byte ASCII = 0;
    private static final byte WIDE = 1;

    /** It has parts of characters: here is a code unit for each byte, which is room enough. */
    private static final byte PARTS = 2;

    /** Of so many tokens one has parts where it is quicker to join bytes. */
    private static final int MANY_PARTS = 8;

    private final TokenBytes tokenBytes;
    private final TokenWords words;

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
        words = new TokenWords(tokenBytes);
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
        String text = null;
        if (all == ASCII && TokenWords.room(tokens.length) <= Space.LARGE) {
            text = decodeAscii(tokens);
        } else if ((all & PARTS) != 0 && TokenWords.room(tokens.length) <= Space.LARGE / 2 && hasManyParts(tokens)) {
            text = decodeBytes(tokens);
        }
        return text != null ? text : decodeAny(tokens, all);
    }

    /** Returns the text of not so many tokens that are ASCII, or null if they are long ones. */
    private @Nullable String decodeAscii(int[] tokens) {
        Space space = spaces.take().ofAtLeast((int) TokenWords.room(tokens.length));
        int length = words.write(tokens, space.bytes);
        String text = length < 0 ? null : new String(space.bytes, 0, length, ISO_8859_1);
        spaces.giveBack(space);
        return text;
    }

    private boolean hasManyParts(int[] tokens) {
        int count = 0;
        for (int token : tokens) {
            count += kinds[token] / PARTS;
        }
        return count > tokens.length / MANY_PARTS;
    }

    /** Returns the text of not so many tokens, or null if they are long ones. */
    private @Nullable String decodeBytes(int[] tokens) {
        Space space = spaces.take();
        byte[] utf8 = space.utf8((int) TokenWords.room(tokens.length));
        int length = words.write(tokens, utf8);
        String text = null;
        if (length >= 0) {
            byte[] utf16 = space.ofAtLeast(length * Character.BYTES + Utf16.PADDING).bytes;
            text = space.text(Utf16.write(utf8, length, utf16, 0));
        }
        spaces.giveBack(space);
        return text;
    }

    private @Nullable String decodeAny(int[] tokens, int kindsOfAll) {
        long total = 0; // in bytes
        for (int token : tokens) {
            total += starts[token + 1] - starts[token];
        }
        if (total > TokenBytes.MAX_ARRAY - Utf16.PADDING) {
            return null;
        }
        int length = (int) total;
        Space space = spaces.take();
        String text = decode(tokens, length, kindsOfAll, space.ofAtLeast(length + Utf16.PADDING));
        if (length <= Space.LARGE) {
            spaces.giveBack(space);
        }
        return text;
    }

    private String decode(int[] tokens, int length, int kindsOfAll, Space space) {
        if (kindsOfAll == ASCII) {
            tokenBytes.write(tokens, space.bytes);
            return new String(space.bytes, 0, length / Character.BYTES, ISO_8859_1);
        }
        if ((kindsOfAll & PARTS) != 0) {
            return space.text(writeWithParts(tokens, space));
        }
        JoinedTokens.write(bytes, starts, tokens, space.bytes);
        return space.text(length);
    }

    /** Writes the texts of tokens, and what those in a row that have parts of characters make together; returns where the text ends. */
    private int writeWithParts(int[] tokens, Space space) {
        byte[] into = space.bytes;
        int at = 0;
        for (int i = 0; i < tokens.length; ) {
            int start = starts[tokens[i]];
            int count = starts[tokens[i] + 1] - start;
            if (kinds[tokens[i]] == PARTS) {
                byte[] utf8;
                int length = 0; // of the bytes in a row
                do {
                    utf8 = space.utf8(length + tokenBytes.longest() + Utf16.PADDING);
                    length = words.write(tokens[i++], utf8, length);
                } while (i < tokens.length && kinds[tokens[i]] == PARTS);
                at = Utf16.write(utf8, length, into, at);
                continue;
            }
            JoinedTokens.copy(bytes, start, count, into, at);
            at += count;
            i++;
        }
        return at;
    }

    /** Room for a text, to be used again: otherwise most of the time would go into new memory. */
    private static final class Space {
        /** What is larger is not kept; in bytes. */
        static final int LARGE = 1 << 16;

        private static final int INITIAL = 1 << 12;

        byte[] bytes = {};
        private byte[] utf8 = {};
        private char[] chars = {};
        private CharBuffer codeUnits = CharBuffer.wrap(chars); // what the bytes are in UTF-16

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

        /** Returns room for at least so many bytes of UTF-8, with what has been written there. */
        byte[] utf8(int length) {
            if (length > utf8.length) {
                utf8 = Arrays.copyOf(utf8, Math.max(length, Math.max(INITIAL, 2 * utf8.length)));
            }
            return utf8;
        }

        /** Returns the text that so many of the bytes are. */
        String text(int length) {
            int count = length / Character.BYTES;
            codeUnits.get(0, chars, 0, count);
            return new String(chars, 0, count);
        }
    }
}
