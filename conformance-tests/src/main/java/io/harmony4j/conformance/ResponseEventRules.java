package io.harmony4j.conformance;

import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What holds for the events of every streamed response, whatever the model has written: the rules S and S1 to S12 of
 * {@code SERVER-API.md} beside the vectors. The order of the events is that of {@link ResponseEventOrder}. For one stream.
 */
final class ResponseEventRules {
    /** What a response object always has. */
    private static final List<String> RESPONSE = List.of(
            ("id object created_at status background completed_at error incomplete_details instructions max_output_tokens"
                            + " max_tool_calls model output parallel_tool_calls previous_response_id prompt_cache_key reasoning"
                            + " safety_identifier service_tier store temperature text tool_choice tools top_logprobs top_p"
                            + " truncation usage user metadata")
                    .split(" "));

    private static final String REASONING = "reasoning";
    private static final String MESSAGE = "message";
    private static final String FUNCTION = "function_call";
    private static final String CUSTOM = "custom_tool_call";

    private final String output; // what the model has written
    private final ResponseEventOrder order = new ResponseEventOrder();
    private final Set<String> ids = new HashSet<>(); // of items, and of calls
    private final List<JsonValue> items = new ArrayList<>(); // that are done
    private final StringBuilder text = new StringBuilder(); // of the open item: its deltas so far
    private JsonValue item = JsonValue.ofNull(); // the open one, as it was added
    private JsonValue response = JsonValue.ofNull(); // as it was created
    private int position = -1; // of the event that is read
    private @Nullable String broken; // the first rule, in a sentence

    /** @param given the request of the driver protocol */
    ResponseEventRules(JsonObject given) {
        output = Lenient.text(given.get("output"));
    }

    /** Returns the first rule that is broken, in a sentence that begins with its name, or null. */
    @Nullable
    String broken(List<JsonValue> events) {
        for (JsonValue event : events) {
            position++;
            String type = Lenient.text(event.get("type"));
            broken = order.unmet(type, Lenient.text(event.get("item").get("type")));
            accept(type, event);
            if (broken != null) {
                return broken + " in event " + position;
            }
        }
        return order.unmetAtEnd();
    }

    private void require(String rule, boolean holds, String expected, Object found) {
        if (!holds && broken == null) {
            broken = rule + ": expected " + expected + " but found " + found;
        }
    }

    private void accept(String type, JsonValue event) {
        JsonValue number = event.get("sequence_number");
        require("S", number.equals(JsonValue.of(position)), "the sequence_number " + position, number);
        require("S7", !event.members().containsKey("error"), "no key error beside the type", event);
        String kind = type.substring(type.lastIndexOf('.') + 1);
        switch (type) {
            case "response.created", "response.in_progress" -> acceptBeginning(event.get("response"));
            case "response.completed", "response.incomplete", "response.failed" ->
                acceptEnd(kind, event.get("response"));
            case "response.output_item.added" -> acceptItem(event);
            case "response.output_item.done" -> acceptItemDone(event);
            case "response.content_part.added" -> acceptPart(event);
            case "response.content_part.done" -> acceptPartDone(event);
            default -> acceptInItem(kind, event);
        }
    }

    private void acceptBeginning(JsonValue begun) {
        requireWholeResponse("S1", begun);
        require("S1", isText(begun.get("status"), "in_progress"), "the status in_progress", begun.get("status"));
        require("S1", begun.get("output").equals(JsonArray.of(List.of())), "an empty output", begun.get("output"));
        require("S1", begun.get("error").isNull(), "error null", begun.get("error"));
        require("S1", begun.get("usage").isNull(), "usage null", begun.get("usage"));
        if (response.isNull()) {
            response = begun;
            require("S1", !Lenient.text(begun.get("id")).isEmpty(), "a response with an id", begun);
        }
        requireSameResponse(begun);
    }

    private void requireWholeResponse(String rule, JsonValue value) {
        for (String field : RESPONSE) {
            require(rule, value.members().containsKey(field), "a response with the field " + field, value);
        }
    }

    private void requireSameResponse(JsonValue value) {
        require("S4", value.get("id").equals(response.get("id")), "the id " + response.get("id"), value.get("id"));
    }

    private void acceptItem(JsonValue event) {
        item = event.get("item");
        text.setLength(0);
        requireIndex(event);
        requireOwnId(item.get("id"));
        require("S5", isText(item.get("status"), "in_progress"), "an item in progress", item);
        JsonValue nothing = JsonArray.of(List.of());
        switch (Lenient.text(item.get("type"))) {
            case MESSAGE -> require("S5", item.get("content").equals(nothing), "a message without content", item);
            case REASONING ->
                require(
                        "S5",
                        item.get("content").isNull() || item.get("content").equals(nothing),
                        "reasoning without content",
                        item);
            case FUNCTION -> requireCall("arguments");
            case CUSTOM -> requireCall("input");
            default -> {}
        }
    }

    private void requireCall(String field) {
        require("S5", isText(item.get(field), ""), "a call without " + field, item);
        require("S5", !Lenient.text(item.get("name")).isEmpty(), "a call with a name", item);
        requireOwnId(item.get("call_id"));
    }

    private void requireOwnId(JsonValue id) {
        require("S4", !Lenient.text(id).isEmpty() && ids.add(id.text()), "an id that nothing else has", id);
    }

    private void requireIndex(JsonValue event) {
        JsonValue index = event.get("output_index");
        require("S3", index.equals(JsonValue.of(items.size())), "the output_index " + items.size(), index);
    }

    /** What is sent of the open item carries its index and its id. */
    private void requireItem(JsonValue event) {
        requireIndex(event);
        JsonValue id = event.get("item_id");
        require("S4", id.equals(item.get("id")), "the item_id " + item.get("id"), id);
    }

    private void acceptPart(JsonValue event) {
        requireItem(event);
        requireContentIndex(event);
        JsonValue part = event.get("part");
        boolean isReasoning = isText(item.get("type"), REASONING);
        String type = isReasoning ? "reasoning_text" : "output_text";
        require("S6", isText(part.get("type"), type), "a part of type " + type, part);
        require("S6", isText(part.get("text"), ""), "a part with the text \"\"", part);
        boolean hasLists =
                part.get("annotations").isArray() && part.get("logprobs").isArray();
        require("S6", isReasoning || hasLists, "a part with annotations and logprobs", part);
    }

    private void requireContentIndex(JsonValue event) {
        JsonValue index = event.get("content_index");
        require("S6", index.equals(JsonValue.of(0)), "the content_index 0", index);
    }

    private void acceptPartDone(JsonValue event) {
        requireItem(event);
        requireContentIndex(event);
        requireText(event.get("part").get("text"));
    }

    private void requireText(JsonValue done) {
        require(
                "S8",
                isText(done, text.toString()),
                "the text of the deltas, " + JsonValue.of(text.toString()) + ",",
                done);
    }

    /** Reads what stands between the beginning and the end of an item: deltas, their end, and the steps of a hosted tool. */
    private void acceptInItem(String kind, JsonValue event) {
        requireItem(event);
        String type = Lenient.text(event.get("type"));
        if (type.contains("summary")) {
            return; // of a text of its own
        }
        boolean isPart = type.contains("output_text") || type.contains("reasoning_text");
        if (isPart) {
            requireContentIndex(event);
        }
        if (kind.equals("delta")) {
            String delta = Lenient.text(event.get("delta"));
            require("S8", event.get("delta").isString() && !delta.isEmpty(), "a delta that is not empty", event);
            require("S8", ApiAnswer.isWhole(delta, output), "whole characters in a delta", event.get("delta"));
            text.append(delta);
        } else if (kind.equals("done")) {
            acceptTextDone(type, event);
        }
        if (type.contains("output_text")) {
            require("S8", event.get("logprobs").isArray(), "logprobs, a list,", event);
        }
    }

    private void acceptTextDone(String type, JsonValue event) {
        switch (type) {
            case "response.function_call_arguments.done" -> {
                requireText(event.get("arguments"));
                require("S9", event.get("name").equals(item.get("name")), "the name " + item.get("name"), event);
            }
            case "response.custom_tool_call_input.done" -> requireText(event.get("input"));
            case "response.code_interpreter_call_code.done" -> requireText(event.get("code"));
            default -> requireText(event.get("text"));
        }
    }

    private void acceptItemDone(JsonValue event) {
        requireIndex(event);
        JsonValue done = event.get("item");
        for (String field : List.of("id", "type", "call_id")) {
            JsonValue expected = item.get(field);
            require("S4", done.get(field).equals(expected), "the same " + field + " " + expected, done.get(field));
        }
        String status = Lenient.text(done.get("status"));
        require("S11", Set.of("completed", "incomplete").contains(status), "an item that is done", done);
        switch (Lenient.text(item.get("type"))) {
            case MESSAGE, REASONING -> {
                List<JsonValue> content = done.get("content").elements();
                require("S8", content.size() == 1, "content of one part", done);
                requireText(
                        content.isEmpty() ? JsonValue.ofNull() : content.get(0).get("text"));
            }
            case FUNCTION -> requireText(done.get("arguments"));
            case CUSTOM -> requireText(done.get("input"));
            default -> {}
        }
        items.add(done);
    }

    private void acceptEnd(String status, JsonValue end) {
        requireWholeResponse("S12", end);
        requireSameResponse(end);
        require("S12", isText(end.get("status"), status), "the status " + status, end.get("status"));
        String difference = new Difference(Map.of()).between("output", JsonArray.of(items), end.get("output"));
        require("S12", difference == null, "the items that were done as output", difference == null ? "" : difference);
        boolean isFailed = status.equals("failed");
        require("S12", isFailed || isUsage(end.get("usage")), "the usage", end.get("usage"));
        require("S12", isFailed == end.get("error").isObject(), "an error if and only if it failed", end.get("error"));
        for (int i = 0; i < items.size(); i++) {
            boolean mayBeCut = !status.equals("completed") && i == items.size() - 1;
            boolean isCut = isText(items.get(i).get("status"), "incomplete");
            require(
                    "S11",
                    !isCut || mayBeCut,
                    "no item that was cut off but the last of what was cut off",
                    items.get(i));
        }
        boolean hasReason = !status.equals("incomplete")
                || end.get("incomplete_details").get("reason").isString();
        require("S11", hasReason, "the reason in incomplete_details", end.get("incomplete_details"));
    }

    private static boolean isUsage(JsonValue usage) {
        return usage.get("input_tokens").isInteger()
                && usage.get("output_tokens").isInteger()
                && usage.get("total_tokens").isInteger()
                && usage.get("input_tokens_details").get("cached_tokens").isInteger()
                && usage.get("input_tokens_details").get("cache_write_tokens").isInteger()
                && usage.get("output_tokens_details").get("reasoning_tokens").isInteger();
    }

    private static boolean isText(JsonValue value, String expected) {
        return expected.equals(value.textOrNull());
    }
}
