package io.harmony4j.conformance;

import io.harmony4j.Conversation;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.tokenizer.Tokenizer;
import io.harmony4j.training.ImportOptions;
import io.harmony4j.training.ImportedRow;
import io.harmony4j.training.RowException;
import io.harmony4j.training.RowImporter;
import io.harmony4j.training.RowShape;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/** The driver's command on rows of training data: what conversation one is, and what of it is learnt. */
final class ImportOperation {
    /** The word in place of a shape for the one that the row's keys tell. */
    private static final String DETECT = "detect";

    private final Tokenizer tokenizer;

    ImportOperation(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** Reads a row. A row that is refused is an answer, not an error: it says where it is at fault. */
    void importRow(Request request, JsonObject.Builder reply) {
        JsonValue row = request.fields().get("row");
        ImportOptions options = ImportOptions.of(date(request));
        try {
            RowShape shape = shape(request, row);
            reply.put("detected", shape.wireName());
            put(new RowImporter(options.withShape(shape)).read(row), reply);
        } catch (RowException e) {
            reply.put("error_at", e.pointer());
            reply.put("reason", e.getMessage());
        }
    }

    private static RowShape shape(Request request, JsonValue row) {
        String word = request.text("shape", DETECT);
        return word.equals(DETECT) ? RowShape.detect(row) : RowShape.of(word);
    }

    private static LocalDate date(Request request) {
        try {
            return LocalDate.parse(request.text("date"));
        } catch (DateTimeParseException e) {
            throw request.wrong("date", "a date as in \"2026-01-31\"");
        }
    }

    private void put(ImportedRow row, JsonObject.Builder reply) {
        row.text().ifPresent(text -> reply.put("text", text));
        if (row.text().isEmpty()) {
            Conversation conversation = row.conversation();
            reply.put("messages", withoutNulls(conversation.toJsonObject().get("messages")));
            reply.put(
                    "training_text", tokenizer.decode(new HarmonyRenderer(tokenizer).renderForTraining(conversation)));
        }
        if (!row.weights().isEmpty()) {
            JsonObject.Builder weights = JsonObject.builder();
            row.weights().forEach((index, weight) -> weights.put(Integer.toString(index), weight));
            reply.put("weights", weights.build());
        }
        if (!row.unusedFields().isEmpty()) {
            reply.put("unused", JsonArray.ofTexts(row.unusedFields()));
        }
    }

    /** Returns JSON of the format without the fields that are null, but for those of schemas. */
    private static JsonValue withoutNulls(JsonValue value) {
        if (value.isArray()) {
            return JsonArray.of(
                    value.elements().stream().map(ImportOperation::withoutNulls).toList());
        }
        if (!value.isObject()) {
            return value;
        }
        JsonObject.Builder object = JsonObject.builder();
        value.members().forEach((name, member) -> {
            if (!member.isNull()) {
                object.put(name, name.equals("parameters") ? member : withoutNulls(member));
            }
        });
        return object.build();
    }
}
