package io.harmony4j.tokenizer;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text as well-formed UTF-8, with room after it, so that a {@link CharacterBlock} can be read at any byte of it. It can
 * be set to another text, which takes the space of the one before. Not thread-safe.
 */
final class Utf8Text {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** The least number of zero bytes after the text. */
    static final int PADDING = CharacterBlock.SIZE + Long.BYTES;

    /** Leaves room for the padding, and for offsets a token's length after the end. */
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 1024;

    /** The number of UTF-16 code units that are converted at a time. */
    private static final int CHUNK = 512;

    /** The most bytes that a UTF-16 code unit becomes. */
    private static final int MAX_BYTES = 3;

    private static final int LARGE = 1 << 16;

    /** How many characters are converted one by one where eight are not all ASCII. */
    private static final int STRETCH = 16;

    /** Where in a short form the number of bytes begins, above the bytes. */
    private static final int LENGTH_SHIFT = Short.SIZE;

    /** [code unit], the bytes of a character that has one or two of them, the first one lowest, and their number. */
    private static final int[] SHORT_FORMS = shortForms();

    private final char[] chunk = new char[CHUNK];
    private final CharBuffer chunkBuffer = CharBuffer.wrap(chunk);
    private final CharsetEncoder latin1 = StandardCharsets.ISO_8859_1.newEncoder();

    private byte[] bytes = {};
    private ByteBuffer buffer = ByteBuffer.wrap(bytes); // the same bytes
    private int length;

    /** Makes an empty text. */
    Utf8Text() {}

    /** Returns the text in UTF-8. A surrogate without its other half becomes U+FFFD. */
    static Utf8Text of(CharSequence text) {
        return new Utf8Text().set(text);
    }

    /** Returns the text of the bytes. What is ill-formed becomes U+FFFD, as {@link Utf8#decode} does it. */
    static Utf8Text of(byte[] utf8) {
        return new Utf8Text().set(ByteBuffer.wrap(utf8));
    }

    /** Makes this a text in UTF-8. A surrogate without its other half becomes U+FFFD. */
    Utf8Text set(CharSequence text) {
        String string = requireNonNull(text, "text").toString();
        length = 0;
        int at = 0;
        while (at < string.length()) {
            int count = Math.min(CHUNK, string.length() - at);
            string.getChars(at, at + count, chunk, 0);
            boolean isCut = at + count < string.length() && Character.isHighSurrogate(chunk[count - 1]);
            if (isCut && count > 1) {
                count--; // its other half may begin the next chunk
            }
            makeRoom(MAX_BYTES * count);
            length = isAscii(count) ? length + count : convert(chunk, count, bytes, length);
            at += count;
        }
        makeRoom(0);
        Arrays.fill(bytes, length, length + PADDING, (byte) 0);
        return this;
    }

    /** Makes this the text of the bytes that remain. What is ill-formed becomes U+FFFD, as {@link Utf8#decode} does it. */
    Utf8Text set(ByteBuffer utf8) {
        length = 0;
        int count = utf8.remaining();
        makeRoom(count);
        utf8.get(utf8.position(), bytes, 0, count);
        if (Utf8.firstIllFormed(bytes, count) >= 0) {
            return set(Utf8.decode(Arrays.copyOf(bytes, count)));
        }
        length = count;
        Arrays.fill(bytes, length, length + PADDING, (byte) 0);
        return this;
    }

    /**
     * Returns whether so many characters of the chunk are all ASCII; if they are, their bytes are put after the text. Java's
     * encoder of Latin-1 uses vector instructions, which its encoder of UTF-8 has only in later releases.
     */
    private boolean isAscii(int count) {
        if ((chunk[0] | chunk[count / 2] | chunk[count - 1]) >= 0x80) {
            return false; // as in most texts that are not; saves to try
        }
        chunkBuffer.limit(count).position(0);
        buffer.limit(bytes.length).position(length);
        latin1.reset().encode(chunkBuffer, buffer, true);
        return !chunkBuffer.hasRemaining() && Utf8.isAscii(bytes, length, length + count);
    }

    /**
     * Converts characters to UTF-8, eight at a time where they are ASCII; returns the end. The bytes have room for
     * {@link #MAX_BYTES} for each, and the padding, into which a character may be written beyond its own length.
     */
    private static int convert(char[] chars, int count, byte[] into, int from) {
        int out = from;
        int i = 0;
        while (i < count) {
            if (i + 8 <= count && (chars[i] | chars[i + 7]) < 0x80) {
                int low = chars[i] | chars[i + 1] << 8 | chars[i + 2] << 16 | chars[i + 3] << 24;
                int high = chars[i + 4] | chars[i + 5] << 8 | chars[i + 6] << 16 | chars[i + 7] << 24;
                int all = chars[i + 1] | chars[i + 2] | chars[i + 3] | chars[i + 4] | chars[i + 5] | chars[i + 6];
                if (all < 0x80) {
                    INT.set(into, out, low);
                    INT.set(into, out + 4, high);
                    out += 8;
                    i += 8;
                    continue;
                }
            }
            for (int stop = Math.min(i + STRETCH, count); i < stop; i++) {
                int c = chars[i];
                if (c < SHORT_FORMS.length) {
                    int form = SHORT_FORMS[c];
                    SHORT.set(into, out, (short) form);
                    out += form >>> LENGTH_SHIFT;
                } else if (!Character.isSurrogate((char) c)) {
                    INT.set(into, out, threeBytes(c));
                    out += 3;
                } else {
                    c = Character.codePointAt(chars, i, count);
                    if (Character.isSupplementaryCodePoint(c)) {
                        i++;
                        int last = (c & 0x3F) << 24 | (c >> 6 & 0x3F) << 16;
                        INT.set(into, out, 0x808080F0 | last | (c >> 12 & 0x3F) << 8 | c >> 18);
                        out += 4;
                    } else {
                        INT.set(into, out, threeBytes(Utf8.REPLACEMENT));
                        out += 3;
                    }
                }
            }
        }
        return out;
    }

    private static int[] shortForms() {
        int[] forms = new int[0x800];
        for (int c = 0; c < forms.length; c++) {
            forms[c] = c < 0x80 ? 1 << LENGTH_SHIFT | c : 2 << LENGTH_SHIFT | 0x80C0 | c >> 6 | (c & 0x3F) << 8;
        }
        return forms;
    }

    /** Returns the UTF-8 of a character of three bytes, the first one lowest. */
    private static int threeBytes(int c) {
        return 0x8080E0 | (c & 0x3F) << 16 | (c >> 6 & 0x3F) << 8 | c >> 12;
    }

    /** Makes room for more bytes and the padding. */
    private void makeRoom(int more) {
        long needed = (long) length + more + PADDING;
        if (needed > bytes.length) {
            if (needed > MAX_LENGTH) {
                throw new IllegalArgumentException(
                        "expected a text of at most " + MAX_LENGTH + " bytes in UTF-8 but found a longer one");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_LENGTH, needed + (needed >> 1)));
            buffer = ByteBuffer.wrap(bytes);
        }
    }

    /** Returns the bytes of the text, and {@link #PADDING} more that are zero, and rubbish after them. */
    byte[] bytes() {
        return bytes;
    }

    /** Returns the length of the text in bytes. */
    int length() {
        return length;
    }

    /** Returns whether the text has taken more space than should be kept for the next one. */
    boolean isLarge() {
        return bytes.length > LARGE;
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
