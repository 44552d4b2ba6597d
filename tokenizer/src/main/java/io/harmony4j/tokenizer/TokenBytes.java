package io.harmony4j.tokenizer;

/** The bytes of all tokens of one encoding, ordinary and special. Immutable and thread-safe. */
final class TokenBytes {
    /** The most bytes that an array holds on every virtual machine. */
    static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

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

    /** Returns the length of the longest token in bytes. */
    int longest() {
        return Math.max(vocabulary.longest(), SpecialTokenTable.MAX_LENGTH);
    }

    /** Copies the bytes of a token. */
    void copy(int token, byte[] into, int at) {
        if (SpecialTokenTable.contains(token)) {
            System.arraycopy(specials.bytes(token), 0, into, at, specials.bytes(token).length);
        } else {
            System.arraycopy(vocabulary.bytes(), vocabulary.start(token), into, at, vocabulary.length(token));
        }
    }

    /**
     * Returns the bytes of tokens, all of which must be known.
     *
     * @throws IllegalArgumentException if no array holds them
     */
    byte[] join(int[] tokens) {
        long length = 0;
        for (int token : tokens) {
            length += length(token);
        }
        if (length > MAX_ARRAY) {
            throw new IllegalArgumentException("expected tokens of at most " + MAX_ARRAY + " bytes together but found "
                    + length + "; decode them in parts, or one by one with StreamingDecoder");
        }
        byte[] joined = new byte[(int) length];
        write(tokens, joined);
        return joined;
    }

    /** Writes the bytes of tokens, all of which must be known. There is room for them; what is after it may be overwritten. */
    void write(int[] tokens, byte[] into) {
        int highest = 0;
        for (int token : tokens) {
            highest = Math.max(highest, token);
        }
        if (highest < SpecialTokenTable.FIRST) {
            JoinedTokens.write(vocabulary.bytes(), vocabulary.starts(), tokens, into);
            return;
        }
        int at = 0;
        for (int token : tokens) {
            copy(token, into, at);
            at += length(token);
        }
    }
}
