package io.harmony4j.engine;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a model is to run. Start with {@link #DEFAULT} and change what should be different. An immutable value.
 *
 * <pre>{@code
 * ModelOptions.DEFAULT.withThreads(4).withActivations(Activations.INT8)
 * }</pre>
 */
public final class ModelOptions {
    /** All processors, the fastest kernels there are, exact activations, keys and values, up to 128 tokens a pass. */
    public static final ModelOptions DEFAULT = new ModelOptions(
            Runtime.getRuntime().availableProcessors(), KernelChoice.AUTO, Activations.F32, KeyValues.F32, 128);

    private static final int MAX_THREADS = 1024;
    private static final int MAX_BATCH = 4096;

    private final int threads;
    private final KernelChoice kernels;
    private final Activations activations;
    private final KeyValues keyValues;
    private final int batch;

    private ModelOptions(int threads, KernelChoice kernels, Activations activations, KeyValues keyValues, int batch) {
        this.threads = threads;
        this.kernels = kernels;
        this.activations = activations;
        this.keyValues = keyValues;
        this.batch = batch;
    }

    /** Which arithmetic to use. */
    public enum KernelChoice {
        /** Vector kernels if they can be used and the model is large enough for them to pay, else plain ones. */
        AUTO,
        /** Plain Java, the definition. */
        PLAIN,
        /** Vector kernels; an error if they cannot be used. */
        VECTOR
    }

    /** Returns how many threads compute, the caller's included. */
    public int threads() {
        return threads;
    }

    /** Returns which arithmetic to use. */
    public KernelChoice kernels() {
        return kernels;
    }

    /** Returns how precise the vectors are that matrices are multiplied with. */
    public Activations activations() {
        return activations;
    }

    /** Returns how the keys and values are kept that attention reads. */
    public KeyValues keyValues() {
        return keyValues;
    }

    /** Returns the most tokens that one pass reads; more are faster and need more memory, 300 KB a token in gpt-oss-20b. */
    public int batch() {
        return batch;
    }

    /**
     * Returns a copy with another number of threads.
     *
     * @throws IllegalArgumentException if it is not from 1 to 1024
     */
    public ModelOptions withThreads(int number) {
        if (number < 1 || number > MAX_THREADS) {
            throw new IllegalArgumentException("expected 1 to " + MAX_THREADS + " threads but found " + number);
        }
        return new ModelOptions(number, kernels, activations, keyValues, batch);
    }

    /** Returns a copy with another choice of kernels. */
    public ModelOptions withKernels(KernelChoice choice) {
        return new ModelOptions(threads, Objects.requireNonNull(choice, "choice"), activations, keyValues, batch);
    }

    /** Returns a copy with other activations. */
    public ModelOptions withActivations(Activations precision) {
        return new ModelOptions(threads, kernels, Objects.requireNonNull(precision, "precision"), keyValues, batch);
    }

    /** Returns a copy with keys and values that are kept in another way. */
    public ModelOptions withKeyValues(KeyValues type) {
        return new ModelOptions(threads, kernels, activations, Objects.requireNonNull(type, "type"), batch);
    }

    /**
     * Returns a copy with another batch.
     *
     * @param tokens the most tokens that one pass reads
     * @throws IllegalArgumentException if it is not from 1 to 4096
     */
    public ModelOptions withBatch(int tokens) {
        if (tokens < 1 || tokens > MAX_BATCH) {
            throw new IllegalArgumentException("expected a batch of 1 to " + MAX_BATCH + " tokens but found " + tokens);
        }
        return new ModelOptions(threads, kernels, activations, keyValues, tokens);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ModelOptions that
                && threads == that.threads
                && kernels == that.kernels
                && activations == that.activations
                && keyValues == that.keyValues
                && batch == that.batch;
    }

    @Override
    public int hashCode() {
        return Objects.hash(threads, kernels, activations, keyValues, batch);
    }

    @Override
    public String toString() {
        return threads + " threads, " + kernels + " kernels, " + activations + " activations, " + keyValues
                + " keys and values, batch " + batch;
    }
}
