package io.harmony4j.engine;

import java.util.List;

/**
 * A model's weights. Matrices stay in the mapped file; small tensors are copied to the heap.
 *
 * @param embedding {@code [vocabularySize, hiddenSize]}
 * @param layers the layers, in order
 * @param norm {@code [hiddenSize]}: the scale of the last norm
 * @param unembedding what gives the logits
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity
record Weights(Linear embedding, List<Layer> layers, float[] norm, Unembedding unembedding) {

    Weights {
        layers = List.copyOf(layers);
    }

    /** Returns the same with matrices that are decoded once, all but the embedding. */
    Weights decoded() {
        return new Weights(embedding, layers.stream().map(Layer::decoded).toList(), norm, unembedding.decoded());
    }

    /** Returns how many elements all matrices have. */
    long parameterCount() {
        long total = embedding.size() + unembedding.all().size();
        for (Layer layer : layers) {
            total += layer.sharedSize()
                    + layer.experts.size() * layer.experts.get(0).size();
        }
        return total;
    }

    /** Returns how many elements the matrices have that a token is multiplied with, if it sees so many experts of a layer. */
    long activeParameterCount(int experts) {
        long elements = unembedding.known().size();
        for (Layer layer : layers) {
            elements += layer.sharedSize() + experts * layer.experts.get(0).size();
        }
        return elements;
    }

    /** Returns how many bytes these have. */
    long activeBytes(int experts) {
        long bytes = unembedding.known().bytes();
        for (Layer layer : layers) {
            Expert expert = layer.experts.get(0);
            bytes += layer.qkv.bytes()
                    + layer.attentionOut.bytes()
                    + layer.router.bytes()
                    + experts * (expert.gateUp.bytes() + expert.down.bytes());
        }
        return bytes;
    }

    /**
     * The weights of a layer.
     *
     * @param attentionNorm {@code [hiddenSize]}
     * @param qkv {@code [(heads + 2 keyValueHeads) headSize, hiddenSize]}: queries, keys, values
     * @param sinks {@code [heads]}
     * @param attentionOut {@code [hiddenSize, heads headSize]}
     * @param mlpNorm {@code [hiddenSize]}
     * @param router {@code [experts, hiddenSize]}
     * @param experts the experts, in order
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by identity
    record Layer(
            float[] attentionNorm,
            Linear qkv,
            float[] sinks,
            Linear attentionOut,
            float[] mlpNorm,
            Linear router,
            List<Expert> experts) {

        Layer {
            experts = List.copyOf(experts);
        }

        private Layer decoded() {
            return new Layer(
                    attentionNorm,
                    qkv.decoded(),
                    sinks,
                    attentionOut.decoded(),
                    mlpNorm,
                    router.decoded(),
                    experts.stream().map(Expert::decoded).toList());
        }

        /** Returns how many elements the matrices have that every token meets. */
        private long sharedSize() {
            return qkv.size() + attentionOut.size() + router.size();
        }
    }

    /**
     * The weights of an expert.
     *
     * @param gateUp {@code [2 intermediateSize, hiddenSize]}: gates and linear parts
     * @param interleaved whether a gate's row is followed by its linear part's; otherwise all gates come first
     * @param down {@code [hiddenSize, intermediateSize]}
     */
    record Expert(Linear gateUp, boolean interleaved, Linear down) {

        private Expert decoded() {
            return new Expert(gateUp.decoded(), interleaved, down.decoded());
        }

        private long size() {
            return gateUp.size() + down.size();
        }
    }
}
