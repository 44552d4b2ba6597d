package io.harmony4j.tokenizer;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The texts of ordinary tokens that are whole characters, made once for each: most tokens of a stream are among few, and
 * giving out a text is faster than making it. At most about 10 MB, if every token has been seen. Thread-safe: threads may
 * make the same text twice, which is equal, and strings are safe to share.
 */
final class TokenTexts {
    private static final TokenTexts O200K = new TokenTexts(Tables.o200k().vocabulary());

    /** What is kept for a token that has a part of a character. */
    private static final String NOT_WHOLE = "";

    private final Vocabulary vocabulary;
    private final @Nullable String[] texts; // [token]

    private TokenTexts(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.texts = new String[vocabulary.size()];
    }

    /** Returns the texts that o200k_base and o200k_harmony share. */
    static TokenTexts o200k() {
        return O200K;
    }

    /** Returns the text of a token, or an empty text if it has a part of a character or is no ordinary token. */
    String of(int token) {
        if (token < 0 || token >= texts.length) {
            return "";
        }
        String text = texts[token];
        if (text == null) {
            byte[] utf8 = Arrays.copyOfRange(vocabulary.bytes(), vocabulary.start(token), vocabulary.end(token));
            text = Utf8.firstIllFormed(utf8) < 0 ? Utf8.decode(utf8) : NOT_WHOLE;
            texts[token] = text;
        }
        return text;
    }
}
