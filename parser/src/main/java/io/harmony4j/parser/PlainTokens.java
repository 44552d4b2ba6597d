package io.harmony4j.parser;

import io.harmony4j.SpecialToken;
import io.harmony4j.tokenizer.Tokenizer;

/**
 * Which ordinary tokens are plain: none of their text can be a word of a header, whatever stands around it. Almost all are. It is found
 * out once for each token, for all parsers: two threads may find out the same, which does no harm.
 */
final class PlainTokens {
    private static final byte PLAIN = 1;
    private static final byte OTHER = 2;

    /** {@link #PLAIN}, {@link #OTHER}, or 0 for a token that has not been seen yet; all o200k vocabularies have the same. */
    private static final byte[] KINDS = new byte[SpecialToken.START_OF_TEXT.id()];

    private PlainTokens() {}

    /** Returns whether an ordinary token is plain. */
    static boolean contains(Tokenizer tokenizer, int token) {
        byte kind = KINDS[token];
        return (kind == 0 ? find(tokenizer, token) : kind) == PLAIN;
    }

    private static byte find(Tokenizer tokenizer, int token) {
        byte kind = isPlain(tokenizer.decode(token)) ? PLAIN : OTHER;
        KINDS[token] = kind;
        return kind;
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            boolean isWithinWord = i > 0 && Character.isLetterOrDigit(text.charAt(i - 1));
            if (!isWithinWord && UnmarkedHeader.mayBegin(text, i)) {
                return false;
            }
        }
        return true;
    }
}
