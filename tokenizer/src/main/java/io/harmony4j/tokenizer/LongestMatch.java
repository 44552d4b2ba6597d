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
 * token that the text begins with is the greatest one that is not greater than the text, or a prefix of that one. Its first
 * four bytes lead to a few tokens that have them too; a binary search among these finds a candidate, and the longest prefix
 * of each token leads to the rest. If no token has them, the first three or two bytes say it all. Immutable and thread-safe.
 */
final class LongestMatch {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** What {@link #find} returns has the token in the bits below, its length above. */
    static final int LENGTH_SHIFT = Vocabulary.ID_BITS;

    static final int TOKEN_MASK = (1 << LENGTH_SHIFT) - 1;

    /** 44 thousand. */
    private static final int FOURS_BITS = 17;

    /** 24 thousand. */
    private static final int THREES_BITS = 16;

    /** Where in an entry of {@link #fours} the first place begins, above the number of places. */
    private static final int PLACE_SHIFT = Integer.SIZE - Vocabulary.ID_BITS;

    private final Vocabulary vocabulary;

    /** The ids in the order of the tokens' unsigned bytes. A place is an index of this. */
    private final int[] order;

    private final int[] prefixes; // [token], the longest other one that it begins with, or NONE
    private final long[] keys; // [place], see key()

    /**
     * A hash table: four bytes that tokens begin with, the first place of these, and their number; 0 where free, for no four
     * have as many tokens as places need bits.
     */
    private final long[] fours = new long[1 << FOURS_BITS];

    /** A hash table: three bytes that tokens begin with, find()'s answer for no more than these; 0 where free. */
    private final long[] threes = new long[1 << THREES_BITS];

    private final int[] twos = new int[1 << Short.SIZE]; // [two bytes], find()'s answer for no more than these

    /**
     * Makes this.
     *
     * @param order the ids in the order of the tokens' unsigned bytes
     */
    LongestMatch(Vocabulary vocabulary, int[] order) {
        this.vocabulary = vocabulary;
        this.order = order;
        prefixes = new int[order.length];
        keys = new long[order.length];
        byte[] bytes = vocabulary.bytes();
        for (int pair = 0; pair < twos.length; pair++) {
            twos[pair] = answer(vocabulary.single((byte) (pair >> Byte.SIZE)));
        }
        int firstOfFour = 0;
        for (int place = 0; place < order.length; place++) {
            int token = order[place];
            int start = vocabulary.start(token);
            prefixes[token] = findPrefix(place);
            keys[place] = key(bytes, start, vocabulary.end(token));
            int sameBytes = place == 0 ? 0 : common(order[place - 1], token);
            int length = vocabulary.length(token);
            if (length >= 2 && sameBytes < 2) {
                twos[(int) INT.get(bytes, start) >>> 16] = upTo(2, token);
            }
            if (length >= 3 && sameBytes < 3) {
                add(threes, THREES_BITS, (int) INT.get(bytes, start) >>> 8, upTo(3, token));
            }
            if (length >= 4) {
                firstOfFour = sameBytes < 4 ? place : firstOfFour;
                boolean isLast = place + 1 == order.length || common(token, order[place + 1]) < 4;
                if (isLast) {
                    int count = place + 1 - firstOfFour;
                    add(fours, FOURS_BITS, (int) INT.get(bytes, start), firstOfFour << PLACE_SHIFT | count);
                }
            }
        }
    }

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
     * Returns the longest other token that the one at a place begins with, or NONE. It lies before it, and what lies between
     * begins with it too.
     */
    private int findPrefix(int place) {
        if (place == 0) {
            return Vocabulary.NONE;
        }
        int prefix = order[place - 1];
        int common = common(prefix, order[place]);
        while (prefix != Vocabulary.NONE && vocabulary.length(prefix) > common) {
            prefix = prefixes[prefix];
        }
        return prefix;
    }

    /** Returns how many bytes two tokens have in common at their start. */
    private int common(int token, int other) {
        byte[] bytes = vocabulary.bytes();
        int common = Arrays.mismatch(
                bytes,
                vocabulary.start(token),
                vocabulary.end(token),
                bytes,
                vocabulary.start(other),
                vocabulary.end(other));
        return common < 0 ? vocabulary.length(token) : common;
    }

    /** Returns find()'s answer for the token, or the longest one it begins with, that has at most so many bytes. */
    private int upTo(int length, int token) {
        int prefix = token;
        while (vocabulary.length(prefix) > length) {
            prefix = prefixes[prefix]; // which exists, because a single byte is not longer
        }
        return answer(prefix);
    }

    private int answer(int token) {
        return vocabulary.length(token) << LENGTH_SHIFT | token;
    }

    private static void add(long[] table, int bits, int key, int value) {
        int slot = HashSlots.first(key, bits);
        while (table[slot] != 0) {
            slot = HashSlots.next(slot, bits);
        }
        table[slot] = (long) key << Integer.SIZE | (value & 0xFFFF_FFFFL);
    }

    /** Returns the value of a key, or 0. */
    private static int get(long[] table, int bits, int key) {
        for (int slot = HashSlots.first(key, bits); ; slot = HashSlots.next(slot, bits)) {
            long entry = table[slot];
            if ((int) (entry >>> Integer.SIZE) == key || entry == 0) {
                return (int) entry;
            }
        }
    }

    /** Returns the longest other token that a token begins with, or NONE for a single byte. */
    int longestPrefix(int token) {
        return prefixes[token];
    }

    /**
     * Returns the longest token that the text from {@code at} to {@code limit} begins with, and its length: see
     * LENGTH_SHIFT. The text must have {@link Utf8Text#PADDING} bytes after the limit; {@code at < limit}.
     */
    int find(byte[] text, int at, int limit) {
        int length = limit - at;
        int four = (int) INT.get(text, at);
        if (length >= 4) {
            int places = get(fours, FOURS_BITS, four);
            if (places != 0) {
                int first = places >>> PLACE_SHIFT;
                return search(text, at, limit, first, first + (places & ((1 << PLACE_SHIFT) - 1)));
            }
        }
        if (length >= 3) {
            int answer = get(threes, THREES_BITS, four >>> 8);
            if (answer != 0) {
                return answer;
            }
        }
        return length >= 2 ? twos[four >>> 16] : answer(vocabulary.single(text[at]));
    }

    /** Returns the same, given the places of the tokens with the same first four bytes as the text. */
    private int search(byte[] text, int at, int limit, int first, int end) {
        long key = key(text, at, limit);
        int from = first;
        int to = end;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (keys[middle] > key || (keys[middle] == key && isGreater(middle, text, at, limit))) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        if (from == first) {
            return answer(prefixes[order[first]]); // all are greater: it has less than four bytes
        }
        int token = order[from - 1];
        int common = common(from - 1, text, at, limit);
        while (vocabulary.length(token) > common) {
            token = prefixes[token]; // which exists: a single byte is not longer than what is common
        }
        return answer(token);
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

    /** Returns whether the token at a place is greater than the text from {@code at} to limit. */
    private boolean isGreater(int place, byte[] text, int at, int limit) {
        int token = order[place];
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
}
