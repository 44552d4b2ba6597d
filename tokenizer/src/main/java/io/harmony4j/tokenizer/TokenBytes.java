package io.harmony4j.tokenizer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The bytes of all tokens of one encoding, ordinary and special. Immutable and thread-safe. */
final class TokenBytes {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Vocabulary vocabulary;
    private final SpecialTokenTable specials;

    TokenBytes(Vocabulary vocabulary, SpecialTokenTable specials) {
        this.vocabulary = vocabulary;
        this.specials = specials;
    }

    /** Returns the length of a token in bytes. */
    int length(int token) {
        return SpecialTokenTable.contains(token) ? specials.bytes(token).length : vocabulary.length(token);
    }

    /** Copies the bytes of a token. */
    void copy(int token, byte[] into, int at) {
        if (SpecialTokenTable.contains(token)) {
            System.arraycopy(specials.bytes(token), 0, into, at, specials.bytes(token).length);
        } else {
            System.arraycopy(vocabulary.bytes(), vocabulary.start(token), into, at, vocabulary.length(token));
        }
    }

    /** Returns the length of the longest token in bytes. */
    int longest() {
        return Math.max(vocabulary.longest(), SpecialTokenTable.MAX_LENGTH);
    }

    /** Returns the bytes of tokens, all of which must be known. */
    byte[] join(int[] tokens) {
        int length = 0;
        for (int token : tokens) {
            length = Math.addExact(length, length(token));
        }
        return join(tokens, length);
    }

    /** Returns the bytes of tokens, all of which must be known, given how many bytes they are. */
    byte[] join(int[] tokens, int length) {
        byte[] joined = new byte[length];
        byte[] bytes = vocabulary.bytes();
        int at = 0;
        for (int token : tokens) {
            int tokenLength = length(token);
            boolean fits = tokenLength <= 2 * Long.BYTES && at + 2 * Long.BYTES <= length;
            if (fits && !SpecialTokenTable.contains(token)) {
                // Sixteen bytes, whatever their number: what is too much, the next token overwrites.
                int start = vocabulary.start(token);
                LONG.set(joined, at, (long) LONG.get(bytes, start));
                LONG.set(joined, at + Long.BYTES, (long) LONG.get(bytes, start + Long.BYTES));
            } else {
                copy(token, joined, at);
            }
            at += tokenLength;
        }
        return joined;
    }
}
