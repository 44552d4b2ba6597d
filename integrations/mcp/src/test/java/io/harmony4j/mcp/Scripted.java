package io.harmony4j.mcp;

import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** A generator that says what it is told to, one text a generation. */
final class Scripted implements TokenGenerator {
    private final List<String> texts;

    /** What it was asked, in order. */
    final List<int[]> prompts = new ArrayList<>();

    /** @param texts what it says, special tokens as their literals */
    Scripted(String... texts) {
        this.texts = new ArrayList<>(List.of(texts));
    }

    @Override
    public Generation generate(int[] prompt, GenerationOptions options, Consumer<GeneratedToken> tokens) {
        prompts.add(prompt);
        int[] all = Tokenizer.o200kHarmony().encode(texts.remove(0), AllowedSpecial.ALL);
        for (int i = 0; i < all.length; i++) {
            if (options.isCancelled()) {
                return Generation.of(Arrays.copyOf(all, i), FinishReason.CANCELLED, prompt.length);
            }
            tokens.accept(GeneratedToken.of(all[i], prompt.length + i));
        }
        return Generation.of(all, FinishReason.STOP, prompt.length);
    }
}
