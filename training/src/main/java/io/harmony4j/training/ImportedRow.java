package io.harmony4j.training;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Conversation;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A row of a data set, read as a conversation, or as a text that is none. Immutable. */
public final class ImportedRow {
    private final @Nullable Conversation conversation;
    private final @Nullable String text;
    private final RowShape shape;
    private final Map<Integer, Double> weights;
    private final List<String> unusedFields;

    ImportedRow(
            Conversation conversation, RowShape shape, Map<Integer, Double> weights, Collection<String> unusedFields) {
        this(requireNonNull(conversation, "conversation"), null, shape, weights, unusedFields);
    }

    private ImportedRow(
            @Nullable Conversation conversation,
            @Nullable String text,
            RowShape shape,
            Map<Integer, Double> weights,
            Collection<String> unusedFields) {
        this.conversation = conversation;
        this.text = text;
        this.shape = requireNonNull(shape, "shape");
        this.weights = Collections.unmodifiableMap(new TreeMap<>(weights));
        this.unusedFields = List.copyOf(unusedFields);
    }

    static ImportedRow ofText(String text, Collection<String> unusedFields) {
        return new ImportedRow(null, requireNonNull(text, "text"), RowShape.TEXT, Map.of(), unusedFields);
    }

    /**
     * Returns the conversation.
     *
     * @throws IllegalStateException if the row is of the shape {@link RowShape#TEXT}: a document is nobody's message, and a system message
     *     before it would be learnt with it
     */
    public Conversation conversation() {
        if (conversation == null) {
            throw new IllegalStateException("expected a row with a conversation but found a text; ask text() first");
        }
        return conversation;
    }

    /** Returns the document, if the row is of the shape {@link RowShape#TEXT}; it is learnt as it is, without a header. */
    public Optional<String> text() {
        return Optional.ofNullable(text);
    }

    /** Returns the shape that the row had. */
    public RowShape shape() {
        return shape;
    }

    /** Returns the weights that the row gives to messages, by their index in the conversation, ascending from 0. A message without one has the weight 1. */
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
