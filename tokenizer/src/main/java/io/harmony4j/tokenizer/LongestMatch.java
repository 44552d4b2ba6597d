package io.harmony4j.tokenizer;

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

    private final Vocabulary vocabulary;

    /** The {@link #key} of each token, in the order of the tokens' bytes. */
    private final long[] keys;

    /** For each pair of bytes, where in that order the tokens begin that start with it. */
    private final int[] buckets = new int[(1 << Short.SIZE) + 1];

    LongestMatch(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        keys = new long[vocabulary.size()];
        byte[] bytes = vocabulary.bytes();
        int bucket = 0;
        for (int i = 0; i < vocabulary.size(); i++) {
            int token = vocabulary.inByteOrder(i);
            int start = vocabulary.start(token);
            int end = vocabulary.end(token);
            keys[i] = key(bytes, start, end);
            if (end - start > 1) {
                for (int pair = pair(bytes, start); bucket <= pair; bucket++) {
                    buckets[bucket] = i;
                }
            }
        }
        Arrays.fill(buckets, bucket, buckets.length, vocabulary.size());
    }

    /**
     * Returns the longest token that the text from {@code at} to {@code limit} begins with. The text must have
     * {@link Utf8Text#PADDING} bytes behind the limit; {@code at < limit}.
     */
    int find(byte[] text, int at, int limit) {
        if (limit - at == 1) {
            return vocabulary.single(text[at]);
        }
        long key = key(text, at, limit);
        int pair = pair(text, at);
        int from = buckets[pair];
        int to = buckets[pair + 1];
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (keys[middle] > key || (keys[middle] == key && isGreater(middle, text, at, limit))) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        if (from == buckets[pair]) {
            return vocabulary.single(text[at]);
        }
        int token = vocabulary.inByteOrder(from - 1);
        int common = common(token, text, at, limit);
        while (vocabulary.length(token) > common) {
            token = vocabulary.longestPrefix(token);
        }
        return token;
    }

    /** Returns how many bytes a token and the text from {@code at} to {@code limit} have in common. */
    private int common(int token, byte[] text, int at, int limit) {
        int end = Math.min(limit, at + vocabulary.length(token));
        int common = Arrays.mismatch(vocabulary.bytes(), vocabulary.start(token), vocabulary.end(token), text, at, end);
        return common < 0 ? vocabulary.length(token) : common;
    }

    /**
     * Returns whether the {@code i}th token in the order of bytes is greater than the text from {@code at} to limit.
     */
    private boolean isGreater(int i, byte[] text, int at, int limit) {
        int token = vocabulary.inByteOrder(i);
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
}
