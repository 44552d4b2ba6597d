package io.harmony4j.training;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Conversation;
import java.util.List;
import java.util.Map;

/** A row of a data set, read as a conversation. Immutable. */
public final class ImportedRow {
    private final Conversation conversation;
    private final RowShape shape;
    private final Map<Integer, Double> weights;
    private final List<String> unusedFields;

    ImportedRow(Conversation conversation, RowShape shape, Map<Integer, Double> weights, List<String> unusedFields) {
        this.conversation = requireNonNull(conversation, "conversation");
        this.shape = requireNonNull(shape, "shape");
        this.weights = Map.copyOf(weights);
        this.unusedFields = List.copyOf(unusedFields);
    }

    /** Returns the conversation. */
    public Conversation conversation() {
        return conversation;
    }

    /** Returns the shape that the row had. */
    public RowShape shape() {
        return shape;
    }

    /** Returns the weights that the row gives to messages, by their index in the conversation, from 0. A message without one has the weight 1. */
    public Map<Integer, Double> weights() {
        return weights;
    }

    /**
     * Returns the fields of the row that are in no message, each once, without the indices of lists, as in {@code messages.metadata}; what every
     * row of such data has and nobody trains on, such as {@code id}, is not among them.
     */
    public List<String> unusedFields() {
        return unusedFields;
    }
}
