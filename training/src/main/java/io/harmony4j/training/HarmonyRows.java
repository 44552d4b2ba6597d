package io.harmony4j.training;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Role;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.UnexpectedJsonException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rows that are conversations as the format has them: they are read as they are, with weights beside messages, and no system message is made. */
final class HarmonyRows {
    private HarmonyRows() {}

    static ImportedRow read(RowField row) {
        boolean isList = row.value().isArray();
        JsonObject object = isList
                ? JsonObject.of("messages", row.value())
                : (JsonObject) row.object().value();
        String prefix = isList ? "/messages" : "";
        Conversation conversation;
        try {
            conversation = Conversation.fromJsonObject(object);
        } catch (UnexpectedJsonException e) {
            String pointer = JsonPaths.pointer(e.path());
            throw new RowException(
                    pointer.substring(Math.min(prefix.length(), pointer.length())), String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw row.fault(String.valueOf(e.getMessage()));
        }
        List<RowField> fields = (isList ? row : row.get("messages")).elements();
        Map<Integer, Double> weights = new TreeMap<>();
        for (int i = 0; i < fields.size(); i++) {
            RowField field = fields.get(i);
            requireRenderable(conversation.messages().get(i), field);
            field.ignore("role", "name", "recipient", "content", "channel", "content_type");
            Double weight = RowMessages.weight(field);
            if (weight != null) {
                weights.put(i, weight);
            }
        }
        return new ImportedRow(conversation, RowShape.HARMONY, weights, row);
    }

    /** Refuses what the format's JSON can hold and no prompt can. */
    private static void requireRenderable(Message message, RowField field) {
        Role role = message.author().role();
        if (role == Role.TOOL && message.author().name() == null) {
            throw field.get("name").wrong("the tool's name, as in functions.get_weather,");
        }
        for (int i = 0; i < message.content().size(); i++) {
            Content part = message.content().get(i);
            boolean isMisplaced = (part instanceof Content.System && role != Role.SYSTEM)
                    || (part instanceof Content.Developer && role != Role.DEVELOPER);
            if (isMisplaced) {
                throw field.get("content")
                        .elements()
                        .get(i)
                        .fault("expected text in a message of the role " + role.wireName()
                                + " but found what a system or developer message says");
            }
        }
    }
}
