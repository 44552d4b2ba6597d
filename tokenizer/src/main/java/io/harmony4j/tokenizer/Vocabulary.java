package io.harmony4j.tokenizer;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The bytes of the ordinary tokens of o200k, ids 0 to 199997. Ids below 256 are the single bytes, in an order of their own.
 * Each longer token is made by a last merge of two tokens with lower ids. Immutable and thread-safe.
 */
final class Vocabulary {
    /** No token. */
    static final int NONE = -1;

    /** Ids below this one are single bytes, the others are longer. */
    static final int SINGLE_BYTES = 256;

    /** The number of bits that hold any ordinary token's id. */
    static final int ID_BITS = 18;

    private static final String RESOURCE = "o200k.vocabulary";

    /** All tokens' bytes in the order of their ids, then {@link Utf8Text#PADDING} bytes. */
    private final byte[] bytes;

    private final int[] starts; // [id], and the end of the last token

    /** The ids in the order of their unsigned bytes. */
    private final int[] byBytes;

    private final byte[] leftLengths; // [id]
    private final int[] singles = new int[SINGLE_BYTES]; // [byte]

    private Vocabulary(byte[] bytes, int[] starts, int[] byBytes, byte[] leftLengths) {
        this.bytes = bytes;
        this.starts = starts;
        this.byBytes = byBytes;
        this.leftLengths = leftLengths;
        for (int id = 0; id < SINGLE_BYTES; id++) {
            singles[bytes[starts[id]] & 0xFF] = id;
        }
    }

    /** Reads the resource that the build makes; src/generator/java/GenerateVocabulary.java describes it. */
    static Vocabulary load() {
        try (InputStream in = Vocabulary.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("expected the resource " + RESOURCE
                        + " beside the tokenizer's classes but" + " found none: the build makes it");
            }
            DataInputStream data = new DataInputStream(in);
            int size = data.readInt();
            byte[] shared = data.readNBytes(size);
            byte[] following = data.readNBytes(size);
            byte[] lefts = data.readNBytes(size);
            byte[] ids = data.readNBytes(3 * size);
            byte[] suffixes = data.readAllBytes();
            return of(shared, following, lefts, ids, suffixes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Vocabulary of(byte[] shared, byte[] following, byte[] lefts, byte[] ids, byte[] suffixes) {
        int size = shared.length;
        int[] byBytes = new int[size];
        byte[] leftLengths = new byte[size];
        int[] starts = new int[size + 1];
        for (int i = 0; i < size; i++) {
            int id = (ids[3 * i] & 0xFF) << 16 | (ids[3 * i + 1] & 0xFF) << 8 | (ids[3 * i + 2] & 0xFF);
            byBytes[i] = id;
            leftLengths[id] = lefts[i];
            starts[id + 1] = (shared[i] & 0xFF) + (following[i] & 0xFF);
        }
        for (int id = 0; id < size; id++) {
            starts[id + 1] += starts[id];
        }
        byte[] bytes = new byte[starts[size] + Utf8Text.PADDING];
        int previous = 0; // where the token before starts
        int suffix = 0;
        for (int i = 0; i < size; i++) {
            int start = starts[byBytes[i]];
            int prefixLength = shared[i] & 0xFF;
            int suffixLength = following[i] & 0xFF;
            System.arraycopy(bytes, previous, bytes, start, prefixLength);
            System.arraycopy(suffixes, suffix, bytes, start + prefixLength, suffixLength);
            suffix += suffixLength;
            previous = start;
        }
        return new Vocabulary(bytes, starts, byBytes, leftLengths);
    }

    /** Returns the number of ordinary tokens. */
    int size() {
        return byBytes.length;
    }

    /** Returns the bytes of all tokens, and {@link Utf8Text#PADDING} more. */
    byte[] bytes() {
        return bytes;
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

    /** Returns the token that is a single byte. */
    int single(byte b) {
        return singles[b & 0xFF];
    }

    /** Returns the {@code i}th token in the order of unsigned bytes. */
    int inByteOrder(int i) {
        return byBytes[i];
    }

    /** Returns the length in bytes of the left part of a token's last merge, 0 for single bytes. */
    int leftLength(int token) {
        return leftLengths[token];
    }
}
