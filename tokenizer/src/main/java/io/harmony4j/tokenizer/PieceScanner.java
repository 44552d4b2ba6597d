package io.harmony4j.tokenizer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Where the pieces of a text end, many at a time. It decides ASCII by itself, eight letters at once, and leaves to
 * {@link Pretokenizer}, which defines what a piece is, each piece that has or touches anything else or that reaches the
 * end of the text. See docs/algorithms/pretokenizer.md.
 */
final class PieceScanner {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = ONES << 7;
    private static final long EIGHT_SPACES = ONES * ' ';

    private static final byte LOWER = 1;
    private static final byte UPPER = 1 << 1;
    private static final byte DIGIT = 1 << 2;

    /** U+0020, which alone may stand before punctuation. */
    private static final byte SPACE = 1 << 3;

    /** Other white space but for line ends. */
    private static final byte BLANK = 1 << 4;

    private static final byte NEWLINE = 1 << 5;
    private static final byte OTHER = 1 << 6;

    /** Not decided here: bytes outside ASCII, and zero, which stands behind a text, so that no run goes beyond it. */
    private static final byte STOP = 0;

    private static final int LETTER = LOWER | UPPER;

    /** [byte], the class of each. */
    private static final byte[] CLASSES = classes();

    /** No answer: {@link Pretokenizer} has it. */
    private static final int UNKNOWN = Integer.MAX_VALUE;

    private PieceScanner() {}

    /**
     * Finds the ends of pieces from {@code from} on, as many as there are and as {@code ends} has room for; returns how
     * many. The text is well-formed UTF-8 with {@link Utf8Text#PADDING} zero bytes behind it; no piece reaches beyond
     * {@code limit}, wherever in the text that is.
     */
    static int scan(byte[] text, int from, int limit, int[] ends) {
        int at = from;
        int count = 0;
        while (count < ends.length && at < limit) {
            int end = asciiPieceEnd(text, at, limit);
            // An end before the limit is right: what was read beyond the limit has not changed it.
            at = end < limit ? end : Pretokenizer.pieceEnd(text, at, limit);
            ends[count++] = at;
        }
        return count;
    }

    /** Returns the end of the piece, or what is not before the limit. */
    private static int asciiPieceEnd(byte[] text, int start, int limit) {
        int first = classOf(text[start]);
        if ((first & LETTER) != 0) {
            return wordEnd(text, start, first);
        }
        if ((first & (SPACE | OTHER | BLANK)) != 0) {
            int second = classOf(text[start + 1]);
            if ((second & LETTER) != 0) {
                return wordEnd(text, start + 1, second);
            }
            if (second == STOP) {
                return UNKNOWN;
            }
            if (first == OTHER || (first == SPACE && second == OTHER)) {
                return punctuationEnd(text, start + 1);
            }
            return spaceEnd(text, start, limit);
        }
        if (first == DIGIT) {
            return numberEnd(text, start + 1);
        }
        return first == NEWLINE ? spaceEnd(text, start, limit) : UNKNOWN;
    }

    private static int wordEnd(byte[] text, int start, int first) {
        int at = start + 1;
        if (first == UPPER) {
            while (text[at] >= 'A' && text[at] <= 'Z') {
                at++;
            }
        }
        at = lowerEnd(text, at);
        if (text[at] < 0) {
            return UNKNOWN;
        }
        return text[at] == '\'' ? Pretokenizer.contractionEnd(text, at, text.length) : at;
    }

    /** Returns the end of the letters a to z from {@code at} on, reading eight at a time. */
    private static int lowerEnd(byte[] text, int at) {
        int end = at;
        while (true) {
            long eight = (long) LONG.get(text, end);
            long low = eight & ~HIGH_BITS;
            // In each byte's high bit: whether it is at least 'a', at most 'z', and ASCII.
            long lower = (low + ONES * (0x80 - 'a')) & ~(low + ONES * (0x7F - 'z')) & ~eight & HIGH_BITS;
            if (lower != HIGH_BITS) {
                return end + (Long.numberOfTrailingZeros(~lower & HIGH_BITS) >>> 3);
            }
            end += Long.BYTES;
        }
    }

    private static int numberEnd(byte[] text, int second) {
        int at = second;
        if (classOf(text[at]) == DIGIT) {
            at++;
            if (classOf(text[at]) == DIGIT) {
                return at + 1;
            }
        }
        return text[at] < 0 ? UNKNOWN : at;
    }

    private static int punctuationEnd(byte[] text, int second) {
        int at = second;
        while (classOf(text[at]) == OTHER) {
            at++;
        }
        if (classOf(text[at]) == STOP) {
            return UNKNOWN;
        }
        while (text[at] == '\n' || text[at] == '\r' || text[at] == '/') {
            at++;
        }
        return at;
    }

    private static int spaceEnd(byte[] text, int start, int limit) {
        int at = start;
        int newline = -1; // the end of the last one
        int next;
        while (((next = classOf(text[at])) & (SPACE | BLANK | NEWLINE)) != 0) {
            at++;
            if (next == NEWLINE) {
                newline = at;
            } else {
                while ((long) LONG.get(text, at) == EIGHT_SPACES) {
                    at += Long.BYTES;
                }
            }
        }
        if (next == STOP || at >= limit) {
            return UNKNOWN;
        }
        if (newline >= 0) {
            return newline;
        }
        return at - start == 1 ? at : at - 1;
    }

    private static int classOf(byte b) {
        return CLASSES[b & 0xFF];
    }

    private static byte[] classes() {
        byte[] classes = new byte[256];
        Arrays.fill(classes, 1, 0x80, OTHER);
        Arrays.fill(classes, 'a', 'z' + 1, LOWER);
        Arrays.fill(classes, 'A', 'Z' + 1, UPPER);
        Arrays.fill(classes, '0', '9' + 1, DIGIT);
        Arrays.fill(classes, '\t', '\r' + 1, BLANK);
        classes['\n'] = NEWLINE;
        classes['\r'] = NEWLINE;
        classes[' '] = SPACE;
        return classes;
    }
}
