package io.harmony4j.engine;

import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
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
    private final Path path;
    private final JsonObject root;

    private JsonConfig(Path path, JsonObject root) {
        this.path = path;
        this.root = root;
    }

    static ModelConfig read(Path path) {
        return new JsonConfig(path, JsonFile.read(path)).config();
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
        JsonValue type = root.get("model_type");
        if (root.has("model_type") && !"gpt_oss".equals(type.textOrNull())) {
            throw new CheckpointException(
                    path,
                    "key model_type: expected \"gpt_oss\" but found " + type
                            + "; this engine runs gpt-oss models only");
        }
    }

    private List<AttentionKind> attention(int layers) {
        List<AttentionKind> kinds = new ArrayList<>();
        JsonValue types = root.get("layer_types");
        if (types.isNull()) {
            for (int layer = 0; layer < layers; layer++) {
                kinds.add(layer % 2 == 0 ? AttentionKind.SLIDING : AttentionKind.FULL);
            }
            return kinds;
        }
        for (JsonValue type : types.elements()) {
            kinds.add(attentionKind(type));
        }
        return kinds;
    }

    private AttentionKind attentionKind(JsonValue type) {
        String name = type.textOrNull();
        if ("sliding_attention".equals(name)) {
            return AttentionKind.SLIDING;
        }
        if ("full_attention".equals(name)) {
            return AttentionKind.FULL;
        }
        throw wrong("layer_types", type, "\"sliding_attention\" or \"full_attention\"");
    }

    /**
     * OpenAI's own names stand at the top; Hugging Face has {@code rope_scaling}, and since transformers 5 {@code rope_parameters}, with the
     * theta inside.
     */
    private RopeConfig rope() {
        JsonValue scaling = present(root, "rope_parameters", "rope_scaling");
        if (scaling == null) {
            // "rope_scaling": null is plain RoPE
            boolean isPlain = root.has("rope_parameters") || root.has("rope_scaling");
            double factor = number(isPlain ? 1 : 32, "rope_scaling_factor");
            return new RopeConfig(
                    number(150_000, "rope_theta"),
                    factor,
                    (int) number(4096, "initial_context_length"),
                    number(32, "rope_ntk_beta"),
                    number(1, "rope_ntk_alpha"),
                    RopeConfig.attentionFactor(factor),
                    false);
        }
        double factor = isPlainRope(scaling) ? 1 : number(scaling, 1, "factor");
        return new RopeConfig(
                number(scaling, number(150_000, "rope_theta"), "rope_theta"),
                factor,
                (int) number(scaling, number(4096, "initial_context_length"), "original_max_position_embeddings"),
                number(scaling, 32, "beta_fast"),
                number(scaling, 1, "beta_slow"),
                number(scaling, RopeConfig.attentionFactor(factor), "attention_factor"),
                isTrue(scaling, "truncate"));
    }

    private boolean isPlainRope(JsonValue scaling) {
        JsonValue type = present(scaling, "rope_type", "type");
        if (type == null || "yarn".equals(type.textOrNull())) {
            return false;
        }
        if ("default".equals(type.textOrNull())) {
            return true;
        }
        throw wrong("rope_type", type, "\"yarn\" or \"default\"");
    }

    /** OpenAI's own file has no longest context: it is the initial one, stretched. */
    private int contextLength() {
        RopeConfig rope = rope();
        return (int) number(rope.initialContext() * rope.factor(), "max_position_embeddings");
    }

    private int integer(String... names) {
        JsonValue value = present(root, names);
        if (value == null) {
            throw new CheckpointException(path, "expected key " + String.join(" or ", names) + " but there is none");
        }
        try {
            return value.intValue();
        } catch (IllegalArgumentException e) {
            throw wrong(names[0], value, "an integer");
        }
    }

    private double number(double otherwise, String name) {
        return number(root, otherwise, name);
    }

    private double number(JsonValue parent, double otherwise, String name) {
        JsonValue value = present(parent, name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isNumber()) {
            throw wrong(name, value, "a number");
        }
        return value.doubleValue();
    }

    private boolean isTrue(JsonValue parent, String name) {
        JsonValue value = present(parent, name);
        if (value == null) {
            return false;
        }
        if (!value.isBoolean()) {
            throw wrong(name, value, "true or false");
        }
        return value.booleanValue();
    }

    private static @Nullable JsonValue present(JsonValue parent, String... names) {
        for (String name : names) {
            JsonValue value = parent.get(name);
            if (!value.isNull()) {
                return value;
            }
        }
        return null;
    }

    private CheckpointException wrong(String key, JsonValue found, String expected) {
        return new CheckpointException(
                path, "key " + key + ": " + found.unexpected(expected).getMessage());
    }
}
