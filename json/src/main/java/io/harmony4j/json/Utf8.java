package io.harmony4j.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Whether bytes are UTF-8, found out without decoding them. */
final class Utf8 {
    /** The most bytes of a character. */
    static final int MAX_SEQUENCE = 4;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** The bit of each of eight bytes that ASCII does not have. */
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private Utf8() {}

    static boolean isWellFormed(byte[] utf8) {
        int at = 0;
        while (at < utf8.length) {
            if (at + Long.BYTES <= utf8.length && ((long) LONG.get(utf8, at) & HIGH_BITS) == 0) {
                at += Long.BYTES;
                continue;
            }
            int length = sequenceLength(utf8, at);
            if (length == 0) {
                return false;
            }
            at += length;
        }
        return true;
    }

    /** Returns how many bytes the character at an index has; 0 if there is none: the table 3-7 of the Unicode standard. */
    private static int sequenceLength(byte[] utf8, int at) {
        int first = utf8[at] & 0xFF;
        if (first < 0x80) {
            return 1;
        }
        if (first >= 0xC2 && first <= 0xDF) {
            return isIn(utf8, at + 1, 0x80, 0xBF) ? 2 : 0;
        }
        if (first >= 0xE0 && first <= 0xEF) { // not longer than needed, and no surrogate
            boolean isSecond = isIn(utf8, at + 1, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF);
            return isSecond && isIn(utf8, at + 2, 0x80, 0xBF) ? 3 : 0;
        }
        if (first >= 0xF0 && first <= 0xF4) { // not longer than needed, and not beyond U+10FFFF
            boolean isSecond = isIn(utf8, at + 1, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF);
            return isSecond && isIn(utf8, at + 2, 0x80, 0xBF) && isIn(utf8, at + 3, 0x80, 0xBF) ? 4 : 0;
        }
        return 0;
    }

    private static boolean isIn(byte[] utf8, int at, int least, int most) {
        return at < utf8.length && (utf8[at] & 0xFF) >= least && (utf8[at] & 0xFF) <= most;
    }
}
