package io.harmony4j.training;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.JsonValue;

/**
 * Rows of data sets to conversations. Thread-safe.
 *
 * <pre>{@code
 * RowImporter importer = new RowImporter(ImportOptions.of(LocalDate.of(2026, 1, 1)));
 * ImportedRow row = importer.read(Json.parseAny("""
 *         {"conversations": [{"from": "human", "value": "2+2?"}, {"from": "gpt", "value": "<think>Easy.</think>4"}]}"""));
 * row.shape();             // SHAREGPT
 * row.conversation();      // system, user, the assistant's analysis and its final answer
 * }</pre>
 */
public final class RowImporter {
    private final ImportOptions options;

    /** Creates an importer. */
    public RowImporter(ImportOptions options) {
        this.options = requireNonNull(options, "options");
    }

    /**
     * Returns a row as a conversation.
     *
     * @param row best as {@link io.harmony4j.json.Json#parseAny} reads it, which takes all JSON that other programs write
     * @throws RowException if the row is not of its shape
     */
    public ImportedRow read(JsonValue row) {
        requireNonNull(row, "row");
        RowShape shape = options.shape().orElseGet(() -> RowShape.detect(row));
        RowField root = RowField.root(row);
        return switch (shape) {
            case HARMONY -> HarmonyRows.read(root);
            case HF_THINKING -> ThinkingRows.read(root, options);
            case CHAT -> ChatRows.read(root, options);
            case PROMPT_COMPLETION -> PromptCompletionRows.read(root, options);
            case SHAREGPT -> ShareGptRows.read(root, options);
            case ALPACA -> AlpacaRows.read(root, options);
            case RESPONSES -> ResponsesRows.read(root, options);
            case TEXT -> TextRows.read(root);
        };
    }
}
