package io.harmony4j.tokenizer;

import java.nio.ByteBuffer;

/**
 * The bytes of the ordinary tokens of o200k, ids 0 to 199997. Ids below 256 are the single bytes, in an order of their
 * own. Each longer token is made by a last merge of two tokens with lower ids. Immutable and thread-safe.
 */
final class Vocabulary {
    /** No token. */
    static final int NONE = -1;

    /** Ids below this one are single bytes, the others are longer. */
    static final int SINGLE_BYTES = 256;

    /** The number of bits that hold any ordinary token's id. */
    static final int ID_BITS = 18;

    /** All tokens' bytes in the order of their ids, then {@link Utf8Text#PADDING} bytes. */
    private final byte[] bytes;

    private final int[] starts; // [id], and the end of the last token

    /** The ids in the order of the tokens' unsigned bytes. */
    private final int[] byBytes;

    private final int[] prefixes; // [id], the longest other token that it begins with, or NONE
    private final int[] lefts; // [id], the left part of its last merge, or NONE
    private final int[] singles = new int[SINGLE_BYTES]; // [byte]
    private final int longest;

    private Vocabulary(byte[] bytes, int[] starts, int[] byBytes, int[] prefixes, int[] lefts) {
        this.bytes = bytes;
        this.starts = starts;
        this.byBytes = byBytes;
        this.prefixes = prefixes;
        this.lefts = lefts;
        for (int id = 0; id < SINGLE_BYTES; id++) {
            singles[bytes[starts[id]] & 0xFF] = id;
        }
        int length = 0;
        for (int id = 0; id < byBytes.length; id++) {
            length = Math.max(length, length(id));
        }
        longest = length;
    }

    /** Reads the resource that the build makes; src/generator/java/GenerateVocabulary.java describes it. */
    static Vocabulary load() {
        ByteBuffer resource = ByteBuffer.wrap(Resource.read("o200k.vocabulary"));
        int size = resource.getInt();
        byte[] shared = next(resource, size);
        byte[] following = next(resource, size);
        byte[] lefts = next(resource, size);
        byte[] ids = next(resource, 3 * size);
        return of(shared, following, lefts, ids, next(resource, resource.remaining()));
    }

    private static byte[] next(ByteBuffer resource, int length) {
        byte[] column = new byte[length];
        resource.get(column);
        return column;
    }

    /** Makes a vocabulary from the columns of the resource. */
    static Vocabulary of(byte[] shared, byte[] following, byte[] lefts, byte[] ids, byte[] suffixes) {
        int size = shared.length;
        int[] byBytes = new int[size];
        int[] starts = new int[size + 1];
        for (int i = 0; i < size; i++) {
            byBytes[i] = (ids[3 * i] & 0xFF) << 16 | (ids[3 * i + 1] & 0xFF) << 8 | (ids[3 * i + 2] & 0xFF);
            starts[byBytes[i] + 1] = (shared[i] & 0xFF) + (following[i] & 0xFF);
        }
        for (int id = 0; id < size; id++) {
            starts[id + 1] += starts[id];
        }
        byte[] bytes = new byte[starts[size] + Utf8Text.PADDING];
        int[] prefixes = new int[size];
        int[] leftParts = new int[size];
        int previous = NONE;
        int suffix = 0;
        for (int i = 0; i < size; i++) {
            int token = byBytes[i];
            int start = starts[token];
            int prefixLength = shared[i] & 0xFF;
            int suffixLength = following[i] & 0xFF;
            if (previous != NONE) {
                System.arraycopy(bytes, starts[previous], bytes, start, prefixLength);
            }
            System.arraycopy(suffixes, suffix, bytes, start + prefixLength, suffixLength);
            suffix += suffixLength;
            // What a token begins with lies before it in this order, and what lies between begins with that too.
            prefixes[token] = prefixUpTo(prefixLength, previous, starts, prefixes);
            leftParts[token] = prefixUpTo(lefts[i], prefixes[token], starts, prefixes);
            previous = token;
        }
        return new Vocabulary(bytes, starts, byBytes, prefixes, leftParts);
    }

    /** Returns the token itself, if it is at most so many bytes long, or else the longest such token it begins with. */
    private static int prefixUpTo(int length, int token, int[] starts, int[] prefixes) {
        int prefix = token;
        while (prefix != NONE && starts[prefix + 1] - starts[prefix] > length) {
            prefix = prefixes[prefix];
        }
        return prefix;
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

    /** Returns the length of the longest token in bytes. */
    int longest() {
        return longest;
    }

    /** Returns the token that is a single byte. */
    int single(byte b) {
        return singles[b & 0xFF];
    }

    /** Returns the {@code i}th token in the order of unsigned bytes. */
    int inByteOrder(int i) {
        return byBytes[i];
    }

    /** Returns the longest other token that a token begins with, or {@link #NONE} for a single byte. */
    int longestPrefix(int token) {
        return prefixes[token];
    }

    /** Returns the left part of a token's last merge, or {@link #NONE} for a single byte. */
    int left(int token) {
        return lefts[token];
    }
}
