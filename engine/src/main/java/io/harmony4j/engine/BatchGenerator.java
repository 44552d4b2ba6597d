package io.harmony4j.engine;

import static java.util.Objects.requireNonNull;

import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.PromptTooLongException;
import io.harmony4j.generation.TokenGenerator;
import java.util.function.Consumer;

/**
 * Generates for many callers at once, as a server does: any number of threads may call {@link #generate}.
 *
 * <pre>{@code
 * try (Model model = Model.load(Path.of("gpt-oss-20b"));
 *         BatchGenerator generator = new BatchGenerator(model)) {
 *     // in each of many threads:
 *     Generation generation = generator.generate(prompt, options, token -> parser.accept(token.id()));
 * }
 * }</pre>
 *
 * <p>One thread computes for all. Each of its passes reads the model's weights once, for the next token of every generation and for a part
 * of the prompts that are being read; a generation takes part as soon as there is room, and leaves when it ends. Tokens are those that
 * {@link Generator} would give: exactly with plain kernels, up to rounding with vector kernels.
 *
 * <p>What has been read is kept, up to a number of bytes, and a prompt that begins in the same way is not read from its beginning again,
 * whoever sends it; {@link Generation#cachedTokens()} says how many tokens that saved. The memory of generations that are running is not
 * part of these bytes: each needs what {@link Sequence} does.
 *
 * <p>Who calls what:
 *
 * <ul>
 *   <li>Consumers are called by the calling thread. One that is slow or blocks delays nobody else: up to
 *       {@link GenerationOptions#maxTokens()} tokens wait for it. If it throws, or the calling thread is interrupted, that generation ends at once;
 *       an interrupt counts as cancellation, and the thread stays interrupted.
 *   <li>Whether a generation is cancelled is asked by both threads: by the computing one before each pass, also while the generation waits
 *       for its turn or its prompt is read, and by the calling one after each token. So the answer must be quick and safe for use by
 *       several threads, as that of an {@code AtomicBoolean} is.
 *   <li>Logits processors are made by the calling thread and used by the computing one.
 * </ul>
 *
 * <p>What these throw, and logits that are no numbers, end their own generation alone. If the model itself fails, in a pass for several
 * generations, all of these end with its exception.
 */
public final class BatchGenerator implements TokenGenerator, AutoCloseable {
    /** How many generations are computed together by default. */
    public static final int DEFAULT_MAX_SEQUENCES = 8;

    private final Model model;
    private final PrefixCache cache;
    private final Scheduler scheduler;

    /** Makes a generator that computes {@value #DEFAULT_MAX_SEQUENCES} generations together and keeps a quarter of the heap at most. */
    public BatchGenerator(Model model) {
        this(model, DEFAULT_MAX_SEQUENCES, Runtime.getRuntime().maxMemory() / 4);
    }

    /**
     * Makes a generator.
     *
     * @param model is not closed with the generator, which must be closed before it
     * @param maxSequences how many generations are computed together at most, at least 1; further ones wait in order of arrival
     * @param cacheBytes how many bytes the sequences that are kept after their generations may have; 0 keeps none
     * @throws IllegalArgumentException if a number is less than that
     */
    public BatchGenerator(Model model, int maxSequences, long cacheBytes) {
        this.model = requireNonNull(model, "model");
        if (maxSequences < 1) {
            throw new IllegalArgumentException("expected at least 1 sequence at a time but found " + maxSequences);
        }
        if (cacheBytes < 0) {
            throw new IllegalArgumentException("expected at least 0 bytes of cache but found " + cacheBytes);
        }
        this.cache = new PrefixCache(cacheBytes);
        this.scheduler = new Scheduler(model, maxSequences, cache);
    }

    /**
     * {@inheritDoc}
     *
     * @return what the consumer was given; if the generator was closed before the end, with {@link FinishReason#CANCELLED}
     * @throws CheckpointException if the model gives logits that are no numbers; the message has the position of the token that should
     *     have come
     * @throws PromptTooLongException if the prompt is longer than the model's context
     * @throws IllegalArgumentException if the prompt is empty, or has a token that is not in the vocabulary, or if a logits processor
     *     leaves no token to draw
     * @throws IllegalStateException if the generator is closed
     */
    @Override
    public Generation generate(int[] prompt, GenerationOptions options, Consumer<GeneratedToken> tokens) {
        requireNonNull(tokens, "tokens");
        Call call = new Call(new Run(model, prompt, options), options);
        scheduler.submit(call);
        return call.listen(tokens);
    }

    /** Returns how many generations are computed now. */
    public int activeSequences() {
        return scheduler.active();
    }

    /** Returns how many generations wait for their turn. */
    public int waitingSequences() {
        return scheduler.waiting();
    }

    /** Returns how many sequences are kept for prompts to come. */
    public int cachedSequences() {
        return cache.size();
    }

    /** Returns how many bytes the kept sequences have. */
    public long cachedBytes() {
        return cache.bytes();
    }

    /**
     * Ends all generations, also those that wait, with {@link FinishReason#CANCELLED}, after their consumers have been given what has been
     * drawn. Returns when the computing thread has ended, after its present pass.
     */
    @Override
    public void close() {
        scheduler.close();
    }
}
