package io.harmony4j.tokenizer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bytes of the tokens of one encoding, those of up to {@value #SHORT} beside their length in two {@code long}s, so that one look says all
 * of a token. Takes 3.2 MB. Immutable and thread-safe.
 */
final class TokenWords {
    /** The bytes that are copied of each token, whether it has so many or not. */
    static final int COPIED = 2 * Long.BYTES;

    /** The most bytes that an entry has room for. */
    private static final int SHORT = 2 * Long.BYTES - 1;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Where in the second {@code long} of an entry the length begins, above the last bytes. */
    private static final int LENGTH_SHIFT = Long.SIZE - Byte.SIZE;

    private final TokenBytes tokenBytes;

    /** [id, 2], the bytes and the length; for a longer token a length of {@code SHORT + 1}. */
    private final long[] entries = new long[2 * (SpecialTokenTable.LAST + 1)];

    TokenWords(TokenBytes tokenBytes) {
        this.tokenBytes = tokenBytes;
        byte[] token = new byte[Math.max(tokenBytes.longest(), 2 * Long.BYTES)];
        for (int id = 0; id <= SpecialTokenTable.LAST; id++) {
            tokenBytes.copy(id, token, 0);
            token[SHORT] = (byte) Math.min(tokenBytes.length(id), SHORT + 1);
            entries[2 * id] = (long) LONG.get(token, 0);
            entries[2 * id + 1] = (long) LONG.get(token, Long.BYTES);
        }
    }

    /** Returns how much room {@link #write} needs for so many tokens, unless many of them are longer than an entry. */
    static long room(int count) {
        return (count + 1L) * COPIED + Utf16.PADDING;
    }

    /**
     * Writes the bytes of tokens that are all known, one token's after the other's, and rubbish after them, at least {@link Utf16#PADDING}; returns how
     * many there are, or -1 if there is no room.
     */
    int write(int[] tokens, byte[] into) {
        int lastAt = into.length - COPIED - Utf16.PADDING;
        int at = 0;
        for (int token : tokens) {
            if (at > lastAt) {
                return -1;
            }
            long second = entries[2 * token + 1];
            int length = (int) (second >>> LENGTH_SHIFT);
            if (length <= SHORT) {
                // What is too much, the next token overwrites.
                LONG.set(into, at, entries[2 * token]);
                LONG.set(into, at + Long.BYTES, second);
            } else {
                length = tokenBytes.length(token);
                if (length > into.length - Utf16.PADDING - at) {
                    return -1;
                }
                tokenBytes.copy(token, into, at);
            }
            at += length;
        }
        return at;
    }

    /** Writes the bytes of a token, and up to {@link #COPIED} of rubbish; returns where the bytes end. */
    int write(int token, byte[] into, int at) {
        long second = entries[2 * token + 1];
        int length = (int) (second >>> LENGTH_SHIFT);
        if (length <= SHORT) {
            LONG.set(into, at, entries[2 * token]);
            LONG.set(into, at + Long.BYTES, second);
            return at + length;
        }
        tokenBytes.copy(token, into, at);
        return at + tokenBytes.length(token);
    }
}
