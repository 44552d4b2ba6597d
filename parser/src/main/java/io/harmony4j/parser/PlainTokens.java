package io.harmony4j.parser;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.harmony4j.SpecialToken;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is known of ordinary tokens that mean the same in a content whatever stands before them. It is found out when a token comes for
 * the first time, for all parsers; what two threads find at the same time is equal. Takes 4.2 MB, and the texts.
 */
final class PlainTokens {
    private static final VarHandle TEXT = MethodHandles.arrayElementVarHandle(String[].class);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int COUNT = SpecialToken.START_OF_TEXT.id();

    /** The bytes of a packed text, and those that are written for it. */
    private static final int MAX_PACKED = 2 * Long.BYTES - 1;

    static final int WRITTEN = 2 * Long.BYTES;

    /** Where in the second half of a packed text the number of bytes begins, above the bytes, and where its length. */
    private static final int BYTES_SHIFT = 56;

    private static final int LENGTH_SHIFT = 60;

    /** [token], the text if it is plain: none of it can be a word of a header. Almost all are. Written after the packed text. */
    private static final @Nullable String[] TEXTS = new String[COUNT];

    /**
     * [token, 2], the text of up to 15 bytes if it is plain: these in UTF-8, then four bits with their number, and four with the length
     * in UTF-16 code units. 0 elsewhere.
     */
    private static final long[] PACKED = new long[2 * COUNT];

    /** [token], whether the text is a space and the beginning of a word of a header: {@code " to"}, {@code " a"}. */
    private static final boolean[] OPENING = new boolean[COUNT];

    private PlainTokens() {}

    /** Returns the text of a token; null if it is not known to be plain. */
    static @Nullable String text(int token) {
        return token >= 0 && token < COUNT ? (String) TEXT.getAcquire(TEXTS, token) : null;
    }

    /** Returns whether the text of a plain token is short enough to be written. */
    static boolean isShort(int token) {
        return PACKED[2 * token + 1] != 0;
    }

    /** Writes the text of a short token in UTF-8, and rubbish after it, {@link #WRITTEN} bytes in all; returns how many belong to it. */
    static int write(int token, byte[] into, int at) {
        LONG.set(into, at, PACKED[2 * token]);
        LONG.set(into, at + Long.BYTES, PACKED[2 * token + 1]);
        return (int) (PACKED[2 * token + 1] >>> BYTES_SHIFT) & MAX_PACKED;
    }

    /** Returns the length of the text of a short token in UTF-16 code units. */
    static int length(int token) {
        return (int) (PACKED[2 * token + 1] >>> LENGTH_SHIFT);
    }

    /** Returns whether a token is known to be a space and the beginning of a word of a header. */
    static boolean isOpening(int token) {
        return token >= 0 && token < COUNT && OPENING[token];
    }

    /** Takes note of the whole text of a token. */
    static void add(int token, String text) {
        if (token >= COUNT) {
            return; // a special one
        }
        int words = UnmarkedHeader.next(text, 0, ' ', false);
        if (words == text.length()) {
            pack(token, text);
            TEXT.setRelease(TEXTS, token, text);
        } else if (words == 1 && text.charAt(0) == ' ' && UnmarkedHeader.isCut(text, 1)) {
            OPENING[token] = true;
        }
    }

    private static void pack(int token, String text) {
        byte[] utf8 = text.getBytes(UTF_8);
        if (utf8.length <= MAX_PACKED) {
            byte[] padded = Arrays.copyOf(utf8, WRITTEN);
            padded[MAX_PACKED] = (byte) (utf8.length | text.length() << (LENGTH_SHIFT - BYTES_SHIFT));
            PACKED[2 * token] = (long) LONG.get(padded, 0);
            PACKED[2 * token + 1] = (long) LONG.get(padded, Long.BYTES);
        }
    }
}
