package io.harmony4j.renderer;

import java.util.Arrays;
import java.util.List;

/** A training example: tokens, and which of them a model is to learn. Labels stand at their tokens; trainers shift them. Immutable. */
public final class TrainingSample {
    /** The label of a token that is not learnt, as PyTorch's loss has it. */
    public static final int IGNORED = -100;

    private final int[] tokens;
    private final int[] labels; // [tokens]
    private final float[] weights; // [tokens]
    private final List<Integer> messages;

    TrainingSample(int[] tokens, int[] labels, float[] weights, List<Integer> messages) {
        this.tokens = tokens;
        this.labels = labels;
        this.weights = weights;
        this.messages = List.copyOf(messages);
    }

    /** Returns a copy with other indices of messages. */
    TrainingSample withMessages(List<Integer> indices) {
        return new TrainingSample(tokens, labels, weights, indices);
    }

    /** Returns a copy of the tokens. */
    public int[] tokens() {
        return tokens.clone();
    }

    /** Returns a copy of the labels, one for each token: the token to learn at its place, or {@link #IGNORED}. */
    public int[] labels() {
        return labels.clone();
    }

    /** Returns a copy of the weights, one for each token; 0 where nothing is learnt. */
    public float[] weights() {
        return weights.clone();
    }

    /** Returns the indices of the messages that were rendered, from 0, ascending. */
    public List<Integer> messages() {
        return messages;
    }

    /** Returns how many tokens are learnt. */
    public int labelCount() {
        return (int) Arrays.stream(labels).filter(label -> label != IGNORED).count();
    }

    /** Returns the numbers of tokens and labels, for human readers. */
    @Override
    public String toString() {
        return tokens.length + " tokens, labels: " + labelCount();
    }
}
