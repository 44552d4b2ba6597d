package io.harmony4j.server;

import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A generator that makes a token only when a test lets it, and an endless answer of them. Thread-safe. */
final class SteppedGenerator implements TokenGenerator {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();
    private static final int[] HEADER = TOKENIZER.encode("<|channel|>final<|message|>", AllowedSpecial.ALL);
    private static final int WORD = TOKENIZER.encode(" word")[0];

    private final Semaphore permits = new Semaphore(0);
    private final List<GenerationOptions> started = new CopyOnWriteArrayList<>();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger made = new AtomicInteger();

    @Override
    public Generation generate(int[] prompt, GenerationOptions options, Consumer<GeneratedToken> tokens) {
        running.incrementAndGet();
        started.add(options);
        try {
            for (int i = 0; ; i++) {
                permits.acquireUninterruptibly();
                if (options.isCancelled()) {
                    return Generation.of(new int[0], FinishReason.CANCELLED, prompt.length);
                }
                if (i == options.maxTokens()) {
                    return Generation.of(new int[0], FinishReason.LENGTH, prompt.length);
                }
                made.incrementAndGet();
                tokens.accept(GeneratedToken.of(i < HEADER.length ? HEADER[i] : WORD, prompt.length + i));
            }
        } finally {
            running.decrementAndGet();
        }
    }

    /** Lets all generations together make some tokens more. */
    void let(int tokens) {
        permits.release(tokens);
    }

    /** Returns how many generations have been started. */
    int started() {
        return started.size();
    }

    /** Returns how many generations go on. */
    int running() {
        return running.get();
    }

    /** Returns how many tokens have been made. */
    int made() {
        return made.get();
    }

    /** Returns whether all generations know that nobody wants them. */
    boolean areCancelled() {
        return !started.isEmpty() && started.stream().allMatch(GenerationOptions::isCancelled);
    }
}
