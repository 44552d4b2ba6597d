package io.harmony4j.bench;

import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A generator that plays the {@link LoadScript} of its prompt and counts what it makes. Thread-safe; many generations at a time. */
final class LoadGenerator implements TokenGenerator {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();
    private static final int RETURN = 200_002;

    private final AtomicInteger running = new AtomicInteger();
    private final AtomicLong made = new AtomicLong();

    /** When the last token of a number was made, by {@link System#nanoTime}. */
    private final Map<Integer, Long> lastTokens = new ConcurrentHashMap<>();

    @Override
    public Generation generate(int[] prompt, GenerationOptions options, Consumer<GeneratedToken> tokens) {
        LoadScript script = LoadScript.in(TOKENIZER.decode(prompt)).orElse(new LoadScript(0, 3, 0));
        running.incrementAndGet();
        try {
            return play(script, prompt.length, options, tokens);
        } finally {
            running.decrementAndGet();
        }
    }

    private Generation play(
            LoadScript script, int promptLength, GenerationOptions options, Consumer<GeneratedToken> tokens) {
        int[] all = script.tokens();
        for (int i = 0; i <= all.length; i++) {
            pause(script.millis());
            if (options.isCancelled()) {
                return Generation.of(Arrays.copyOf(all, i), FinishReason.CANCELLED, promptLength);
            }
            made.incrementAndGet();
            lastTokens.put(script.number(), System.nanoTime());
            tokens.accept(GeneratedToken.of(i < all.length ? all[i] : RETURN, promptLength + i));
        }
        return Generation.of(all, FinishReason.STOP, promptLength);
    }

    private static void pause(int millis) {
        if (millis > 0) {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    int running() {
        return running.get();
    }

    long made() {
        return made.get();
    }

    /** Returns when the last token of a number was made; 0 if none was. */
    long lastToken(int number) {
        return lastTokens.getOrDefault(number, 0L);
    }
}
