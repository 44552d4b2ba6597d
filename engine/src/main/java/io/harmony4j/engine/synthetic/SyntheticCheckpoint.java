package io.harmony4j.engine.synthetic;

import io.harmony4j.engine.ModelConfig;
import io.harmony4j.engine.RopeConfig;
import io.harmony4j.engine.spi.Matrix;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongConsumer;

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

    /** How a checkpoint is stored. */
    public enum Format {
        /** A folder with {@code config.json} and {@code model.safetensors}, as OpenAI published it. */
        ORIGINAL,
        /** One file, which llama.cpp reads, too; without a vocabulary. */
        GGUF
    }

    /**
     * Describes a checkpoint; nothing is written yet.
     *
     * @throws IllegalArgumentException if a width that experts or Q8_0 are stored in is not a multiple of their blocks of 32
     */
    public SyntheticCheckpoint(ModelConfig config, Format format, long seed) {
        this.config = Objects.requireNonNull(config, "config");
        this.format = Objects.requireNonNull(format, "format");
        this.seed = seed;
        wholeBlocks("hidden size", config.hiddenSize());
        wholeBlocks("intermediate size", config.intermediateSize());
        wholeBlocks("heads times head size", config.querySize());
    }

    private static void wholeBlocks(String name, int value) {
        if (value % Matrix.BLOCK != 0) {
            throw new IllegalArgumentException(
                    "expected a multiple of " + Matrix.BLOCK + " as " + name + " but found " + value);
        }
    }

    /** Returns the bytes of all tensors: what the files have, but for some kilobytes. */
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
        RopeConfig rope = config.rope();
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("general.architecture", "gpt-oss");
        keys.put("general.name", "random weights");
        keys.put("general.file_type", 38); // mostly MXFP4
        keys.put("gpt-oss.block_count", config.layers());
        keys.put("gpt-oss.context_length", config.contextLength());
        keys.put("gpt-oss.embedding_length", config.hiddenSize());
        keys.put("gpt-oss.feed_forward_length", config.intermediateSize());
        keys.put("gpt-oss.expert_feed_forward_length", config.intermediateSize());
        keys.put("gpt-oss.attention.head_count", config.heads());
        keys.put("gpt-oss.attention.head_count_kv", config.keyValueHeads());
        keys.put("gpt-oss.attention.key_length", config.headSize());
        keys.put("gpt-oss.attention.value_length", config.headSize());
        keys.put("gpt-oss.attention.sliding_window", config.slidingWindow());
        keys.put("gpt-oss.attention.layer_norm_rms_epsilon", config.rmsNormEpsilon());
        keys.put("gpt-oss.rope.freq_base", (float) rope.theta());
        keys.put("gpt-oss.rope.scaling.type", "yarn");
        keys.put("gpt-oss.rope.scaling.factor", (float) rope.factor());
        keys.put("gpt-oss.rope.scaling.original_context_length", rope.initialContext());
        keys.put("gpt-oss.expert_count", config.experts());
        keys.put("gpt-oss.expert_used_count", config.expertsPerToken());
        keys.put("gpt-oss.vocab_size", config.vocabularySize());
        keys.put("tokenizer.ggml.model", "no_vocab"); // llama.cpp's word for it
        return keys;
    }
}
