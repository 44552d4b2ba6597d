package io.harmony4j.parser;

import io.harmony4j.SpecialToken;
import io.harmony4j.tokenizer.Tokenizer;

/**
 * Which ordinary tokens are plain: none of their text can be a word of a header, whatever stands around it. Almost all are. It is found
 * out once for each token, for all parsers; what two threads find out at the same time may be lost, and is found out again.
 */
final class PlainTokens {
    private static final long PLAIN = 1;
    private static final long OTHER = 2;

    /** Two bits for each token: {@link #PLAIN}, {@link #OTHER}, or 0 if it has not been seen yet. So the table stays in the cache. */
    private static final long[] KINDS = new long[SpecialToken.START_OF_TEXT.id() / 32 + 1];

    private PlainTokens() {}

    /** Returns whether an ordinary token is plain. */
    static boolean contains(Tokenizer tokenizer, int token) {
        long kind = KINDS[token >> 5] >> (token << 1) & 3; // of a shift's distance, the last six bits count
        return (kind == 0 ? find(tokenizer, token) : kind) == PLAIN;
    }

    private static long find(Tokenizer tokenizer, int token) {
        String text = tokenizer.decode(token);
        long kind = UnmarkedHeader.next(text, 0, ' ', false) == text.length() ? PLAIN : OTHER;
        KINDS[token >> 5] |= kind << (token << 1);
        return kind;
    }
}
