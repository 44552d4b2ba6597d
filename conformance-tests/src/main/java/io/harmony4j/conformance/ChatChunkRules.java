package io.harmony4j.conformance;

import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What holds for the chunks of every streamed chat completion, whatever the model has written: the rules K1 to K10 of
 * {@code SERVER-API.md} beside the vectors. For one stream.
 */
final class ChatChunkRules {
    private static final List<String> SAME_IN_ALL = List.of("id", "created", "model", "object");
    private static final Set<String> FINISH_REASONS = Set.of("stop", "length", "tool_calls", "function_call");
    private static final List<String> REASONING = List.of("reasoning", "reasoning_content");

    private final boolean asksForUsage;
    private final String output; // what the model has written
    private final Map<Integer, Choice> choices = new TreeMap<>();
    private final Set<String> callIds = new HashSet<>();
    private @Nullable JsonObject first;
    private boolean hasUsage;
    private boolean isDone;
    private int position = -1; // of the chunk that is read
    private @Nullable String broken; // the first rule, in a sentence

    /** What has been seen of a choice. */
    private static final class Choice {
        private int calls;
        private boolean isInCall; // so that another piece of its arguments may come
        private boolean isInLegacyCall;
        private boolean isFinished;
    }

    /** @param given the request of the driver protocol */
    ChatChunkRules(JsonObject given) {
        JsonValue usage = given.get("request").get("stream_options").get("include_usage");
        asksForUsage = usage.isBoolean() && usage.booleanValue();
        output = Lenient.text(given.get("output"));
    }

    /** Returns the first rule that is broken, in a sentence that begins with its name, or null. */
    @Nullable
    String broken(List<JsonValue> chunks) {
        for (JsonValue chunk : chunks) {
            position++;
            accept(chunk);
            if (broken != null) {
                return broken + " in chunk " + position;
            }
        }
        require("K2", !choices.isEmpty(), "a first chunk with the role", "no choice in any chunk");
        choices.forEach((index, choice) ->
                require("K6", choice.isFinished, "a finish_reason of choice " + index, "the end of the stream"));
        require("K6", hasUsage || !asksForUsage, "a chunk with the usage, which was asked for", "none");
        require("K7", isDone, "[DONE] at the end of the stream", "none");
        return broken;
    }

    private void require(String rule, boolean holds, String expected, Object found) {
        if (!holds && broken == null) {
            broken = rule + ": expected " + expected + " but found " + found;
        }
    }

    private void accept(JsonValue chunk) {
        require("K7", !isDone, "nothing after [DONE]", chunk);
        if (ChatChunks.DONE.equals(chunk.textOrNull())) {
            isDone = true;
            return;
        }
        if (!(chunk instanceof JsonObject object)) {
            require("K1", false, "an object", chunk);
            return;
        }
        require("K8", !object.has("error"), "no key error", object);
        acceptHead(object);
        List<JsonValue> list = object.get("choices").elements();
        acceptUsage(object, list.isEmpty());
        if (!list.isEmpty()) {
            require("K10", list.size() == 1, "one choice", list.size() + " of them");
            require("K6", !hasUsage, "nothing but [DONE] after the usage", object);
            acceptChoice(list.get(0));
        }
    }

    private void acceptHead(JsonObject chunk) {
        if (first == null) {
            first = chunk;
            require("K1", !Lenient.text(chunk.get("id")).isEmpty(), "an id", chunk.get("id"));
            require("K1", chunk.get("created").isInteger(), "seconds as created", chunk.get("created"));
            require("K1", chunk.get("model").isString(), "a model", chunk.get("model"));
            String object = Lenient.text(chunk.get("object"));
            require("K1", object.equals("chat.completion.chunk"), "the object chat.completion.chunk", object);
        }
        for (String field : SAME_IN_ALL) {
            JsonValue expected = first.get(field);
            require("K1", chunk.get(field).equals(expected), "the same " + field + " " + expected, chunk.get(field));
        }
        require("K1", chunk.get("choices").isArray(), "a list of choices", chunk);
    }

    private void acceptUsage(JsonObject chunk, boolean isWithoutChoices) {
        JsonValue usage = chunk.get("usage");
        if (!asksForUsage) {
            require("K6", !chunk.has("usage"), "no usage, which was not asked for,", chunk);
            require("K6", !isWithoutChoices, "a choice", chunk);
            return;
        }
        require("K6", chunk.has("usage"), "the key usage in every chunk", chunk);
        if (isWithoutChoices) {
            require("K6", usage.isObject() && !hasUsage, "one chunk without choices, which has the usage,", chunk);
            boolean isLast = choices.values().stream().allMatch(choice -> choice.isFinished);
            require("K6", isLast, "the usage after all choices have finished", chunk);
            hasUsage = true;
        } else {
            require("K6", usage.isNull(), "usage null in a chunk with a choice", usage);
        }
    }

    private void acceptChoice(JsonValue value) {
        JsonValue index = value.get("index");
        if (!index.isInteger() || index.doubleValue() < 0 || index.doubleValue() > choices.size()) {
            require("K10", false, "the index of a choice, the next one " + choices.size() + ",", index);
            return;
        }
        JsonValue delta = value.get("delta");
        require("K3", delta.isObject(), "a delta", value);
        require("K6", value.members().containsKey("finish_reason"), "the key finish_reason", value);
        Choice choice = choices.get(index.intValue());
        if (choice == null) {
            acceptFirst(delta, value.get("finish_reason"));
            choices.put(index.intValue(), new Choice());
            return;
        }
        require("K6", !choice.isFinished, "nothing of a choice after its finish_reason", value);
        require("K2", delta.get("role").isNull(), "no role after the first chunk", delta);
        if (value.get("finish_reason").isNull()) {
            acceptDelta(choice, delta);
        } else {
            choice.isFinished = true;
            String reason = Lenient.text(value.get("finish_reason"));
            require("K8", FINISH_REASONS.contains(reason), "one of " + FINISH_REASONS + " as finish_reason", reason);
            require("K6", delta.members().isEmpty(), "an empty delta beside the finish_reason", delta);
        }
    }

    private void acceptFirst(JsonValue delta, JsonValue reason) {
        boolean isRole = Lenient.text(delta.get("role")).equals("assistant")
                && JsonValue.of("").equals(delta.get("content"));
        require("K2", isRole, "{\"role\":\"assistant\",\"content\":\"\"} first", delta);
        boolean isAlone = delta.members().entrySet().stream()
                .allMatch(member -> Set.of("role", "content").contains(member.getKey())
                        || member.getValue().isNull());
        require("K3", isAlone, "nothing beside the role", delta);
        require("K6", reason.isNull(), "no finish_reason in the first chunk", reason);
        boolean isAnyFinished = choices.values().stream().anyMatch(choice -> choice.isFinished);
        require("K10", !isAnyFinished, "the first chunk of every choice before any finish_reason", delta);
    }

    private void acceptDelta(Choice choice, JsonValue delta) {
        requireOneKind(delta);
        for (String field : List.of("content", "reasoning", "reasoning_content")) {
            if (!delta.get(field).isNull()) {
                requireText("K3", field, delta.get(field));
            }
        }
        if (!delta.get(REASONING.get(0)).isNull()
                && !delta.get(REASONING.get(1)).isNull()) {
            boolean isSame = delta.get(REASONING.get(0)).equals(delta.get(REASONING.get(1)));
            require("K3", isSame, "the same text as reasoning and reasoning_content", delta);
        }
        boolean isCall = !delta.get("tool_calls").isNull();
        choice.isInCall &= isCall;
        if (isCall) {
            acceptCall(choice, delta.get("tool_calls"));
        }
        if (!delta.get("function_call").isNull()) {
            acceptLegacyCall(choice, delta.get("function_call"));
        }
    }

    private void requireOneKind(JsonValue delta) {
        JsonValue calls = delta.get("tool_calls");
        require("K8", !calls.isArray() || !calls.elements().isEmpty(), "no tool_calls of nothing", delta);
        Set<String> kinds = new HashSet<>();
        delta.members().forEach((name, value) -> {
            if (!value.isNull()) {
                kinds.add(REASONING.contains(name) ? REASONING.get(0) : name);
            }
        });
        require("K3", !kinds.isEmpty(), "a delta that is not empty", delta);
        require("K3", kinds.size() == 1, "one kind of delta", delta);
    }

    private void requireText(String rule, String field, JsonValue value) {
        String text = value.textOrNull();
        require(rule, text != null && !text.isEmpty(), "a text that is not empty as " + field, value);
        require("K4", ApiAnswer.isWhole(Lenient.text(value), output), "whole characters in " + field, value);
    }

    private void acceptCall(Choice choice, JsonValue list) {
        require("K5", list.elements().size() == 1, "one call in a delta", list);
        JsonValue call =
                list.elements().isEmpty() ? JsonValue.ofNull() : list.elements().get(0);
        boolean isCustom = Lenient.text(call.get("type")).equals("custom")
                || call.get("custom").isObject();
        String body = isCustom ? "custom" : "function";
        require("K5", call.get(body).isObject(), "the key function in every delta of a call", call);
        boolean isNext = call.get("index").equals(JsonValue.of(choice.calls));
        if (isNext) {
            choice.calls++;
            choice.isInCall = true;
            acceptCallStart(call, call.get(body), body);
        } else {
            int open = choice.calls - 1;
            boolean isOpen = choice.isInCall && call.get("index").equals(JsonValue.of(open));
            String expected = "the index of the open call or the next one, " + choice.calls + ",";
            require("K5", isOpen, expected, call);
            boolean isNamed = !call.get("id").isNull()
                    || !call.get("type").isNull()
                    || !call.get(body).get("name").isNull();
            require("K5", !isNamed, "id, type and name in the first delta of a call only", call);
            requireText("K5", "arguments", call.get(body).get(isCustom ? "input" : "arguments"));
        }
    }

    private void acceptCallStart(JsonValue call, JsonValue body, String type) {
        String id = Lenient.text(call.get("id"));
        require("K5", !id.isEmpty() && callIds.add(id), "an id of its own in the first delta of a call", call);
        require("K5", Lenient.text(call.get("type")).equals(type), "a type in the first delta of a call", call);
        require("K5", !Lenient.text(body.get("name")).isEmpty(), "a name in the first delta of a call", call);
        JsonValue text = body.get(type.equals("custom") ? "input" : "arguments");
        require("K5", text.isString(), "arguments in the first delta of a call", call);
        require("K4", ApiAnswer.isWhole(Lenient.text(text), output), "whole characters in arguments", text);
    }

    private void acceptLegacyCall(Choice choice, JsonValue call) {
        boolean isNamed = !call.get("name").isNull();
        require("K5", isNamed != choice.isInLegacyCall, "the function's name in the first delta and no other", call);
        if (choice.isInLegacyCall) {
            requireText("K5", "arguments", call.get("arguments"));
        }
        choice.isInLegacyCall = true;
    }
}
