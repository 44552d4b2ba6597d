package io.harmony4j.engine;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a model's shape from the metadata of a GGUF. What has no key is as in the published gpt-oss models. */
final class GgufConfig {
    private static final String ARCHITECTURE = "gpt-oss";

    /** What no key says, and llama.cpp has in its code, too. */
    private static final float SWIGLU_LIMIT = 7.0f;

    private static final float SWIGLU_ALPHA = 1.702f;

    /** The key of the number of layers. */
    static final String LAYERS = ARCHITECTURE + ".block_count";

    private final GgufFile file;

    /** The keys that numbers were read from, or have been looked for at. */
    private final Map<Quantity, String> keys = new EnumMap<>(Quantity.class);

    private GgufConfig(GgufFile file) {
        this.file = file;
    }

    static ModelConfig read(GgufFile file) {
        return new GgufConfig(file).config();
    }

    /**
     * Checks that a GGUF can say all of a model's shape.
     *
     * @throws IllegalArgumentException if it has no key for something that is not as in gpt-oss
     */
    static void requireExpressible(ModelConfig config) {
        RopeConfig rope = config.rope();
        requireUsual(
                "layers that slide and see all in turn",
                AttentionKind.alternating(config.layers()),
                config.attention());
        requireUsual("SwiGLU limit", SWIGLU_LIMIT, config.swigluLimit());
        requireUsual("SwiGLU alpha", SWIGLU_ALPHA, config.swigluAlpha());
        requireUsual("attention factor", RopeConfig.attentionFactor(rope.factor()), rope.attentionFactor());
        requireUsual("truncate", false, rope.truncate());
    }

    private static void requireUsual(String what, Object usual, Object found) {
        if (!usual.equals(found)) {
            throw new IllegalArgumentException("expected a model with the " + what
                    + " of gpt-oss, for which a GGUF has no key, but found " + found + " and not " + usual);
        }
    }

    private ModelConfig config() {
        Object architecture = file.metadata().get("general.architecture");
        if (!ARCHITECTURE.equals(architecture)) {
            throw new CheckpointException(
                    file.path(),
                    "key general.architecture: expected \"" + ARCHITECTURE + "\" but found "
                            + (architecture == null ? "none" : "\"" + architecture + '"')
                            + "; this engine runs gpt-oss models only");
        }
        try {
            int layers = integer(Quantity.LAYERS, LAYERS);
            int contextLength = integer(Quantity.CONTEXT_LENGTH, key("context_length"));
            return new ModelConfig(
                    layers,
                    integer(Quantity.HIDDEN_SIZE, key("embedding_length")),
                    integer(Quantity.INTERMEDIATE_SIZE, key("expert_feed_forward_length")),
                    vocabularySize(),
                    integer(Quantity.HEADS, key("attention.head_count")),
                    integer(Quantity.KEY_VALUE_HEADS, key("attention.head_count_kv")),
                    integer(Quantity.HEAD_SIZE, key("attention.key_length")),
                    integer(Quantity.EXPERTS, key("expert_count")),
                    integer(Quantity.EXPERTS_PER_TOKEN, key("expert_used_count")),
                    AttentionKind.alternating(layers), // a GGUF does not say which layers slide
                    integer(Quantity.SLIDING_WINDOW, key("attention.sliding_window")),
                    rope(contextLength),
                    contextLength,
                    SWIGLU_LIMIT,
                    SWIGLU_ALPHA,
                    (float) number(Quantity.RMS_NORM_EPSILON, 1e-5, key("attention.layer_norm_rms_epsilon")));
        } catch (Quantity.Misfit e) {
            throw new CheckpointException(file.path(), e.message(keys));
        }
    }

    private int vocabularySize() {
        Tensor embedding = file.tensors().get("token_embd.weight");
        if (embedding == null) {
            throw new CheckpointException(file.path(), "expected tensor token_embd.weight but there is none");
        }
        long rows = embedding.shape().get(0);
        if (!Quantity.VOCABULARY_SIZE.allows((double) rows)) {
            throw embedding.problem("expected " + Quantity.VOCABULARY_SIZE.range()
                    + " rows, one for each token of the vocabulary, but found " + rows);
        }
        return (int) rows;
    }

    private RopeConfig rope(int contextLength) {
        double factor = isYarn() ? number(Quantity.ROPE_FACTOR, 1, key("rope.scaling.factor")) : 1;
        return new RopeConfig(
                number(Quantity.ROPE_THETA, 150_000, key("rope.freq_base")),
                factor,
                initialContext(contextLength, factor),
                number(Quantity.BETA_FAST, 32, key("rope.scaling.yarn_beta_fast")),
                number(Quantity.BETA_SLOW, 1, key("rope.scaling.yarn_beta_slow")),
                RopeConfig.attentionFactor(factor),
                false);
    }

    private boolean isYarn() {
        String key = key("rope.scaling.type");
        Object type = file.metadata().get(key);
        if (type == null || type.equals("none")) {
            return false;
        }
        if (type.equals("yarn")) {
            return true;
        }
        throw wrong(key, "\"yarn\" or \"none\"", '"' + type.toString() + '"');
    }

    private int initialContext(int contextLength, double factor) {
        String key = key("rope.scaling.original_context_length");
        if (file.metadata().containsKey(key)) {
            return integer(Quantity.INITIAL_CONTEXT, key);
        }
        Quantity.requireFit(
                Quantity.INITIAL_CONTEXT.allows(contextLength / factor),
                "a quotient, the initial context length, from " + Quantity.INITIAL_CONTEXT.range(),
                contextLength / factor,
                Quantity.CONTEXT_LENGTH,
                Quantity.ROPE_FACTOR);
        return (int) (contextLength / factor);
    }

    private int integer(Quantity quantity, String key) {
        Object value = value(quantity, key);
        if (value instanceof List<?> each
                && !each.isEmpty()
                && each.stream().distinct().count() == 1) {
            value = each.get(0); // some writers give a number for each layer
        }
        if (value == null) {
            throw new CheckpointException(file.path(), "expected key " + key + " with an integer but found none");
        }
        if (value instanceof Long number && quantity.allows(number.doubleValue())) {
            return number.intValue();
        }
        throw wrong(key, "an integer from " + quantity.range(), value);
    }

    private double number(Quantity quantity, double otherwise, String key) {
        Object value = value(quantity, key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Number number && quantity.allows(number.doubleValue())) {
            return number.doubleValue();
        }
        throw wrong(key, "a number from " + quantity.range(), value);
    }

    /** Returns the value of a key, or null if there is none, and notes which key has the quantity. */
    private @Nullable Object value(Quantity quantity, String key) {
        keys.put(quantity, key);
        return file.metadata().get(key);
    }

    private CheckpointException wrong(String key, String expected, Object found) {
        return new CheckpointException(file.path(), "key " + key + ": expected " + expected + " but found " + found);
    }

    private static String key(String name) {
        return ARCHITECTURE + "." + name;
    }
}
