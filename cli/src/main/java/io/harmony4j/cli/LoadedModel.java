package io.harmony4j.cli;

import io.harmony4j.engine.Activations;
import io.harmony4j.engine.KeyValues;
import io.harmony4j.engine.Model;
import io.harmony4j.engine.ModelOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that runs a model. */
final class LoadedModel {
    @Mixin
    private ModelPath model;

    @Option(names = "--threads", paramLabel = "N", description = "Threads that compute; default: all processors.")
    private int threads = ModelOptions.DEFAULT.threads();

    @Option(
            names = "--kernels",
            paramLabel = "KIND",
            defaultValue = "auto",
            description = "Which arithmetic: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private ModelOptions.KernelChoice kernels;

    @Option(
            names = "--activations",
            paramLabel = "TYPE",
            defaultValue = "f32",
            description =
                    "What matrices are multiplied with: ${COMPLETION-CANDIDATES}; int8 is not exact, and a little faster"
                            + " with vectors of 512 bits. Default ${DEFAULT-VALUE}.")
    private Activations activations;

    @Option(
            names = "--key-values",
            paramLabel = "TYPE",
            defaultValue = "f32",
            description =
                    "How keys and values are kept: ${COMPLETION-CANDIDATES}; f16 takes half the memory, is faster in"
                            + " long contexts and not exact. Default ${DEFAULT-VALUE}.")
    private KeyValues keyValues;

    @Option(names = "--batch", paramLabel = "N", description = "Tokens of a prompt that are read at once; default 128.")
    private int batch = ModelOptions.DEFAULT.batch();

    /** Returns whether a model was named. */
    boolean isGiven() {
        return model.isGiven();
    }

    /** Returns whether it is the tiny model, which comes with the command. */
    boolean isTiny() {
        return model.isTiny();
    }

    /** Returns the absolute path of the model, or the word tiny. */
    String name() {
        return model.name();
    }

    Model load() {
        ModelOptions options = ModelOptions.DEFAULT
                .withThreads(threads)
                .withKernels(kernels)
                .withActivations(activations)
                .withKeyValues(keyValues)
                .withBatch(batch);
        return model.load(options);
    }
}
