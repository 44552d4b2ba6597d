package io.harmony4j.training;

import io.harmony4j.Conversation;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.openai.ApiException;
import io.harmony4j.openai.ApiOptions;
import io.harmony4j.openai.ResponseStore;
import io.harmony4j.openai.Responses;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rows with items of Responses, read as a request: {@code input} or {@code items}, and {@code output} after it. Each of them may be a text:
 * the user's, and the assistant's.
 */
final class ResponsesRows {
    private static final String INPUT = "input";

    private static final Pattern IN_ITEM = Pattern.compile(INPUT + "\\[(\\d+)](.*)", Pattern.DOTALL);

    /** The fields of items that are read, or that say nothing about what was said. */
    private static final String[] ITEM_FIELDS = {
        "type",
        "role",
        "content",
        "status",
        "phase",
        "call_id",
        "name",
        "namespace",
        "arguments",
        "input",
        "output",
        "error",
        "encrypted_content",
        "code",
        "outputs"
    };

    private ResponsesRows() {}

    static ImportedRow read(RowField row, ImportOptions options) {
        JsonValue value = row.object().value();
        RowField input =
                row.get(value.get(INPUT).isNull() && !value.get("items").isNull() ? "items" : INPUT);
        List<RowField> items = new ArrayList<>(items(input));
        RowField output = row.get("output");
        int answers = items.size();
        if (!output.isAbsent()) {
            items.addAll(items(output));
        }
        List<JsonValue> values = new ArrayList<>();
        for (RowField item : items) {
            item.ignore(ITEM_FIELDS);
            values.add(
                    item.value().isString()
                            ? message(item, values.size() < answers ? "user" : "assistant")
                            : item.value());
        }
        JsonObject.Builder request = JsonObject.builder()
                .put(INPUT, JsonArray.of(values))
                .put("instructions", row.get("instructions").value())
                .put("tools", row.get("tools").orJsonText().value())
                .put("reasoning", reasoning(row));
        if (value.get("text").isObject()) {
            request.put("text", row.get("text").value());
        }
        try {
            Conversation conversation = new Responses(apiOptions(options), ResponseStore.NONE)
                    .request(Json.write(request.build()))
                    .wholeConversation();
            return new ImportedRow(conversation, RowShape.RESPONSES, Map.of(), row);
        } catch (ApiException e) {
            throw new RowException(pointer(e, row, input, items), String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw row.fault(String.valueOf(e.getMessage()));
        }
    }

    private static List<RowField> items(RowField field) {
        if (field.value().isString()) {
            return List.of(field);
        }
        if (!field.value().isArray()) {
            throw field.wrong("a string or a list of items");
        }
        return field.elements();
    }

    private static JsonObject message(RowField text, String role) {
        return JsonObject.builder()
                .put("role", role)
                .put("content", text.value())
                .build();
    }

    private static JsonValue reasoning(RowField row) {
        RowField reasoning = row.get("reasoning");
        RowField effort = row.get("reasoning_effort");
        return reasoning.isAbsent() && !effort.isAbsent() ? JsonObject.of("effort", effort.value()) : reasoning.value();
    }

    private static ApiOptions apiOptions(ImportOptions options) {
        return ApiOptions.DEFAULT.withDate(options.date()).withIds(() -> "").withMaxLength(Integer.MAX_VALUE);
    }

    /** Returns where in the row the fault of its request is. */
    private static String pointer(ApiException fault, RowField row, RowField input, List<RowField> items) {
        String path = fault.param() == null ? "" : fault.param();
        Matcher inItem = IN_ITEM.matcher(path);
        if (inItem.matches()) {
            RowField item = items.get(Integer.parseInt(inItem.group(1)));
            return item.pointer() + (item.value().isString() ? "" : JsonPaths.pointer(inItem.group(2)));
        }
        if (path.equals(INPUT)) {
            return faultOfInput(items, input).pointer();
        }
        if (path.startsWith("reasoning") && row.get("reasoning").isAbsent()) {
            return row.get("reasoning_effort").pointer();
        }
        boolean isInText = path.startsWith("tools") && row.get("tools").value().isString();
        return isInText ? row.get("tools").pointer() : JsonPaths.pointer(path);
    }

    /** Returns what is at fault where the API blames the whole input: a reference, which nobody can follow, or the result of no call. */
    private static RowField faultOfInput(List<RowField> items, RowField input) {
        Set<String> calls = new HashSet<>();
        for (RowField item : items) {
            String type = item.value().get("type").textOrNull();
            boolean isReference = type == null
                    ? item.value().get("role").isNull()
                            && !item.value().get("id").isNull()
                    : type.equals("item_reference");
            if (isReference) {
                return item.get("id");
            }
            String id = item.value().get("call_id").textOrNull();
            if (id != null && type != null && !type.endsWith("_output")) {
                calls.add(id);
            } else if (id != null && !calls.contains(id)) {
                return item.get("call_id");
            }
        }
        return input;
    }
}
