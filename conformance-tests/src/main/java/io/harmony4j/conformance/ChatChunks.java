package io.harmony4j.conformance;

import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The chunks of a streamed chat completion in the form in which they are compared, which does not depend on how texts were divided:
 * for each choice, in order of index, {@code {"delta":…}} with {@code finish_reason} in the last, adjacent deltas of one kind
 * joined; then what belongs to no choice, {@code "[DONE]"} last.
 */
final class ChatChunks {
    static final String DONE = "[DONE]";

    private final Map<Long, List<JsonObject>> choices = new TreeMap<>();
    private final List<JsonValue> others = new ArrayList<>();

    private ChatChunks() {}

    static JsonArray normal(List<JsonValue> chunks) {
        ChatChunks form = new ChatChunks();
        chunks.forEach(form::accept);
        return form.toJson();
    }

    private void accept(JsonValue chunk) {
        List<JsonValue> list = chunk.get("choices").elements();
        if (list.isEmpty()) {
            others.add(chunk.get("choices").isArray() ? withoutChoices(chunk) : chunk);
        }
        list.forEach(this::acceptChoice);
    }

    private static JsonObject withoutChoices(JsonValue chunk) {
        return JsonObject.builder()
                .put("choices", JsonArray.of(List.of()))
                .put("usage", chunk.get("usage"))
                .build();
    }

    private void acceptChoice(JsonValue choice) {
        JsonObject delta = withoutNulls(choice.get("delta"));
        JsonObject.Builder piece = JsonObject.builder().put("delta", delta);
        JsonValue reason = choice.get("finish_reason");
        if (!reason.isNull()) {
            piece.put("finish_reason", reason);
        }
        long index = choice.get("index").isNumber() ? (long) choice.get("index").doubleValue() : 0;
        List<JsonObject> pieces = choices.computeIfAbsent(index, first -> new ArrayList<>());
        int last = pieces.size() - 1;
        if (last >= 0 && isSameKind(pieces.get(last), delta) && reason.isNull()) {
            pieces.set(last, JsonObject.of("delta", joined(pieces.get(last).get("delta"), delta)));
        } else {
            pieces.add(piece.build());
        }
    }

    private static JsonObject withoutNulls(JsonValue delta) {
        JsonObject.Builder builder = JsonObject.builder();
        delta.members().forEach((name, value) -> {
            if (!value.isNull()) {
                builder.put(name, value);
            }
        });
        return builder.build();
    }

    /** Two deltas are of one kind if they have the same fields, and if these are calls, the same call. */
    private static boolean isSameKind(JsonObject piece, JsonObject delta) {
        JsonValue before = piece.get("delta");
        return !piece.has("finish_reason")
                && before.members().keySet().equals(delta.members().keySet())
                && indices(before).equals(indices(delta));
    }

    private static List<JsonValue> indices(JsonValue delta) {
        return delta.get("tool_calls").elements().stream()
                .map(call -> call.get("index"))
                .toList();
    }

    /** Joins as clients do: strings one after the other, objects by their fields, lists by place; else the first stays. */
    private static JsonValue joined(JsonValue one, JsonValue other) {
        if (one.isString() && other.isString()) {
            return JsonValue.of(one.text() + other.text());
        }
        if (one instanceof JsonObject object && other.isObject()) {
            JsonObject.Builder builder = object.toBuilder();
            other.members()
                    .forEach((name, value) ->
                            builder.put(name, object.has(name) ? joined(object.get(name), value) : value));
            return builder.build();
        }
        if (one.isArray()
                && other.isArray()
                && one.elements().size() == other.elements().size()) {
            List<JsonValue> elements = new ArrayList<>();
            for (int i = 0; i < one.elements().size(); i++) {
                elements.add(joined(one.elements().get(i), other.elements().get(i)));
            }
            return JsonArray.of(elements);
        }
        return one.isNull() ? other : one;
    }

    private JsonArray toJson() {
        List<JsonValue> all = new ArrayList<>();
        choices.forEach((index, pieces) ->
                pieces.forEach(piece -> all.add(choices.size() == 1 ? piece : withIndex(index, piece))));
        all.addAll(others);
        return JsonArray.of(all);
    }

    private static JsonObject withIndex(long index, JsonObject piece) {
        JsonObject.Builder builder = JsonObject.builder().put("index", index);
        piece.members().forEach(builder::put);
        return builder.build();
    }
}
