package io.harmony4j.tokenizer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * The ordinary tokens of o200k, ids 0 to 199997: their bytes, and the two parts that the last merge of each joins. Ids below
 * 256 are the single bytes, in an order of their own. Each longer token is made of two with lower ids. Immutable and
 * thread-safe.
 */
final class Vocabulary {
    /** No token. */
    static final int NONE = -1;

    /** Ids below this one are single bytes, the others are longer. */
    static final int SINGLE_BYTES = 256;

    private static final int O200K_SIZE = 199998;

    /** The number of bits that hold any ordinary token's id. */
    static final int ID_BITS = 18;

    /** All tokens' bytes in the order of their ids, then {@link Utf8Text#PADDING} bytes. */
    private final byte[] bytes;

    private final int[] starts; // [id], and the end of the last token
    private final int[] lefts; // [id], the left part of its last merge, or NONE
    private final int[] rights; // [id], the right part of its last merge, or NONE
    private final int[] singles = new int[SINGLE_BYTES]; // [byte]
    private final int longest;

    private Vocabulary(byte[] bytes, int[] starts, int[] lefts, int[] rights, int longest) {
        this.bytes = bytes;
        this.starts = starts;
        this.lefts = lefts;
        this.rights = rights;
        this.longest = longest;
        for (int id = 0; id < SINGLE_BYTES; id++) {
            singles[bytes[id] & 0xFF] = id;
        }
    }

    /** Reads the resource that the build makes; src/generator/java/GenerateVocabulary.java describes it. */
    static Vocabulary load() {
        try (InputStream in = Resource.open("o200k.merges")) {
            byte[] single = in.readNBytes(SINGLE_BYTES);
            int[] lefts = new int[O200K_SIZE];
            int[] rights = new int[O200K_SIZE];
            Resource.readIds(in, lefts, SINGLE_BYTES);
            Resource.readIds(in, rights, SINGLE_BYTES);
            return of(single, lefts, rights);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the ids in the order of the tokens' unsigned bytes. */
    static int[] loadOrder() {
        try (InputStream in = Resource.open("o200k.order")) {
            int[] order = new int[O200K_SIZE];
            Resource.readIds(in, order, 0);
            return order;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes a vocabulary.
     *
     * @param single the bytes that are tokens 0 to 255
     * @param lefts [id], the left part of each token's last merge; nothing for single bytes
     * @param rights [id], the same of the right part
     */
    static Vocabulary of(byte[] single, int[] lefts, int[] rights) {
        Arrays.fill(lefts, 0, SINGLE_BYTES, NONE);
        Arrays.fill(rights, 0, SINGLE_BYTES, NONE);
        int[] starts = new int[lefts.length + 1];
        for (int id = 0; id <= SINGLE_BYTES; id++) {
            starts[id] = id;
        }
        int longest = 1;
        for (int id = SINGLE_BYTES; id < lefts.length; id++) {
            int length = length(starts, lefts[id]) + length(starts, rights[id]);
            starts[id + 1] = starts[id] + length;
            longest = Math.max(longest, length);
        }
        byte[] bytes = Arrays.copyOf(single, starts[lefts.length] + Utf8Text.PADDING);
        for (int id = SINGLE_BYTES; id < lefts.length; id++) {
            int middle = copy(bytes, starts, lefts[id], starts[id]);
            copy(bytes, starts, rights[id], middle);
        }
        return new Vocabulary(bytes, starts, lefts, rights, longest);
    }

    private static int length(int[] starts, int id) {
        return starts[id + 1] - starts[id];
    }

    /** Copies a token's bytes; returns where they end. */
    private static int copy(byte[] bytes, int[] starts, int id, int to) {
        int at = to;
        for (int from = starts[id]; from < starts[id + 1]; from++) {
            bytes[at++] = bytes[from];
        }
        return at;
    }

    /** Returns the number of ordinary tokens. */
    int size() {
        return lefts.length;
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

    /** Returns the left part of a token's last merge, or {@link #NONE} for a single byte. */
    int left(int token) {
        return lefts[token];
    }

    /** Returns the right part of a token's last merge, or {@link #NONE} for a single byte. */
    int right(int token) {
        return rights[token];
    }
}
