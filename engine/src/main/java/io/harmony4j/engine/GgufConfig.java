package io.harmony4j.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a model's shape from the metadata of a GGUF. What has no key is as in the published gpt-oss models. */
final class GgufConfig {
    private static final String ARCHITECTURE = "gpt-oss";

    private final GgufFile file;

    private GgufConfig(GgufFile file) {
        this.file = file;
    }

    static ModelConfig read(GgufFile file) {
        return new GgufConfig(file).config();
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
        int layers = integer("block_count");
        int contextLength = integer("context_length");
        int hiddenSize = integer("embedding_length");
        int heads = integer("attention.head_count");
        try {
            return new ModelConfig(
                    layers,
                    hiddenSize,
                    integer("expert_feed_forward_length"),
                    vocabularySize(),
                    heads,
                    integer("attention.head_count_kv"),
                    integer("attention.key_length"),
                    integer("expert_count"),
                    integer("expert_used_count"),
                    attention(layers),
                    integer("attention.sliding_window"),
                    rope(contextLength),
                    contextLength,
                    7.0f,
                    1.702f,
                    (float) number("attention.layer_norm_rms_epsilon", 1e-5));
        } catch (CheckpointException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(file.path(), String.valueOf(e.getMessage()));
        }
    }

    private int vocabularySize() {
        Tensor embedding = file.tensors().get("token_embd.weight");
        if (embedding == null || embedding.shape().isEmpty()) {
            throw new CheckpointException(file.path(), "expected tensor token_embd.weight but there is none");
        }
        long rows = embedding.shape().get(0);
        if (rows > Integer.MAX_VALUE) {
            throw embedding.problem("expected at most " + Integer.MAX_VALUE + " rows but found " + rows);
        }
        return (int) rows;
    }

    /** A GGUF does not say which layers slide: the even ones. */
    private static List<AttentionKind> attention(int layers) {
        List<AttentionKind> kinds = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            kinds.add(layer % 2 == 0 ? AttentionKind.SLIDING : AttentionKind.FULL);
        }
        return kinds;
    }

    private RopeConfig rope(int contextLength) {
        Object type = value("rope.scaling.type");
        boolean yarn = type != null && !type.equals("none");
        if (yarn && !"yarn".equals(type)) {
            throw new CheckpointException(
                    file.path(),
                    "key " + key("rope.scaling.type") + ": expected \"yarn\" or \"none\" but found \"" + type + '"');
        }
        double factor = yarn ? number("rope.scaling.factor", 1) : 1;
        return new RopeConfig(
                number("rope.freq_base", 150_000),
                factor,
                (int) number("rope.scaling.original_context_length", contextLength / factor),
                number("rope.scaling.yarn_beta_fast", 32),
                number("rope.scaling.yarn_beta_slow", 1),
                RopeConfig.attentionFactor(factor),
                false);
    }

    private int integer(String name) {
        Object value = value(name);
        if (value instanceof List<?> each
                && !each.isEmpty()
                && each.stream().distinct().count() == 1) {
            value = each.get(0); // some writers give a number for each layer
        }
        if (value instanceof Long number && number >= 0 && number <= Integer.MAX_VALUE) {
            return number.intValue();
        }
        throw new CheckpointException(
                file.path(),
                "expected key " + key(name) + " with an integer but found " + (value == null ? "none" : value));
    }

    private double number(String name, double otherwise) {
        Object value = value(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw new CheckpointException(file.path(), "key " + key(name) + ": expected a number but found " + value);
    }

    private @Nullable Object value(String name) {
        Map<String, Object> metadata = file.metadata();
        return metadata.get(key(name));
    }

    private static String key(String name) {
        return ARCHITECTURE + "." + name;
    }
}
