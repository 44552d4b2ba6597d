package io.harmony4j.training;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Conversation;
import io.harmony4j.json.JsonValue;
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
    private final Map<String, String> unusedFields; // their JSON pointers, by their names
    private final JsonValue json;

    /** @param row what was read, as far as it was */
    ImportedRow(Conversation conversation, RowShape shape, Map<Integer, Double> weights, RowField row) {
        this(requireNonNull(conversation, "conversation"), null, shape, weights, row);
    }

    private ImportedRow(
            @Nullable Conversation conversation,
            @Nullable String text,
            RowShape shape,
            Map<Integer, Double> weights,
            RowField row) {
        this.conversation = conversation;
        this.text = text;
        this.shape = requireNonNull(shape, "shape");
        this.weights = Collections.unmodifiableMap(new TreeMap<>(weights));
        this.unusedFields = row.unread();
        this.json = row.value();
    }

    static ImportedRow ofText(String text, RowField row) {
        return new ImportedRow(null, requireNonNull(text, "text"), RowShape.TEXT, Map.of(), row);
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
        return List.copyOf(unusedFields.keySet());
    }

    /** Returns the JSON pointer of the first of each of these fields; that of the string in whose text it is, if it is in one. */
    Map<String, String> unusedPointers() {
        return unusedFields;
    }

    /**
     * Refuses the row if it has {@linkplain #unusedFields fields that are in no message}.
     *
     * @throws RowException if it has some
     */
    public void requireAllUsed() {
        if (!unusedFields.isEmpty()) {
            throw new RowException(
                    "",
                    "expected only fields that end in a message but found " + String.join(", ", unusedFields.keySet())
                            + "; remove them, or do not be strict");
        }
    }

    /** Returns what the row was read from. */
    JsonValue json() {
        return json;
    }

    /** Returns the text or number that the row has under {@code id}, if there is one. */
    Optional<String> id() {
        JsonValue id = json.get("id");
        return id.isString() ? Optional.of(id.text()) : id.isNumber() ? Optional.of(id.toString()) : Optional.empty();
    }
}
