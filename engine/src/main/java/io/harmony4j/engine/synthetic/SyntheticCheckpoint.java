package io.harmony4j.engine.synthetic;

import io.harmony4j.engine.GgufVocabulary;
import io.harmony4j.engine.ModelConfig;
import io.harmony4j.engine.RopeConfig;
import io.harmony4j.engine.spi.Matrix;
import io.harmony4j.engine.storage.GgufMetadata;
import io.harmony4j.engine.storage.GgufWriter;
import io.harmony4j.engine.storage.NewTensor;
import io.harmony4j.engine.storage.SafetensorsWriter;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint of random weights in any shape: what it generates is noise, but it takes the time and space that a trained one takes.
 *
 * <p>Weights are in the formats of the published files: experts in MXFP4, and the rest in BF16 ({@link Format#ORIGINAL}), or in Q8_0 and
 * F32 ({@link Format#GGUF}). The same shape, format and seed give the same bytes. Immutable.
 */
public final class SyntheticCheckpoint {
    private final ModelConfig config;
    private final Format format;
    private final long seed;
    private final @Nullable GgufVocabulary vocabulary;

    /** How a checkpoint is stored. */
    public enum Format {
        /** A folder with {@code config.json} and {@code model.safetensors}, as OpenAI published it. */
        ORIGINAL,
        /** One file, which llama.cpp reads, too; {@link SyntheticCheckpoint#withVocabulary} lets it read and write text. */
        GGUF
    }

    /**
     * Describes a checkpoint; nothing is written yet.
     *
     * @throws IllegalArgumentException if a width that experts or Q8_0 are stored in is not a multiple of their blocks of 32
     */
    public SyntheticCheckpoint(ModelConfig config, Format format, long seed) {
        this(Objects.requireNonNull(config, "config"), Objects.requireNonNull(format, "format"), seed, null);
        wholeBlocks("hidden size", config.hiddenSize());
        wholeBlocks("intermediate size", config.intermediateSize());
        wholeBlocks("heads times head size", config.querySize());
    }

    private SyntheticCheckpoint(ModelConfig config, Format format, long seed, @Nullable GgufVocabulary vocabulary) {
        this.config = config;
        this.format = format;
        this.seed = seed;
        this.vocabulary = vocabulary;
    }

    /**
     * Returns this checkpoint with a vocabulary, which only a GGUF carries.
     *
     * @throws IllegalArgumentException if the model has fewer ids than the vocabulary needs
     */
    public SyntheticCheckpoint withVocabulary(GgufVocabulary carried) {
        GgufMetadata.requireFit(Objects.requireNonNull(carried, "carried"), config);
        return new SyntheticCheckpoint(config, format, seed, carried);
    }

    private static void wholeBlocks(String name, int value) {
        if (value % Matrix.BLOCK != 0) {
            throw new IllegalArgumentException(
                    "expected a multiple of " + Matrix.BLOCK + " as " + name + " but found " + value);
        }
    }

    /** Returns the bytes of all tensors: what the files have, but for some kilobytes and a vocabulary. */
    public long bytes() {
        return tensors().stream().mapToLong(NewTensor::bytes).sum();
    }

    /**
     * Writes the checkpoint, over what is there.
     *
     * @param path the GGUF file, or the folder, which is made if it is not there
     * @param progress is called repeatedly with the number of bytes of the large file written so far
     * @throws IOException if it cannot be written; what has been written stays
     */
    public void write(Path path, LongConsumer progress) throws IOException {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(progress, "progress");
        switch (format) {
            case ORIGINAL -> {
                Files.createDirectories(path);
                Files.writeString(path.resolve("config.json"), Json.writeIndented(json()) + "\n");
                SafetensorsWriter.write(path.resolve("model.safetensors"), tensors(), progress);
            }
            case GGUF -> GgufWriter.write(path, metadata(), tensors(), progress);
        }
    }

    private List<NewTensor> tensors() {
        SyntheticTensors tensors = new SyntheticTensors(config, seed);
        return switch (format) {
            case ORIGINAL -> tensors.original();
            case GGUF -> tensors.gguf();
        };
    }

    private JsonObject json() {
        RopeConfig rope = config.rope();
        return JsonObject.builder()
                .put("num_hidden_layers", config.layers())
                .put("num_experts", config.experts())
                .put("experts_per_token", config.expertsPerToken())
                .put("vocab_size", config.vocabularySize())
                .put("hidden_size", config.hiddenSize())
                .put("intermediate_size", config.intermediateSize())
                .put("swiglu_limit", config.swigluLimit())
                .put("head_dim", config.headSize())
                .put("num_attention_heads", config.heads())
                .put("num_key_value_heads", config.keyValueHeads())
                .put("sliding_window", config.slidingWindow())
                .put("initial_context_length", rope.initialContext())
                .put("rope_theta", rope.theta())
                .put("rope_scaling_factor", rope.factor())
                .put("rope_ntk_alpha", rope.betaSlow())
                .put("rope_ntk_beta", rope.betaFast())
                .build();
    }

    private Map<String, Object> metadata() {
        Map<String, Object> keys = GgufMetadata.of(config, "random weights", vocabulary);
        keys.put("general.file_type", 38); // mostly MXFP4
        return keys;
    }
}
