package io.harmony4j.generation;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * How tokens are to be generated. Start with {@link #DEFAULT} and change what should be different. Immutable.
 *
 * <pre>{@code
 * GenerationOptions.DEFAULT.withMaxTokens(500).withStopTokens(SpecialToken.stopIds())
 * }</pre>
 */
public final class GenerationOptions {
    /** Up to 4096 tokens, no stop tokens, {@link Sampling#DEFAULT}, no log-probabilities, nothing forbidden, not cancelled. */
    public static final GenerationOptions DEFAULT = new GenerationOptions(
            4096, Set.of(), Sampling.DEFAULT, OptionalInt.empty(), () -> LogitsProcessor.NONE, () -> false);

    /** The most alternatives that log-probabilities may be asked for. */
    private static final int MAX_ALTERNATIVES = 1000;

    private final int maxTokens;
    private final Set<Integer> stopTokens;
    private final Sampling sampling;
    private final OptionalInt logProbabilities;
    private final Supplier<? extends LogitsProcessor> logitsProcessor;
    private final BooleanSupplier cancelled;

    private GenerationOptions(
            int maxTokens,
            Set<Integer> stopTokens,
            Sampling sampling,
            OptionalInt logProbabilities,
            Supplier<? extends LogitsProcessor> logitsProcessor,
            BooleanSupplier cancelled) {
        this.maxTokens = maxTokens;
        this.stopTokens = stopTokens;
        this.sampling = sampling;
        this.logProbabilities = logProbabilities;
        this.logitsProcessor = logitsProcessor;
        this.cancelled = cancelled;
    }

    /** Returns the most tokens to generate, at least 1. */
    public int maxTokens() {
        return maxTokens;
    }

    /** Returns the tokens after which generation ends; they are part of what is generated. */
    public Set<Integer> stopTokens() {
        return stopTokens;
    }

    /** Returns how tokens are drawn. */
    public Sampling sampling() {
        return sampling;
    }

    /** Returns how many alternatives come with each token's log-probability; empty if there are to be none of either. */
    public OptionalInt logProbabilities() {
        return logProbabilities;
    }

    /** Returns a processor for one generation. */
    public LogitsProcessor newLogitsProcessor() {
        return requireNonNull(logitsProcessor.get(), "logits processor");
    }

    /** Returns whether generation should end now; generators ask before each token. */
    public boolean isCancelled() {
        return cancelled.getAsBoolean();
    }

    /**
     * Returns a copy with another limit.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public GenerationOptions withMaxTokens(int limit) {
        Checks.require(limit >= 1, "at least 1 token to generate", limit);
        return new GenerationOptions(limit, stopTokens, sampling, logProbabilities, logitsProcessor, cancelled);
    }

    /** Returns a copy with other stop tokens. */
    public GenerationOptions withStopTokens(Collection<Integer> tokens) {
        Checks.nonNullElements(tokens, "tokens");
        Set<Integer> copy = Collections.unmodifiableSet(new LinkedHashSet<>(tokens));
        return new GenerationOptions(maxTokens, copy, sampling, logProbabilities, logitsProcessor, cancelled);
    }

    /** Returns a copy with another way to draw. */
    public GenerationOptions withSampling(Sampling newSampling) {
        requireNonNull(newSampling, "newSampling");
        return new GenerationOptions(maxTokens, stopTokens, newSampling, logProbabilities, logitsProcessor, cancelled);
    }

    /**
     * Returns a copy with the log-probability of each token.
     *
     * @param alternatives how many of the most likely tokens come with each, 0 to 1000
     * @throws IllegalArgumentException if it is outside of that range
     */
    public GenerationOptions withLogProbabilities(int alternatives) {
        Checks.require(
                alternatives >= 0 && alternatives <= MAX_ALTERNATIVES,
                "0 to " + MAX_ALTERNATIVES + " alternatives",
                alternatives);
        OptionalInt number = OptionalInt.of(alternatives);
        return new GenerationOptions(maxTokens, stopTokens, sampling, number, logitsProcessor, cancelled);
    }

    /** Returns a copy whose generations have a processor each, from the given supplier. */
    public GenerationOptions withLogitsProcessor(Supplier<? extends LogitsProcessor> supplier) {
        requireNonNull(supplier, "supplier");
        return new GenerationOptions(maxTokens, stopTokens, sampling, logProbabilities, supplier, cancelled);
    }

    /** Returns a copy that is cancelled when the question is answered with true, or when this one is. */
    public GenerationOptions withCancelled(BooleanSupplier question) {
        requireNonNull(question, "question");
        BooleanSupplier either = () -> question.getAsBoolean() || cancelled.getAsBoolean();
        return new GenerationOptions(maxTokens, stopTokens, sampling, logProbabilities, logitsProcessor, either);
    }

    @Override
    public String toString() {
        return "at most " + maxTokens + " tokens, stop at " + stopTokens + ", " + sampling;
    }
}
