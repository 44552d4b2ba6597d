package io.harmony4j.tokenizer;

/** The bytes of all tokens of one encoding, ordinary and special. Immutable and thread-safe. */
final class TokenBytes {
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

    /** Returns the bytes of tokens, all of which must be known. */
    byte[] join(int[] tokens) {
        int length = 0;
        for (int token : tokens) {
            length = Math.addExact(length, length(token));
        }
        byte[] joined = new byte[length];
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
