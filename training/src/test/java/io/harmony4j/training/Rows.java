package io.harmony4j.training;

import io.harmony4j.Message;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.time.LocalDate;
import java.util.List;

/** Rows for tests, as JSON with single quotes. */
final class Rows {
    static final ImportOptions OPTIONS = ImportOptions.of(LocalDate.of(2026, 1, 1));

    private Rows() {}

    static JsonValue json(String row) {
        return Json.parseAny(row.replace('\'', '"'));
    }

    static ImportedRow read(String row) {
        return new RowImporter(OPTIONS).read(json(row));
    }

    /** Returns what is said after the system message, each message as in {@code assistant analysis: text}. */
    static List<String> said(String row) {
        return read(row).conversation().messages().stream()
                .skip(1)
                .map(Rows::line)
                .toList();
    }

    private static String line(Message message) {
        StringBuilder line = new StringBuilder(message.author().role().wireName());
        for (Object part :
                new Object[] {message.author().name(), message.recipient(), message.channel(), message.contentType()}) {
            if (part != null) {
                line.append(' ').append(part);
            }
        }
        Object content = message.text().isEmpty() && message.toJson().contains("developer_content")
                ? message.toJson()
                : message.text();
        return line + ": " + content;
    }
}
