package io.harmony4j.engine;

import static java.util.Objects.requireNonNull;

import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.LogitsProcessor;
import io.harmony4j.generation.PromptTooLongException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One generation: which tokens the model is to read next, and which are drawn from its logits. Whoever reads them for it calls, in turn,
 * {@link #unread}, {@link #read} and, where {@link #drawsAfter} says so, {@link #draw}. Not safe for use by several threads at once.
 */
final class Run {
    private final Model model;
    private final int[] prompt;
    private final GenerationOptions options;
    private final QuickSampler sampler;
    private final LogitsProcessor processor;
    private final float[] processed; // [vocabularySize] the logits that the processor changes, or empty
    private final NavigableSet<Integer> shared = new TreeSet<>(); // see shareAt
    private Sequence sequence; // empty until the run begins
    private boolean hasBegun;
    private int cached;
    private int[] generated = new int[64];
    private long[] drawn = new long[64]; // when, System.nanoTime()
    private int count;
    private long begun;
    private @Nullable FinishReason finishReason; // null while there is more to do

    /**
     * Prepares a generation.
     *
     * @throws PromptTooLongException if the prompt is longer than the model's context
     * @throws IllegalArgumentException if the prompt is empty, or has a token that is not in the vocabulary
     */
    Run(Model model, int[] prompt, GenerationOptions options) {
        this.model = model;
        this.prompt = requireNonNull(prompt, "prompt").clone();
        this.options = requireNonNull(options, "options");
        if (prompt.length > model.config().contextLength()) {
            throw new PromptTooLongException(prompt.length, model.config().contextLength());
        }
        model.checkTokens(this.prompt);
        this.sampler = new QuickSampler(options.sampling());
        this.processor = options.newLogitsProcessor();
        this.processed =
                new float[processor == LogitsProcessor.NONE ? 0 : model.config().vocabularySize()];
        this.sequence = model.newSequence();
    }

    /** Returns the prompt's tokens. */
    int[] prompt() {
        return prompt;
    }

    Sequence sequence() {
        return sequence;
    }

    /** Returns how many of the prompt's tokens may have been read before: not the last, whose logits are not kept. */
    int mostCached() {
        return prompt.length - 1;
    }

    /** Begins with a sequence that has read a beginning of the prompt, {@link #mostCached} tokens at most. */
    void begin(Sequence withPrefix) {
        begun = System.nanoTime();
        hasBegun = true;
        sequence = withPrefix;
        cached = withPrefix.length();
    }

    boolean hasBegun() {
        return hasBegun;
    }

    /** Notes that other prompts begin with so many of this one's tokens. */
    void shareAt(int length) {
        shared.add(length);
    }

    /** Returns those of the lengths given to {@link #shareAt} that the sequence has reached, once. */
    List<Integer> pollShared() {
        NavigableSet<Integer> reached = shared.headSet(sequence.length(), true);
        List<Integer> lengths = List.copyOf(reached);
        reached.clear();
        return lengths;
    }

    /** Returns whether the prompt has not been read to its end. */
    boolean isReadingPrompt() {
        return sequence.length() < prompt.length;
    }

    /** Returns the tokens that the model is to read next, at most so many, at least one. */
    int[] unread(int limit) {
        int from = sequence.length();
        if (from < prompt.length) {
            return Arrays.copyOfRange(prompt, from, Math.min(prompt.length, from + limit));
        }
        return new int[] {generated[count - 1]};
    }

    /** Returns whether a token can be drawn from the logits that follow {@link #unread}'s. */
    boolean drawsAfter(int[] unread) {
        return sequence.length() + unread.length >= prompt.length;
    }

    /** Takes note that the model has read {@link #unread}'s tokens. */
    void read() {
        if (sequence.length() == prompt.length) {
            sequence.mark(mostCached()); // the next prompt of a conversation mostly begins in the same way
        }
    }

    /**
     * Draws the next token.
     *
     * @throws CheckpointException if the logits are no numbers
     * @throws IllegalArgumentException if the logits processor leaves no token to draw
     */
    GeneratedToken draw(Logits given) {
        int position = prompt.length + count;
        requireNumbers(given, position);
        Logits logits = given;
        if (processor != LogitsProcessor.NONE) {
            given.copyTo(processed);
            processor.process(processed);
            logits = Logits.of(processed);
            requireChoice(logits, position);
        }
        int token = sampler.sample(logits, position);
        processor.accept(token);
        if (count == generated.length) {
            generated = Arrays.copyOf(generated, 2 * count);
            drawn = Arrays.copyOf(drawn, 2 * count);
        }
        generated[count] = token;
        drawn[count++] = System.nanoTime();
        if (options.stopTokens().contains(token)) {
            finishReason = FinishReason.STOP;
        } else if (count == options.maxTokens()
                || position + 1 >= model.config().contextLength()) {
            finishReason = FinishReason.LENGTH;
        }
        return generatedToken(token, position, logits);
    }

    /** Refuses a model whose logits are no numbers: what would be drawn from them looks like an answer. */
    private void requireNumbers(Logits logits, int position) {
        float most = Sampler.max(logits.values());
        if (most == Float.NEGATIVE_INFINITY && !logits.hasUnknown()) {
            throw noNumbers("-Infinity for all tokens", position);
        }
        if (!(most < Float.POSITIVE_INFINITY)) {
            int index = 0;
            while (logits.value(index) < Float.POSITIVE_INFINITY) {
                index++;
            }
            throw noNumbers(logits.value(index) + " for token " + logits.token(index), position);
        }
    }

    private CheckpointException noNumbers(String found, int position) {
        return new CheckpointException(
                model.path(),
                "expected numbers as the logits at position " + position + " but found " + found
                        + "; the model's weights are damaged, or too large for 32 bits");
    }

    /** Refuses what a processor made of the logits if no token can be drawn from it. */
    private static void requireChoice(Logits logits, int position) {
        float best = logits.of(logits.best());
        if (!(best > Float.NEGATIVE_INFINITY)) {
            throw new IllegalArgumentException("expected a logits processor that leaves a token to draw at position "
                    + position + " but found " + best + " for all tokens");
        }
    }

    private GeneratedToken generatedToken(int id, int position, Logits logits) {
        GeneratedToken token = GeneratedToken.of(id, position);
        if (options.logProbabilities().isEmpty()) {
            return token;
        }
        LogProbabilities probabilities = new LogProbabilities(logits.toArray());
        int alternatives = options.logProbabilities().getAsInt();
        return token.withLogProbability(probabilities.of(id), probabilities.top(alternatives));
    }

    /** Returns how many tokens have been drawn. */
    int count() {
        return count;
    }

    /** Returns why there are no more tokens to draw; null while there are. */
    @Nullable
    FinishReason finishReason() {
        return finishReason;
    }

    /** Returns the generation as it was after so many tokens. */
    Generation result(int tokens, FinishReason reason) {
        long first = tokens == 0 ? begun : drawn[0];
        long last = tokens == 0 ? begun : drawn[tokens - 1];
        return Generation.of(Arrays.copyOf(generated, tokens), reason, prompt.length)
                .withCachedTokens(cached)
                .withTimes(Duration.ofNanos(first - begun), Duration.ofNanos(last - first));
    }
}
