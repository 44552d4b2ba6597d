package io.harmony4j.tokenizer;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/** A text as well-formed UTF-8, with room behind it, so that a whole {@code long} can be read at any byte of it. */
final class Utf8Text {
    /** The number of zero bytes behind the text. */
    static final int PADDING = Long.BYTES;

    /** Leaves room for the padding, and for offsets a token's length behind the end. */
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 1024;

    private final byte[] bytes;
    private final int length;

    private Utf8Text(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    /** Returns the text in UTF-8. A surrogate without its other half becomes U+FFFD. */
    static Utf8Text of(CharSequence text) {
        String string = requireNonNull(text, "text").toString();
        int length = utf8Length(string);
        byte[] bytes = new byte[length + PADDING];
        int out = 0;
        for (int i = 0; i < string.length(); i++) {
            int c = string.charAt(i);
            if (c < 0x80) {
                bytes[out++] = (byte) c;
                continue;
            }
            if (c < 0x800) {
                bytes[out++] = (byte) (0xC0 | c >> 6);
                bytes[out++] = (byte) (0x80 | (c & 0x3F));
                continue;
            }
            if (Character.isSurrogate((char) c)) {
                c = string.codePointAt(i);
                if (Character.isSupplementaryCodePoint(c)) {
                    i++;
                    bytes[out++] = (byte) (0xF0 | c >> 18);
                    bytes[out++] = (byte) (0x80 | ((c >> 12) & 0x3F));
                    bytes[out++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                    bytes[out++] = (byte) (0x80 | (c & 0x3F));
                    continue;
                }
                c = Utf8.REPLACEMENT;
            }
            bytes[out++] = (byte) (0xE0 | c >> 12);
            bytes[out++] = (byte) (0x80 | ((c >> 6) & 0x3F));
            bytes[out++] = (byte) (0x80 | (c & 0x3F));
        }
        return new Utf8Text(bytes, length);
    }

    /** Returns the text of the bytes. What is ill-formed becomes U+FFFD, as {@link Utf8#decode} does it. */
    static Utf8Text of(byte[] utf8) {
        if (Utf8.firstIllFormed(requireNonNull(utf8, "utf8")) >= 0) {
            return of(Utf8.decode(utf8));
        }
        return new Utf8Text(Arrays.copyOf(utf8, checkLength(utf8.length) + PADDING), utf8.length);
    }

    private static int utf8Length(String text) {
        long length = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                length += c < 0x800 ? 1 : 2;
                if (Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++; // four bytes for two code units
                }
            }
        }
        return checkLength(length);
    }

    private static int checkLength(long length) {
        if (length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "expected a text of at most " + MAX_LENGTH + " bytes in UTF-8 but found one of " + length);
        }
        return (int) length;
    }

    /** Returns the bytes of the text, and {@link #PADDING} more. */
    byte[] bytes() {
        return bytes;
    }

    /** Returns the length of the text in bytes. */
    int length() {
        return length;
    }

    /** Returns how many UTF-16 code units of the text lie before a byte offset. */
    int utf16Index(int offset) {
        int index = 0;
        for (int at = 0; at < offset; ) {
            int sequence = Utf8.sequenceLength(bytes, at, length);
            index += Utf8.utf16Length(sequence);
            at += sequence;
        }
        return index;
    }
}
