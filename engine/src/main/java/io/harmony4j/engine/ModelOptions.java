package io.harmony4j.engine;

import java.util.Objects;

/**
 * How a model is to run. Start with {@link #DEFAULT} and change what should be different.
 *
 * @param threads how many threads compute, the caller's included
 * @param kernelChoice which arithmetic to use
 * @param activations how precise the vectors are that matrices are multiplied with
 * @param batch the most tokens that one pass reads; more are faster and need more memory, 300 KB a token in gpt-oss-20b
 */
public record ModelOptions(int threads, KernelChoice kernelChoice, Activations activations, int batch) {
    /** All processors, the fastest kernels there are, exact, 128 tokens at once. */
    public static final ModelOptions DEFAULT =
            new ModelOptions(Runtime.getRuntime().availableProcessors(), KernelChoice.AUTO, Activations.F32, 128);

    private static final int MAX_THREADS = 1024;
    private static final int MAX_BATCH = 4096;

    /** Which arithmetic to use. */
    public enum KernelChoice {
        /** Vector kernels if they can be used and the model is large enough for them to pay, else plain ones. */
        AUTO,
        /** Plain Java, the definition. */
        PLAIN,
        /** Vector kernels; an error if they cannot be used. */
        VECTOR
    }

    /** Checks that the numbers are in their range. */
    public ModelOptions {
        Objects.requireNonNull(kernelChoice, "kernelChoice");
        Objects.requireNonNull(activations, "activations");
        if (threads < 1 || threads > MAX_THREADS) {
            throw new IllegalArgumentException("expected 1 to " + MAX_THREADS + " threads but found " + threads);
        }
        if (batch < 1 || batch > MAX_BATCH) {
            throw new IllegalArgumentException("expected a batch of 1 to " + MAX_BATCH + " tokens but found " + batch);
        }
    }

    /** Returns these options with another number of threads. */
    public ModelOptions withThreads(int threads) {
        return new ModelOptions(threads, kernelChoice, activations, batch);
    }

    /** Returns these options with another choice of kernels. */
    public ModelOptions withKernels(KernelChoice kernelChoice) {
        return new ModelOptions(threads, kernelChoice, activations, batch);
    }

    /** Returns these options with other activations. */
    public ModelOptions withActivations(Activations activations) {
        return new ModelOptions(threads, kernelChoice, activations, batch);
    }

    /** Returns these options with another batch. */
    public ModelOptions withBatch(int batch) {
        return new ModelOptions(threads, kernelChoice, activations, batch);
    }
}
