package io.harmony4j.spark;

import io.harmony4j.Conversation;
import io.harmony4j.json.Json;
import io.harmony4j.training.ImportOptions;
import io.harmony4j.training.ImportedRow;
import io.harmony4j.training.RowImporter;
import io.harmony4j.training.RowShape;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Rows as conversations, by the options {@code shape}, {@code date} and {@code think_tags}. Thread-safe. */
final class RowReader {
    /** Null if each row tells its shape. */
    private final @Nullable RowShape shape;

    private final boolean hasDate;
    private final RowImporter importer;

    RowReader(FunctionOptions options) {
        this.shape = options.constant("shape", RowShape.class, RowShape::wireName);
        LocalDate date = options.date("date");
        this.hasDate = date != null;
        ImportOptions importing = ImportOptions.of(date == null ? LocalDate.EPOCH : date);
        ImportOptions shaped = shape == null ? importing : importing.withShape(shape);
        this.importer = new RowImporter(options.flag("think_tags", false) ? shaped.withThinkTags() : shaped);
    }

    /** Returns whether {@link #conversation} reads the format's own JSON. */
    boolean isOfFormat() {
        return shape == null || shape == RowShape.HARMONY;
    }

    /** Returns the conversation that a row is, in the format's own JSON unless another shape was named. */
    Conversation conversation(String json) {
        return isOfFormat() ? Conversation.fromJson(json) : row(json).conversation();
    }

    /** Returns a row of any shape. */
    ImportedRow row(String json) {
        ImportedRow row = importer.read(Json.parseAny(json));
        if (!hasDate && row.shape() != RowShape.HARMONY && row.shape() != RowShape.TEXT) {
            throw new IllegalArgumentException(
                    "expected the option \"date\", as in {\"date\": \"2026-01-31\"}, for the system message of a row of the"
                            + " shape " + row.shape().wireName() + " but found none");
        }
        return row;
    }
}
