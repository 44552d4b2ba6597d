package io.harmony4j.openai;

import io.harmony4j.Role;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A page of the items of a request, as clients ask for it: so many, in which order, after which one. */
final class InputItemsPage {
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;

    private InputItemsPage() {}

    static JsonObject of(List<JsonObject> input, Map<String, String> query) {
        Field asked = Field.root(asked(query));
        Long limit = asked.get("limit").integer(1, MAX_LIMIT);
        List<JsonObject> items = new ArrayList<>(input);
        Field order = asked.get("order");
        switch (order.text("desc")) {
            case "desc" -> Collections.reverse(items);
            case "asc" -> {}
            default -> throw order.wrongValue(List.of("asc", "desc"));
        }
        int from = begin(items, asked.get("after"));
        int to = (int) Math.min(items.size(), from + (limit == null ? DEFAULT_LIMIT : limit));
        List<JsonObject> page =
                items.subList(from, to).stream().map(InputItemsPage::complete).toList();
        return JsonObject.builder()
                .put("object", "list")
                .put("data", JsonArray.of(page))
                .put("has_more", to < items.size())
                .put(
                        "first_id",
                        page.isEmpty() ? JsonValue.ofNull() : page.get(0).get("id"))
                .put(
                        "last_id",
                        page.isEmpty()
                                ? JsonValue.ofNull()
                                : page.get(page.size() - 1).get("id"))
                .build();
    }

    /** Returns the query as an object, in which a number is one. */
    private static JsonObject asked(Map<String, String> query) {
        JsonObject.Builder asked = JsonObject.builder();
        query.forEach((name, text) -> asked.put(
                name,
                text.matches("-?[0-9]{1,18}") && name.equals("limit")
                        ? JsonValue.of(Long.parseLong(text))
                        : JsonValue.of(text)));
        return asked.build();
    }

    private static int begin(List<JsonObject> items, Field after) {
        if (after.isAbsent()) {
            return 0;
        }
        for (int i = 0; i < items.size(); i++) {
            if (after.text().equals(items.get(i).get("id").textOrNull())) {
                return i + 1;
            }
        }
        throw after.invalid(
                "invalid_value",
                "Invalid 'after': expected the id of an item of this response's input, but got '" + after.text()
                        + "'.");
    }

    /** Returns an item with the fields that clients read: a message may have been sent without its type, or with a text as content. */
    private static JsonObject complete(JsonObject item) {
        JsonObject.Builder complete = item.toBuilder();
        if (!item.has("status")) {
            complete.put("status", "completed");
        }
        if (ResponseItems.type(Field.root(item)).equals("message")) {
            complete.put("type", "message");
            JsonValue content = item.get("content");
            if (content.isString()) {
                boolean isOutput =
                        Role.ASSISTANT.wireName().equals(item.get("role").textOrNull());
                complete.put("content", JsonArray.of(List.of(part(isOutput, content.text()))));
            }
        }
        return complete.build();
    }

    private static JsonObject part(boolean isOutput, String text) {
        JsonObject.Builder part = JsonObject.builder()
                .put("type", isOutput ? "output_text" : "input_text")
                .put("text", text);
        return isOutput ? part.put("annotations", JsonArray.of(List.of())).build() : part.build();
    }
}
