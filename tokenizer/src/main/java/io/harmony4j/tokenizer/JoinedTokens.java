package io.harmony4j.tokenizer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Puts stretches of one array, one for each token, together in another. */
final class JoinedTokens {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** The bytes that are copied of each token, whether it has so many or not. */
    static final int COPIED = 2 * Long.BYTES;

    private JoinedTokens() {}

    /**
     * Writes the bytes of tokens, one token's after the other's.
     *
     * @param bytes the bytes of all tokens, and {@link #COPIED} more
     * @param starts [id], where a token's bytes start, and where those of the last one end
     * @param tokens ids that are all known
     * @param joined where to; it has room for them, and what is after them may be overwritten
     */
    static void write(byte[] bytes, int[] starts, int[] tokens, byte[] joined) {
        int at = 0;
        for (int token : tokens) {
            int start = starts[token];
            int count = starts[token + 1] - start;
            copy(bytes, start, count, joined, at);
            at += count;
        }
    }

    /** Copies a token's bytes, and others up to {@link #COPIED} where there is room for them, which the next token overwrites. */
    static void copy(byte[] bytes, int start, int count, byte[] joined, int at) {
        if (count <= COPIED && at <= joined.length - COPIED) {
            LONG.set(joined, at, (long) LONG.get(bytes, start));
            LONG.set(joined, at + Long.BYTES, (long) LONG.get(bytes, start + Long.BYTES));
        } else {
            System.arraycopy(bytes, start, joined, at, count);
        }
    }
}
