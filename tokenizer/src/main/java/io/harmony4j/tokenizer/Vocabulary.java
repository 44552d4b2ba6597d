package io.harmony4j.tokenizer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The bytes of the ordinary tokens of o200k, ids 0 to 199997. Ids below 256 are the single bytes, in an order of their own.
 * Immutable and thread-safe.
 */
final class Vocabulary {
    /** No token. */
    static final int NONE = -1;

    /** Ids below this one are single bytes, the others are longer. */
    static final int SINGLE_BYTES = 256;

    /** The number of bits that hold any ordinary token's id. */
    static final int ID_BITS = 18;

    /** The number of tokens of o200k. */
    static final int O200K_SIZE = 199998;

    /** All tokens' bytes in the order of their ids, then {@link Utf8Text#PADDING} bytes. */
    private final byte[] bytes;

    private final int[] starts; // [id], and the end of the last token
    private final int[] singles = new int[SINGLE_BYTES]; // [byte]
    private int longest; // 0 until somebody asks

    /**
     * Makes a vocabulary.
     *
     * @param bytes the bytes of all tokens, and {@link Utf8Text#PADDING} more
     * @param starts [id], where each token starts, and where the last one ends
     */
    Vocabulary(byte[] bytes, int[] starts) {
        this.bytes = bytes;
        this.starts = starts;
        for (int id = 0; id < SINGLE_BYTES; id++) {
            singles[bytes[id] & 0xFF] = id;
        }
    }

    /** Reads the resource that the build makes; src/generator/java/GenerateVocabulary.java describes it. */
    static Vocabulary load() {
        try (InputStream in = Resource.open("o200k.tokens")) {
            int[] starts = Resource.readStarts(in, O200K_SIZE);
            int length = starts[O200K_SIZE];
            byte[] bytes = new byte[length + Utf8Text.PADDING];
            Resource.readFully(in, bytes, length);
            return new Vocabulary(bytes, starts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the number of ordinary tokens. */
    int size() {
        return starts.length - 1;
    }

    /** Returns the bytes of all tokens, and {@link Utf8Text#PADDING} more. */
    byte[] bytes() {
        return bytes;
    }

    /** Returns where in {@link #bytes} each token starts, and where the last one ends. */
    int[] starts() {
        return starts;
    }

    /** Returns where in {@link #bytes} a token starts. */
    int start(int token) {
        return starts[token];
    }

    /** Returns where in {@link #bytes} a token ends. */
    int end(int token) {
        return starts[token + 1];
    }

    /** Returns the length of a token in bytes. */
    int length(int token) {
        return starts[token + 1] - starts[token];
    }

    /** Returns the length of the longest token in bytes. */
    int longest() {
        if (longest == 0) {
            int length = 1;
            for (int id = 0; id < size(); id++) {
                length = Math.max(length, length(id));
            }
            longest = length;
        }
        return longest;
    }

    /** Returns the token that is a single byte. */
    int single(byte b) {
        return singles[b & 0xFF];
    }
}
