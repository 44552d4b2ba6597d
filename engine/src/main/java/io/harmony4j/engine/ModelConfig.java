package io.harmony4j.engine;

import static java.util.Objects.requireNonNull;

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

    /**
     * The most numbers that a token has at one place of a pass, far above the 23,040 of gpt-oss: whatever the batch, an array can hold
     * them for all its tokens.
     */
    private static final long MAX_WIDTH = 1 << 18;

    /** The most elements of all experts' biases, which are copied to the heap: gpt-oss-120b has 40 million. */
    private static final long MAX_BIASES = 1 << 27;

    /**
     * Checks that the numbers are in range and fit each other.
     *
     * @throws IllegalArgumentException if they do not
     */
    public ModelConfig {
        attention = List.copyOf(Require.nonNullElements(attention, "attention"));
        requireNonNull(rope, "rope");
        Quantity.LAYERS.require(layers);
        Quantity.HIDDEN_SIZE.require(hiddenSize);
        Quantity.INTERMEDIATE_SIZE.require(intermediateSize);
        Quantity.VOCABULARY_SIZE.require(vocabularySize);
        Quantity.HEADS.require(heads);
        Quantity.KEY_VALUE_HEADS.require(keyValueHeads);
        Quantity.HEAD_SIZE.require(headSize);
        Quantity.EXPERTS.require(experts);
        Quantity.EXPERTS_PER_TOKEN.require(expertsPerToken);
        Quantity.SLIDING_WINDOW.require(slidingWindow);
        Quantity.CONTEXT_LENGTH.require(contextLength);
        Quantity.SWIGLU_LIMIT.require(swigluLimit);
        Quantity.SWIGLU_ALPHA.require(swigluAlpha);
        Quantity.RMS_NORM_EPSILON.require(rmsNormEpsilon);
        Quantity.requireFit(
                heads % keyValueHeads == 0,
                "attention heads divisible by key-value heads",
                heads + " and " + keyValueHeads,
                Quantity.HEADS,
                Quantity.KEY_VALUE_HEADS);
        Quantity.requireFit(headSize % 2 == 0, "an even head size", headSize, Quantity.HEAD_SIZE);
        Quantity.requireFit(
                expertsPerToken <= experts,
                "at most " + experts + " experts per token",
                expertsPerToken,
                Quantity.EXPERTS_PER_TOKEN,
                Quantity.EXPERTS);
        Quantity.requireFit(
                attention.size() == layers,
                "a kind of attention for each of " + layers + " layers",
                attention.size(),
                Quantity.LAYERS);
        long queriesKeysValues = (heads + 2L * keyValueHeads) * headSize;
        Quantity.requireFit(
                queriesKeysValues <= MAX_WIDTH,
                "at most " + MAX_WIDTH + " elements of a token's queries, keys and values",
                queriesKeysValues,
                Quantity.HEADS,
                Quantity.KEY_VALUE_HEADS,
                Quantity.HEAD_SIZE);
        long insideExperts = expertsPerToken * Math.max(hiddenSize, 2L * intermediateSize);
        Quantity.requireFit(
                insideExperts <= MAX_WIDTH,
                "at most " + MAX_WIDTH + " elements of a token inside its experts",
                insideExperts,
                Quantity.EXPERTS_PER_TOKEN,
                Quantity.HIDDEN_SIZE,
                Quantity.INTERMEDIATE_SIZE);
        long biases = (long) layers * experts * (2L * intermediateSize + hiddenSize);
        Quantity.requireFit(
                biases <= MAX_BIASES,
                "at most " + MAX_BIASES + " elements of all experts' biases",
                biases,
                Quantity.LAYERS,
                Quantity.EXPERTS,
                Quantity.INTERMEDIATE_SIZE,
                Quantity.HIDDEN_SIZE);
    }

    /** Returns the width of all queries, {@code heads * headSize}. */
    public int querySize() {
        return heads * headSize;
    }

    /** Returns the width of all keys, or of all values: {@code keyValueHeads * headSize}. */
    public int keyValueSize() {
        return keyValueHeads * headSize;
    }
}
