package io.harmony4j.engine;

import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code config.json}: OpenAI's own, and Hugging Face's of any age, whose names for the same things differ.
 *
 * <p>What a file leaves out is as in the published gpt-oss models, except for sizes, which must be there.
 */
final class JsonConfig {
    /** The key of the number of layers. */
    static final String LAYERS = "num_hidden_layers";

    private final Path path;
    private final JsonObject root;

    /** The keys that numbers were read from, or have been looked for at. */
    private final Map<Quantity, String> keys = new EnumMap<>(Quantity.class);

    private JsonConfig(Path path, JsonObject root) {
        this.path = path;
        this.root = root;
    }

    static ModelConfig read(Path path) {
        return new JsonConfig(path, JsonFile.read(path)).config();
    }

    private ModelConfig config() {
        expectArchitecture();
        try {
            int layers = integer(Quantity.LAYERS, LAYERS);
            RopeConfig rope = rope();
            return new ModelConfig(
                    layers,
                    integer(Quantity.HIDDEN_SIZE, "hidden_size"),
                    integer(Quantity.INTERMEDIATE_SIZE, "intermediate_size"),
                    integer(Quantity.VOCABULARY_SIZE, "vocab_size"),
                    integer(Quantity.HEADS, "num_attention_heads"),
                    integer(Quantity.KEY_VALUE_HEADS, "num_key_value_heads"),
                    integer(Quantity.HEAD_SIZE, "head_dim"),
                    integer(Quantity.EXPERTS, "num_experts", "num_local_experts"),
                    integer(Quantity.EXPERTS_PER_TOKEN, "experts_per_token", "num_experts_per_tok"),
                    attention(layers),
                    integer(Quantity.SLIDING_WINDOW, "sliding_window"),
                    rope,
                    contextLength(rope),
                    (float) number(Quantity.SWIGLU_LIMIT, 7.0, root, "swiglu_limit"),
                    (float) number(Quantity.SWIGLU_ALPHA, 1.702, root, "swiglu_alpha"),
                    (float) number(Quantity.RMS_NORM_EPSILON, 1e-5, root, "rms_norm_eps"));
        } catch (Quantity.Misfit e) {
            throw new CheckpointException(path, e.message(keys));
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
        JsonValue types = root.get("layer_types");
        if (types.isNull()) {
            return AttentionKind.alternating(layers);
        }
        if (!types.isArray()) {
            throw wrong("layer_types", types, "a list");
        }
        List<JsonValue> each = types.elements();
        List<AttentionKind> kinds = new ArrayList<>();
        for (JsonValue type : each.subList(0, Math.min(each.size(), layers))) {
            kinds.add(attentionKind(type));
        }
        if (each.size() != layers) {
            throw new CheckpointException(
                    path,
                    "key layer_types: expected a kind of attention for each of " + layers + " layers but found "
                            + each.size());
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
        String key = present(root, "rope_parameters", "rope_scaling");
        double theta = number(Quantity.ROPE_THETA, 150_000, root, "rope_theta");
        int initialContext = integer(Quantity.INITIAL_CONTEXT, 4096, root, "initial_context_length");
        if (key == null) {
            // "rope_scaling": null is plain RoPE
            boolean isPlain = root.has("rope_parameters") || root.has("rope_scaling");
            double factor = number(Quantity.ROPE_FACTOR, isPlain ? 1 : 32, root, "rope_scaling_factor");
            return new RopeConfig(
                    theta,
                    factor,
                    initialContext,
                    number(Quantity.BETA_FAST, 32, root, "rope_ntk_beta"),
                    number(Quantity.BETA_SLOW, 1, root, "rope_ntk_alpha"),
                    RopeConfig.attentionFactor(factor),
                    false);
        }
        JsonValue scaling = root.get(key);
        if (!scaling.isObject()) {
            throw wrong(key, scaling, "an object");
        }
        double factor = isPlainRope(scaling) ? 1 : number(Quantity.ROPE_FACTOR, 1, scaling, "factor");
        return new RopeConfig(
                number(Quantity.ROPE_THETA, theta, scaling, "rope_theta"),
                factor,
                integer(Quantity.INITIAL_CONTEXT, initialContext, scaling, "original_max_position_embeddings"),
                number(Quantity.BETA_FAST, 32, scaling, "beta_fast"),
                number(Quantity.BETA_SLOW, 1, scaling, "beta_slow"),
                number(Quantity.ATTENTION_FACTOR, RopeConfig.attentionFactor(factor), scaling, "attention_factor"),
                isTrue(scaling, "truncate"));
    }

    private boolean isPlainRope(JsonValue scaling) {
        String key = present(scaling, "rope_type", "type");
        if (key == null || "yarn".equals(scaling.get(key).textOrNull())) {
            return false;
        }
        if ("default".equals(scaling.get(key).textOrNull())) {
            return true;
        }
        throw wrong("rope_type", scaling.get(key), "\"yarn\" or \"default\"");
    }

    /** OpenAI's own file has no longest context: it is the initial one, stretched. */
    private int contextLength(RopeConfig rope) {
        double stretched = rope.initialContext() * rope.factor();
        String key = "max_position_embeddings";
        if (present(root, key) == null) {
            Quantity.requireFit(
                    Quantity.CONTEXT_LENGTH.allows(stretched),
                    "a product, the context length, from " + Quantity.CONTEXT_LENGTH.range(),
                    stretched,
                    Quantity.INITIAL_CONTEXT,
                    Quantity.ROPE_FACTOR);
        }
        return integer(Quantity.CONTEXT_LENGTH, (int) stretched, root, key);
    }

    /** Returns an integer that must be there. */
    private int integer(Quantity quantity, String... names) {
        String key = present(root, names);
        if (key == null) {
            throw new CheckpointException(path, "expected key " + String.join(" or ", names) + " but there is none");
        }
        return integer(quantity, 0, root, key);
    }

    private int integer(Quantity quantity, int otherwise, JsonValue parent, String key) {
        JsonValue value = value(quantity, parent, key);
        if (value == null) {
            return otherwise;
        }
        if (!value.isInteger()) {
            throw wrong(key, value, "an integer");
        }
        if (!quantity.allows(value.doubleValue())) {
            throw wrong(key, value, "an integer from " + quantity.range());
        }
        return value.intValue();
    }

    private double number(Quantity quantity, double otherwise, JsonValue parent, String key) {
        JsonValue value = value(quantity, parent, key);
        if (value == null) {
            return otherwise;
        }
        if (!value.isNumber()) {
            throw wrong(key, value, "a number");
        }
        if (!quantity.allows(value.doubleValue())) {
            throw wrong(key, value, "a number from " + quantity.range());
        }
        return value.doubleValue();
    }

    /** Returns the value of a key, or null if there is none, and notes which key has the quantity. */
    private @Nullable JsonValue value(Quantity quantity, JsonValue parent, String key) {
        JsonValue value = parent.get(key);
        if (!value.isNull()) {
            keys.put(quantity, key);
            return value;
        }
        keys.putIfAbsent(quantity, key);
        return null;
    }

    private boolean isTrue(JsonValue parent, String key) {
        JsonValue value = parent.get(key);
        if (value.isNull()) {
            return false;
        }
        if (!value.isBoolean()) {
            throw wrong(key, value, "true or false");
        }
        return value.booleanValue();
    }

    /** Returns the first of the keys that has a value, or null. */
    private static @Nullable String present(JsonValue parent, String... names) {
        for (String name : names) {
            if (!parent.get(name).isNull()) {
                return name;
            }
        }
        return null;
    }

    private CheckpointException wrong(String key, JsonValue found, String expected) {
        return new CheckpointException(
                path, "key " + key + ": " + found.unexpected(expected).getMessage());
    }
}
