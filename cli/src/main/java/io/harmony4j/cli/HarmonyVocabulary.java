package io.harmony4j.cli;

import io.harmony4j.SpecialToken;
import io.harmony4j.engine.GgufVocabulary;
import io.harmony4j.tokenizer.Tokenizer;

/** The vocabulary of gpt-oss, as a GGUF carries it. */
final class HarmonyVocabulary implements GgufVocabulary {
    private final Tokenizer tokenizer = Tokenizer.o200kHarmony();

    @Override
    public int size() {
        return tokenizer.vocabularySize();
    }

    @Override
    public byte[] bytes(int token) {
        return tokenizer.decodeBytes(token);
    }

    @Override
    public boolean isSpecial(int token) {
        return tokenizer.isSpecial(token);
    }

    @Override
    public int[] lastMerge(int token) {
        return tokenizer.lastMerge(token);
    }

    @Override
    public int begin() {
        return SpecialToken.START_OF_TEXT.id();
    }

    @Override
    public int end() {
        return SpecialToken.RETURN.id();
    }

    @Override
    public int padding() {
        return SpecialToken.END_OF_TEXT.id();
    }
}
