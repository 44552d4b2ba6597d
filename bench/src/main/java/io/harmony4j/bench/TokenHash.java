package io.harmony4j.bench;

/** FNV-1a of token ids, with 64 bits and a whole id in each step: tells whether two tokenizers agree. */
final class TokenHash {
    /** The hash of no tokens. */
    static final long EMPTY = 0xcbf29ce484222325L;

    private static final long PRIME = 0x100000001b3L;

    private TokenHash() {}

    static long of(int[] tokens) {
        return add(EMPTY, tokens);
    }

    /** Returns the hash of what has a hash and of the tokens after it. */
    static long add(long hash, int[] tokens) {
        long sum = hash;
        for (int token : tokens) {
            sum = (sum ^ token) * PRIME;
        }
        return sum;
    }
}
