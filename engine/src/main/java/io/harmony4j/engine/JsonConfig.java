package io.harmony4j.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code config.json}: OpenAI's own, and Hugging Face's of any age, whose names for the same things differ.
 *
 * <p>What a file leaves out is as in the published gpt-oss models, except for sizes, which must be there.
 */
final class JsonConfig {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path path;
    private final JsonNode root;

    private JsonConfig(Path path, JsonNode root) {
        this.path = path;
        this.root = root;
    }

    static ModelConfig read(Path path) {
        try {
            JsonNode root = JSON.readTree(new String(Files.readAllBytes(path), StandardCharsets.UTF_8));
            if (!root.isObject()) {
                throw new CheckpointException(path, "expected a JSON object");
            }
            return new JsonConfig(path, root).config();
        } catch (JsonProcessingException e) {
            throw new CheckpointException(path, "expected JSON but found: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private ModelConfig config() {
        expectArchitecture();
        int layers = integer("num_hidden_layers");
        try {
            return new ModelConfig(
                    layers,
                    integer("hidden_size"),
                    integer("intermediate_size"),
                    integer("vocab_size"),
                    integer("num_attention_heads"),
                    integer("num_key_value_heads"),
                    integer("head_dim"),
                    integer("num_experts", "num_local_experts"),
                    integer("experts_per_token", "num_experts_per_tok"),
                    attention(layers),
                    integer("sliding_window"),
                    rope(),
                    contextLength(),
                    (float) number(7.0, "swiglu_limit"),
                    (float) number(1.702, "swiglu_alpha"),
                    (float) number(1e-5, "rms_norm_eps"));
        } catch (CheckpointException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(path, String.valueOf(e.getMessage()));
        }
    }

    private void expectArchitecture() {
        JsonNode type = root.path("model_type");
        if (!type.isMissingNode() && !type.asText().equals("gpt_oss")) {
            throw new CheckpointException(
                    path,
                    "key model_type: expected \"gpt_oss\" but found " + type
                            + "; this engine runs gpt-oss models only");
        }
    }

    private List<AttentionKind> attention(int layers) {
        List<AttentionKind> kinds = new ArrayList<>();
        JsonNode types = root.path("layer_types");
        if (types.isMissingNode() || types.isNull()) {
            for (int layer = 0; layer < layers; layer++) {
                kinds.add(layer % 2 == 0 ? AttentionKind.SLIDING : AttentionKind.FULL);
            }
            return kinds;
        }
        for (JsonNode type : types) {
            kinds.add(
                    switch (type.asText()) {
                        case "sliding_attention" -> AttentionKind.SLIDING;
                        case "full_attention" -> AttentionKind.FULL;
                        default ->
                            throw new CheckpointException(
                                    path,
                                    "key layer_types: expected \"sliding_attention\" or \"full_attention\" but found "
                                            + type);
                    });
        }
        return kinds;
    }

    /**
     * OpenAI's own names stand at the top; Hugging Face has {@code rope_scaling}, and since transformers 5 {@code rope_parameters}, with the
     * theta inside.
     */
    private RopeConfig rope() {
        JsonNode scaling = present(root, "rope_parameters", "rope_scaling");
        if (scaling == null) {
            // "rope_scaling": null is plain RoPE
            boolean plain = root.has("rope_parameters") || root.has("rope_scaling");
            double factor = number(plain ? 1 : 32, "rope_scaling_factor");
            return new RopeConfig(
                    number(150_000, "rope_theta"),
                    factor,
                    (int) number(4096, "initial_context_length"),
                    number(32, "rope_ntk_beta"),
                    number(1, "rope_ntk_alpha"),
                    RopeConfig.attentionFactor(factor),
                    false);
        }
        String type = scaling.path("rope_type").asText(scaling.path("type").asText("yarn"));
        double factor = type.equals("default") ? 1 : number(scaling, 1, "factor");
        if (!type.equals("yarn") && !type.equals("default")) {
            throw new CheckpointException(
                    path, "key rope_type: expected \"yarn\" or \"default\" but found \"" + type + '"');
        }
        return new RopeConfig(
                number(scaling, number(150_000, "rope_theta"), "rope_theta"),
                factor,
                (int) number(scaling, number(4096, "initial_context_length"), "original_max_position_embeddings"),
                number(scaling, 32, "beta_fast"),
                number(scaling, 1, "beta_slow"),
                number(scaling, RopeConfig.attentionFactor(factor), "attention_factor"),
                scaling.path("truncate").asBoolean(false));
    }

    /** OpenAI's own file has no longest context: it is the initial one, stretched. */
    private int contextLength() {
        RopeConfig rope = rope();
        return (int) number(rope.initialContext() * rope.factor(), "max_position_embeddings");
    }

    private int integer(String... names) {
        JsonNode value = present(root, names);
        if (value == null) {
            throw new CheckpointException(path, "expected key " + String.join(" or ", names) + " but there is none");
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw new CheckpointException(path, "key " + names[0] + ": expected an integer but found " + value);
        }
        return value.asInt();
    }

    private double number(double otherwise, String name) {
        return number(root, otherwise, name);
    }

    private double number(JsonNode parent, double otherwise, String name) {
        JsonNode value = present(parent, name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isNumber()) {
            throw new CheckpointException(path, "key " + name + ": expected a number but found " + value);
        }
        return value.asDouble();
    }

    private static @Nullable JsonNode present(JsonNode parent, String... names) {
        for (String name : names) {
            JsonNode value = parent.get(name);
            if (value != null && !value.isNull()) {
                return value;
            }
        }
        return null;
    }
}
