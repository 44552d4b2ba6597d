package io.harmony4j.engine.synthetic;

import io.harmony4j.engine.AttentionKind;
import io.harmony4j.engine.ModelConfig;
import io.harmony4j.engine.RopeConfig;

/** The shapes of the models that OpenAI published as gpt-oss. */
public enum PublishedShape {
    /** 20.9 billion parameters, 3.6 billion of them active. */
    GPT_OSS_20B("gpt-oss-20b", 24, 32),
    /** 116.8 billion parameters, 5.1 billion of them active. */
    GPT_OSS_120B("gpt-oss-120b", 36, 128);

    private static final int INITIAL_CONTEXT = 4096;
    private static final int CONTEXT_FACTOR = 32;

    private final String title;
    private final int layers;
    private final int experts;

    PublishedShape(String title, int layers, int experts) {
        this.title = title;
        this.layers = layers;
        this.experts = experts;
    }

    /** Returns the model's name. */
    public String title() {
        return title;
    }

    /** Returns the model's shape. */
    public ModelConfig config() {
        return new ModelConfig(
                layers,
                2880,
                2880,
                201_088,
                64,
                8,
                64,
                experts,
                4,
                AttentionKind.alternating(layers),
                128,
                new RopeConfig(
                        150_000,
                        CONTEXT_FACTOR,
                        INITIAL_CONTEXT,
                        32,
                        1,
                        RopeConfig.attentionFactor(CONTEXT_FACTOR),
                        false),
                INITIAL_CONTEXT * CONTEXT_FACTOR,
                7.0f,
                1.702f,
                1e-5f);
    }
}
