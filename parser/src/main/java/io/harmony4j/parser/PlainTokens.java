package io.harmony4j.parser;

import io.harmony4j.SpecialToken;
import org.jspecify.annotations.Nullable;

/**
 * The texts of ordinary tokens that are plain: none of their text can be a word of a header, whatever stands around it. Almost all
 * are. A text is kept when its token has been seen, for all parsers; what two threads keep at the same time is equal.
 */
final class PlainTokens {
    private static final @Nullable String[] TEXTS = new String[SpecialToken.START_OF_TEXT.id()]; // [token]

    private PlainTokens() {}

    /** Returns the text of a token; null if it is not known to be plain. */
    static @Nullable String text(int token) {
        return token >= 0 && token < TEXTS.length ? TEXTS[token] : null;
    }

    /** Keeps the whole text of a token if it is an ordinary one and plain. */
    static void add(int token, String text) {
        if (token < TEXTS.length && UnmarkedHeader.next(text, 0, ' ', false) == text.length()) {
            TEXTS[token] = text;
        }
    }
}
