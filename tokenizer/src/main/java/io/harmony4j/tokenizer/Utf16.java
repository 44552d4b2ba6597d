package io.harmony4j.tokenizer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * UTF-8 to UTF-16 in bytes, the lower byte of a code unit first: quicker than Java's decoder where characters of different lengths take turns.
 * {@link Utf8#decode(byte[])} defines the result.
 */
final class Utf16 {
    /** How many bytes there are after the text to be read, and for how many more bytes there is room where it is written. */
    static final int PADDING = Long.BYTES * Character.BYTES;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf16() {}

    /**
     * Writes the text of the bytes before the limit, with U+FFFD for what is ill-formed; returns where it ends.
     *
     * @param utf8 the bytes, and {@link #PADDING} more, which are overwritten
     * @param into has room for two bytes for each byte, and PADDING more
     */
    static int write(byte[] utf8, int limit, byte[] into, int start) {
        LONG.set(utf8, limit, 0L); // so that no character reaches beyond the limit
        int out = start;
        int at = 0;
        while (at < limit) {
            long eight = (long) LONG.get(utf8, at);
            if ((eight & HIGH_BITS) == 0) {
                LONG.set(into, out, codeUnits((int) eight));
                LONG.set(into, out + Long.BYTES, codeUnits((int) (eight >>> Integer.SIZE)));
                out += Long.BYTES * Character.BYTES;
                at += Long.BYTES;
                continue;
            }
            int four = (int) eight;
            if ((four & 0x80) == 0) {
                SHORT.set(into, out, (short) (four & 0x7F));
                out += Character.BYTES;
                at++;
            } else if ((four & 0xC0C0F0) == 0x8080E0 && isOfThree(threeBytes(four))) {
                SHORT.set(into, out, (short) threeBytes(four));
                out += Character.BYTES;
                at += 3;
            } else if ((four & 0xC0E0) == 0x80C0 && (four & 0x1E) != 0) {
                SHORT.set(into, out, (short) ((four & 0x1F) << 6 | (four >> 8 & 0x3F)));
                out += Character.BYTES;
                at += 2;
            } else if ((four & 0xC0C0C0F8) == 0x808080F0 && Character.isSupplementaryCodePoint(fourBytes(four))) {
                int c = fourBytes(four);
                SHORT.set(into, out, (short) Character.highSurrogate(c));
                SHORT.set(into, out + Character.BYTES, (short) Character.lowSurrogate(c));
                out += 2 * Character.BYTES;
                at += 4;
            } else {
                SHORT.set(into, out, (short) Utf8.REPLACEMENT);
                out += Character.BYTES;
                at -= Utf8.sequenceLength(utf8, at, limit);
            }
        }
        return out - (at - limit) * Character.BYTES; // eight bytes of ASCII may be fewer
    }

    /** Returns four bytes of ASCII as code units. */
    private static long codeUnits(int four) {
        long pairs = (four & 0xFFFFL) | (four & 0xFFFF_0000L) << Short.SIZE;
        return (pairs | pairs << Byte.SIZE) & 0x00FF_00FF_00FF_00FFL;
    }

    private static int threeBytes(int four) {
        return (four & 0xF) << 12 | (four >> 2 & 0xFC0) | (four >> 16 & 0x3F);
    }

    /** Returns whether a character has three bytes: not fewer, and it is no surrogate. */
    private static boolean isOfThree(int c) {
        return c >= 0x800 && !Character.isSurrogate((char) c);
    }

    private static int fourBytes(int four) {
        return (four & 0x7) << 18 | (four << 4 & 0x3F000) | (four >> 10 & 0xFC0) | (four >> 24 & 0x3F);
    }
}
