package io.harmony4j.tokenizer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * UTF-8 as the Unicode standard's chapter 3 defines it (table 3-7). Ill-formed bytes become U+FFFD, one for each
 * maximal subpart: the longest part that begins a well-formed sequence, or else one byte. Java's own decoders differ
 * from that for encoded surrogates: they make one U+FFFD of ED A0 80, where there should be three.
 */
final class Utf8 {
    static final char REPLACEMENT = '\uFFFD';

    /** The length of U+FFFD in bytes. */
    static final int REPLACEMENT_LENGTH = 3;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;

    private static final int MIN_SUPPLEMENTARY_LENGTH = 4;

    /** The most bytes of a character that is not whole. */
    private static final int MAX_INCOMPLETE = 3;

    private Utf8() {}

    /**
     * Returns the length in bytes of the sequence at {@code at}, if it is well-formed, or else the length of its
     * maximal subpart, negated.
     */
    static int sequenceLength(byte[] utf8, int at, int limit) {
        int lead = utf8[at];
        if (lead >= 0) {
            return 1;
        }
        int lowest = 0x80; // of the second byte
        int highest = 0xBF;
        int length;
        lead &= 0xFF;
        if (lead >= 0xC2 && lead <= 0xDF) {
            length = 2;
        } else if (lead >= 0xE0 && lead <= 0xEF) {
            length = 3;
            lowest = lead == 0xE0 ? 0xA0 : lowest; // shorter sequences exist for the others
            highest = lead == 0xED ? 0x9F : highest; // the others are surrogates
        } else if (lead >= 0xF0 && lead <= 0xF4) {
            length = 4;
            lowest = lead == 0xF0 ? 0x90 : lowest; // shorter sequences exist for the others
            highest = lead == 0xF4 ? 0x8F : highest; // the others are beyond U+10FFFF
        } else {
            return -1;
        }
        for (int i = 1; i < length; i++) {
            if (at + i == limit || (utf8[at + i] & 0xFF) < lowest || (utf8[at + i] & 0xFF) > highest) {
                return -i;
            }
            lowest = 0x80;
            highest = 0xBF;
        }
        return length;
    }

    /** Returns the code point of the well-formed sequence at {@code at}. */
    static int codePoint(byte[] utf8, int at) {
        int lead = utf8[at];
        if (lead >= 0) {
            return lead;
        }
        if (lead < (byte) 0xE0) {
            return (lead & 0x1F) << 6 | (utf8[at + 1] & 0x3F);
        }
        if (lead < (byte) 0xF0) {
            return (lead & 0xF) << 12 | (utf8[at + 1] & 0x3F) << 6 | (utf8[at + 2] & 0x3F);
        }
        return (lead & 0x7) << 18 | (utf8[at + 1] & 0x3F) << 12 | (utf8[at + 2] & 0x3F) << 6 | (utf8[at + 3] & 0x3F);
    }

    /** Returns the length in bytes of a code point, or of U+FFFD for a surrogate. */
    static int length(int codePoint) {
        if (codePoint < 0x80) {
            return 1;
        }
        if (codePoint < 0x800) {
            return 2;
        }
        return codePoint < Character.MIN_SUPPLEMENTARY_CODE_POINT ? 3 : 4;
    }

    /** Returns the text of the bytes, with U+FFFD for what is ill-formed. */
    static String decode(byte[] utf8) {
        return decode(utf8, 0, utf8.length);
    }

    /** Returns the text of the bytes from {@code from} to {@code to}, with U+FFFD for what is ill-formed. */
    static String decode(byte[] utf8, int from, int to) {
        String text = new String(utf8, from, to - from, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) < 0) {
            return text; // no byte was ill-formed, for each leaves a U+FFFD
        }
        StringBuilder replaced = new StringBuilder(text.length());
        for (int at = from; at < to; ) {
            int length = sequenceLength(utf8, at, to);
            replaced.appendCodePoint(length > 0 ? codePoint(utf8, at) : REPLACEMENT);
            at += Math.abs(length);
        }
        return replaced.toString();
    }

    /** Returns whether the bytes from one offset to another are all ASCII. */
    static boolean isAscii(byte[] utf8, int from, int to) {
        long all = 0;
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            all |= (long) LONG.get(utf8, at);
        }
        for (; at < to; at++) {
            all |= utf8[at];
        }
        return (all & HIGH_BITS) == 0;
    }

    /** Returns the byte offset of the first ill-formed sequence, or -1. */
    static int firstIllFormed(byte[] utf8) {
        return firstIllFormed(utf8, utf8.length);
    }

    /** Returns the byte offset of the first ill-formed sequence before the limit, or -1. */
    static int firstIllFormed(byte[] utf8, int limit) {
        return firstIllFormed(utf8, 0, limit);
    }

    /** Returns the byte offset of the first ill-formed sequence between {@code from} and the limit, or -1. */
    static int firstIllFormed(byte[] utf8, int from, int limit) {
        int at = from;
        while (at < limit) {
            if (at + Long.BYTES <= limit && ((long) LONG.get(utf8, at) & HIGH_BITS) == 0) {
                at += Long.BYTES; // ASCII
                continue;
            }
            int length = sequenceLength(utf8, at, limit);
            if (length < 0) {
                return at;
            }
            at += length;
        }
        return -1;
    }

    /**
     * Returns how many bytes before the limit begin a character whose end is still to come: 0 to 3. Nothing before
     * {@code from} belongs to it.
     */
    static int incompleteLength(byte[] utf8, int from, int limit) {
        int at = limit - 1;
        while (at > from && at > limit - MAX_INCOMPLETE && isContinuation(utf8[at])) {
            at--;
        }
        boolean isLead = at >= from && utf8[at] >= (byte) 0xC2 && utf8[at] <= (byte) 0xF4;
        return isLead && -sequenceLength(utf8, at, limit) == limit - at ? limit - at : 0;
    }

    /**
     * Returns the number of UTF-16 code units that a sequence of this length, as of {@link #sequenceLength}, decodes
     * to.
     */
    static int utf16Length(int sequenceLength) {
        return sequenceLength == MIN_SUPPLEMENTARY_LENGTH ? 2 : 1;
    }

    /** Returns whether the byte is one of the second to fourth bytes of a sequence. */
    static boolean isContinuation(byte b) {
        return b < (byte) 0xC0;
    }
}
