package io.harmony4j.tokenizer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The longest token that a text has at a byte, and the shorter ones. The tokens lie in the order of their bytes; every
 * token that the text begins with is the greatest one that is not greater than the text, or a prefix of that one. So a
 * binary search finds a candidate, and the longest prefix of each token leads to the rest. Immutable and thread-safe.
 */
final class LongestMatch {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** From this byte on, the first byte of three or four of a character. */
    private static final int FIRST_OF_THREE = 0xE0;

    /** What {@link #find} returns has the token in the bits below, its length above. */
    static final int LENGTH_SHIFT = Vocabulary.ID_BITS;

    static final int TOKEN_MASK = (1 << LENGTH_SHIFT) - 1;

    private final Vocabulary vocabulary;

    /** The ids in the order of the tokens' unsigned bytes. */
    private final int[] order;

    private final int[] prefixes; // [token], the longest other one that it begins with, or NONE

    /** The {@link #key} of each token, in the order of the tokens' bytes. */
    private final long[] keys;

    /**
     * For each token in that order, the place in it of the longest other one that it begins with, and above it
     * {@link #find}'s answer for the token itself.
     */
    private final long[] nodes;

    /** For each pair of bytes, where in that order the tokens begin that start with it. */
    private final int[] pairs = new int[(1 << Short.SIZE) + 1];

    /** The same for three bytes, the first of which is {@link #FIRST_OF_THREE} or more. */
    private final int[] triples = new int[((256 - FIRST_OF_THREE) << Short.SIZE) + 1];

    /** Reads the resource that the build makes; src/generator/java/GenerateVocabulary.java describes it. */
    static LongestMatch load(Vocabulary vocabulary) {
        try (InputStream in = Resource.open("o200k.order")) {
            int[] order = new int[Vocabulary.O200K_SIZE];
            Resource.readIds(in, order, 0);
            return new LongestMatch(vocabulary, order);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes this.
     *
     * @param order the ids in the order of the tokens' unsigned bytes
     */
    LongestMatch(Vocabulary vocabulary, int[] order) {
        this.vocabulary = vocabulary;
        this.order = order;
        int size = vocabulary.size();
        prefixes = new int[size];
        keys = new long[size];
        nodes = new long[size];
        int[] places = new int[size]; // [token]
        byte[] bytes = vocabulary.bytes();
        int pair = 0;
        int triple = 0;
        for (int i = 0; i < size; i++) {
            int token = order[i];
            int start = vocabulary.start(token);
            int length = vocabulary.length(token);
            places[token] = i;
            keys[i] = key(bytes, start, start + length);
            int prefix = findPrefix(i);
            prefixes[token] = prefix;
            long answer = (long) length << LENGTH_SHIFT | token;
            nodes[i] = answer << Integer.SIZE | (prefix == Vocabulary.NONE ? 0 : places[prefix]);
            if (length >= 2) {
                for (int last = pair(bytes, start); pair <= last; pair++) {
                    pairs[pair] = i;
                }
            }
            if (length >= 3 && (bytes[start] & 0xFF) >= FIRST_OF_THREE) {
                for (int last = triple(bytes, start); triple <= last; triple++) {
                    triples[triple] = i;
                }
            }
        }
        Arrays.fill(pairs, pair, pairs.length, size);
        Arrays.fill(triples, triple, triples.length, size);
    }

    /**
     * Returns the longest other token that the {@code i}th one begins with, or NONE. It lies before it in the order of
     * bytes, and what lies between begins with it too.
     */
    private int findPrefix(int i) {
        if (i == 0) {
            return Vocabulary.NONE;
        }
        int token = order[i];
        int prefix = order[i - 1];
        byte[] bytes = vocabulary.bytes();
        int common = Arrays.mismatch(
                bytes,
                vocabulary.start(prefix),
                vocabulary.end(prefix),
                bytes,
                vocabulary.start(token),
                vocabulary.end(token));
        while (prefix != Vocabulary.NONE && vocabulary.length(prefix) > common) {
            prefix = prefixes[prefix];
        }
        return prefix;
    }

    /** Returns the longest other token that a token begins with, or NONE for a single byte. */
    int longestPrefix(int token) {
        return prefixes[token];
    }

    /**
     * Returns the longest token that the text from {@code at} to {@code limit} begins with, and its length: see
     * LENGTH_SHIFT. The text must have {@link Utf8Text#PADDING} bytes behind the limit; {@code at < limit}.
     */
    int find(byte[] text, int at, int limit) {
        int length = limit - at;
        if (length >= 3 && (text[at] & 0xFF) >= FIRST_OF_THREE) {
            int triple = triple(text, at);
            int place = place(text, at, limit, triples[triple], triples[triple + 1]);
            if (place != Vocabulary.NONE) {
                return match(place, text, at, limit);
            }
        }
        if (length >= 2) {
            int pair = pair(text, at);
            int place = place(text, at, limit, pairs[pair], pairs[pair + 1]);
            if (place != Vocabulary.NONE) {
                return match(place, text, at, limit);
            }
        }
        return vocabulary.single(text[at]) | 1 << LENGTH_SHIFT;
    }

    /** Returns the place of the greatest token in a range that is not greater than the text, or NONE. */
    private int place(byte[] text, int at, int limit, int start, int end) {
        long key = key(text, at, limit);
        int from = start;
        int to = end;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (keys[middle] > key || (keys[middle] == key && isGreater(middle, text, at, limit))) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from == start ? Vocabulary.NONE : from - 1;
    }

    /** Returns the longest token that the text begins with, given the greatest one that is not greater. */
    private int match(int greatest, byte[] text, int at, int limit) {
        int common = common(greatest, text, at, limit);
        long node = nodes[greatest];
        while (node >>> (Integer.SIZE + LENGTH_SHIFT) > common) {
            node = nodes[(int) node]; // which exists: a single byte is not longer than what is common
        }
        return (int) (node >>> Integer.SIZE);
    }

    /** Returns how many bytes a token and the text from {@code at} to {@code limit} have in common, or a few more. */
    private int common(int place, byte[] text, int at, int limit) {
        long difference = keys[place] ^ key(text, at, limit);
        if (difference != 0) {
            return Math.min(Long.numberOfLeadingZeros(difference) / Byte.SIZE, limit - at);
        }
        int token = order[place];
        int end = Math.min(limit, at + vocabulary.length(token));
        int common = Arrays.mismatch(vocabulary.bytes(), vocabulary.start(token), vocabulary.end(token), text, at, end);
        return common < 0 ? vocabulary.length(token) : common;
    }

    /**
     * Returns whether the {@code i}th token in the order of bytes is greater than the text from {@code at} to limit.
     */
    private boolean isGreater(int i, byte[] text, int at, int limit) {
        int token = order[i];
        int end = Math.min(limit, at + vocabulary.length(token));
        return Arrays.compareUnsigned(vocabulary.bytes(), vocabulary.start(token), vocabulary.end(token), text, at, end)
                > 0;
    }

    /** Returns the first eight bytes as a number in the order of bytes, as if zeros followed those that there are. */
    private static long key(byte[] text, int start, int end) {
        long eight = (long) LONG.get(text, start);
        int missing = Math.max(0, Long.BYTES - (end - start));
        long present = missing == 0 ? eight : (eight >>> (Byte.SIZE * missing)) << (Byte.SIZE * missing);
        return present ^ Long.MIN_VALUE; // unsigned order as signed order
    }

    private static int pair(byte[] text, int at) {
        return (text[at] & 0xFF) << Byte.SIZE | (text[at + 1] & 0xFF);
    }

    private static int triple(byte[] text, int at) {
        return ((text[at] & 0xFF) - FIRST_OF_THREE) << Short.SIZE | pair(text, at + 1);
    }
}
