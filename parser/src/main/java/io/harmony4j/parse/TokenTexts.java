package io.harmony4j.parse;

import io.harmony4j.tokenizer.Tokenizer;
import org.jspecify.annotations.Nullable;

/**
 * The texts of ordinary tokens that are whole characters, made once for each: most tokens of a stream are among few, and
 * giving out a text is faster than making it. At most about 10 MB, if every token has been seen. Thread-safe: threads may
 * make the same text twice, which is equal, and strings are safe to share.
 */
final class TokenTexts {
    private static final TokenTexts O200K_HARMONY = new TokenTexts(Tokenizer.o200kHarmony());

    /** What is kept for a token that has a part of a character. */
    private static final String NOT_WHOLE = "";

    private final Tokenizer tokenizer;
    private final @Nullable String[] texts;

    private TokenTexts(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
        this.texts = new String[tokenizer.vocabularySize()];
    }

    /** Returns the texts of o200k_harmony. */
    static TokenTexts o200kHarmony() {
        return O200K_HARMONY;
    }

    /** Returns the text of an ordinary token, or an empty text if it has a part of a character. */
    String of(int token) {
        String text = texts[token];
        if (text == null) {
            text = isWhole(token) ? tokenizer.decode(token) : NOT_WHOLE;
            texts[token] = text;
        }
        return text;
    }

    private boolean isWhole(int token) {
        try {
            tokenizer.decodeStrict(token);
            return true;
        } catch (IllegalArgumentException partOfACharacter) {
            return false;
        }
    }
}
