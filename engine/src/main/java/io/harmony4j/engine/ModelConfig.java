package io.harmony4j.engine;

import java.util.List;

/**
 * The shape of a model: what its {@code config.json} or GGUF metadata says.
 *
 * @param layers how many layers
 * @param hiddenSize the width of the residual stream
 * @param intermediateSize the width inside an expert
 * @param vocabularySize how many token ids, padding included
 * @param heads query heads of a layer
 * @param keyValueHeads key and value heads of a layer; {@code heads / keyValueHeads} query heads share one
 * @param headSize the width of a head, even
 * @param experts experts of a layer
 * @param expertsPerToken how many of them see a token
 * @param attention what each layer's attention sees, one for each layer
 * @param slidingWindow how many positions a {@link AttentionKind#SLIDING} layer sees, the token's own included
 * @param rope how positions turn queries and keys
 * @param contextLength the longest sequence, in tokens
 * @param swigluLimit where the gate and the linear part of SwiGLU are clamped
 * @param swigluAlpha what the gate is multiplied by in the sigmoid
 * @param rmsNormEpsilon what is added to the mean square
 */
public record ModelConfig(
        int layers,
        int hiddenSize,
        int intermediateSize,
        int vocabularySize,
        int heads,
        int keyValueHeads,
        int headSize,
        int experts,
        int expertsPerToken,
        List<AttentionKind> attention,
        int slidingWindow,
        RopeConfig rope,
        int contextLength,
        float swigluLimit,
        float swigluAlpha,
        float rmsNormEpsilon) {

    /** Checks that the numbers fit each other. */
    public ModelConfig {
        attention = List.copyOf(attention);
        positive(layers, "layers");
        positive(hiddenSize, "hidden size");
        positive(intermediateSize, "intermediate size");
        positive(vocabularySize, "vocabulary size");
        positive(heads, "attention heads");
        positive(keyValueHeads, "key-value heads");
        positive(headSize, "head size");
        positive(experts, "experts");
        positive(expertsPerToken, "experts per token");
        positive(slidingWindow, "sliding window");
        positive(contextLength, "context length");
        Require.that(
                heads % keyValueHeads == 0,
                "attention heads divisible by key-value heads",
                heads + " and " + keyValueHeads);
        Require.that(headSize % 2 == 0, "an even head size", headSize);
        Require.that(expertsPerToken <= experts, "at most " + experts + " experts per token", expertsPerToken);
        Require.that(
                attention.size() == layers, "a kind of attention for each of " + layers + " layers", attention.size());
        Require.that(swigluLimit > 0, "a positive swiglu limit", swigluLimit);
        Require.that(rmsNormEpsilon > 0, "a positive rms_norm_eps", rmsNormEpsilon);
    }

    /** Returns the width of all queries, {@code heads * headSize}. */
    public int querySize() {
        return heads * headSize;
    }

    /** Returns the width of all keys, or of all values: {@code keyValueHeads * headSize}. */
    public int keyValueSize() {
        return keyValueHeads * headSize;
    }

    private static void positive(int value, String name) {
        Require.that(value > 0, "a positive number of " + name, value);
    }
}
