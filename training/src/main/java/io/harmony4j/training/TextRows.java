package io.harmony4j.training;

/** Rows of plain text. */
final class TextRows {
    private TextRows() {}

    static ImportedRow read(RowField row) {
        String text = row.object().get("text").text();
        return ImportedRow.ofText(text, row);
    }
}
