package io.harmony4j.renderer;

import io.harmony4j.SpecialToken;
import io.harmony4j.tokenizer.TokenBuffer;
import io.harmony4j.tokenizer.Tokenizer;

/** Expected tokens, written as the fragments that are tokenised one by one: special tokens and texts. */
final class Fragments {
    static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();

    private Fragments() {}

    /** Returns the tokens of special tokens ({@link SpecialToken}) and texts ({@link String}). */
    static int[] tokens(Object... fragments) {
        TokenBuffer tokens = new TokenBuffer();
        for (Object fragment : fragments) {
            if (fragment instanceof SpecialToken special) {
                tokens.add(special.id());
            } else {
                TOKENIZER.encode((String) fragment, tokens);
            }
        }
        return tokens.toArray();
    }

    /** Returns a writer whose caches are empty. */
    static TokenWriter writer() {
        return new TokenWriter(TOKENIZER, new WordCache(TOKENIZER), new ToolCache(TOKENIZER, NamespaceWriter::of));
    }

    /** Returns the text of tokens, with special tokens as their literals. */
    static String text(int[] tokens) {
        return TOKENIZER.decode(tokens);
    }
}
