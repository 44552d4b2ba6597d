package io.harmony4j.openai;

import io.harmony4j.chat.Usage;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One choice of a chat completion. All that is said to the user is one text, all reasoning another; a delta goes out and into the
 * whole by the same line, so that the deltas of a stream, joined, are the whole answer.
 */
final class ChatChoice implements ItemListener {
    private static final String BETWEEN_MESSAGES = "\n";

    private final ChatAnswer answer;
    private final ChatEnvelope envelope;
    private final boolean hasLogProbabilities;
    private final int index;
    private final StringBuilder reasoning = new StringBuilder();
    private final StringBuilder content = new StringBuilder();
    private final List<JsonValue> logProbabilities = new ArrayList<>();
    private final List<JsonObject> calls = new ArrayList<>();
    private boolean hasReasoning;
    private boolean hasContent;

    /** The id of the open call, or of the last one. */
    private String callId = "";

    private @Nullable String finishReason;
    private Usage usage = Usage.of(0, 0);

    ChatChoice(ChatAnswer answer, ChatEnvelope envelope, boolean hasLogProbabilities, int index) {
        this.answer = answer;
        this.envelope = envelope;
        this.hasLogProbabilities = hasLogProbabilities;
        this.index = index;
    }

    boolean isFinished() {
        return finishReason != null;
    }

    Usage usage() {
        return usage;
    }

    /** Sends the first delta, which alone has the role. */
    void begin() {
        send(
                () -> JsonObject.builder()
                        .put("role", "assistant")
                        .put("content", "")
                        .build(),
                List.of());
    }

    @Override
    public void started(Item item) {
        switch (item.kind()) {
            case REASONING -> {
                boolean isFirst = !hasReasoning;
                hasReasoning = true;
                addReasoning(isFirst ? "" : BETWEEN_MESSAGES);
            }
            case MESSAGE -> {
                boolean isFirst = !hasContent;
                hasContent = true;
                addContent(isFirst ? "" : BETWEEN_MESSAGES, List.of());
            }
            case FUNCTION_CALL, CUSTOM_CALL, PYTHON_CALL, WEB_CALL -> {
                callId = envelope.ids().next(Ids.CALL);
                send(() -> callDelta(call(item, true, "")), List.of());
            }
        }
    }

    @Override
    public void added(Item item, String text, List<JsonValue> entries) {
        switch (item.kind()) {
            case REASONING -> addReasoning(text);
            case MESSAGE -> addContent(text, entries);
            case FUNCTION_CALL, CUSTOM_CALL, PYTHON_CALL, WEB_CALL ->
                send(() -> callDelta(call(item, false, text)), List.of());
        }
    }

    @Override
    public void ended(Item item) {
        if (item.kind().isCall()) {
            calls.add(call(item, true, item.text()));
        }
    }

    @Override
    public void finished(FinishReason reason, Usage used) {
        answer.begin(); // if nothing was said: the first chunk has no reason yet
        usage = used;
        finishReason = switch (reason) {
            case STOP -> "stop";
            case TOOL_CALLS -> envelope.legacyFunctions() ? "function_call" : "tool_calls";
            case LENGTH, CANCELLED -> "length"; // there is no word for the latter
        };
        send(() -> JsonObject.EMPTY, List.of());
        answer.choiceFinished();
    }

    @Override
    public void failed(ApiException error, Usage used) {
        answer.fail(error);
    }

    private void addReasoning(String text) {
        reasoning.append(text);
        if (!text.isEmpty() && !envelope.reasoningNames().isEmpty()) {
            send(() -> reasoningDelta(text), List.of());
        }
    }

    private JsonObject reasoningDelta(String text) {
        JsonObject.Builder delta = JsonObject.builder();
        envelope.reasoningNames().forEach(name -> delta.put(name, text));
        return delta.build();
    }

    private void addContent(String text, List<JsonValue> entries) {
        content.append(text);
        logProbabilities.addAll(entries);
        if (!text.isEmpty()) {
            send(() -> JsonObject.of("content", JsonValue.of(text)), entries);
        }
    }

    /** Returns a call, or more of it: what identifies it stands in the first piece only, since clients join the pieces. */
    private JsonObject call(Item item, boolean isFirst, String text) {
        boolean isCustom = item.kind() == Item.Kind.CUSTOM_CALL;
        JsonObject.Builder tool = JsonObject.builder();
        if (isFirst) {
            tool.put("name", item.tool().toolName());
        }
        tool.put(isCustom ? "input" : "arguments", text);
        if (envelope.legacyFunctions()) {
            return tool.build();
        }
        String type = isCustom ? "custom" : "function";
        JsonObject.Builder call = JsonObject.builder();
        if (isFirst) {
            call.put("id", callId).put("type", type);
        }
        return call.put(type, tool.build()).build();
    }

    private JsonObject callDelta(JsonObject call) {
        if (envelope.legacyFunctions()) {
            return JsonObject.of("function_call", call);
        }
        JsonObject.Builder indexed = JsonObject.builder().put("index", calls.size());
        call.members().forEach(indexed::put);
        return JsonObject.of("tool_calls", JsonArray.of(List.of(indexed.build())));
    }

    private void send(Supplier<JsonObject> delta, List<JsonValue> entries) {
        if (!answer.isStreamed()) {
            return;
        }
        answer.send(List.of(JsonObject.builder()
                .put("index", index)
                .put("delta", delta.get())
                .put("logprobs", entries.isEmpty() ? JsonValue.ofNull() : logProbabilities(entries))
                .put("finish_reason", finishReason)
                .build()));
    }

    private static JsonObject logProbabilities(List<JsonValue> entries) {
        return JsonObject.builder()
                .put("content", JsonArray.of(entries))
                .put("refusal", JsonValue.ofNull())
                .build();
    }

    /** Returns the whole choice. */
    JsonObject toJson() {
        JsonObject.Builder message = JsonObject.builder()
                .put("role", "assistant")
                .put("content", hasContent ? content.toString() : null)
                .put("refusal", JsonValue.ofNull())
                .put("annotations", JsonArray.of(List.of()));
        if (!reasoning.isEmpty()) {
            envelope.reasoningNames().forEach(name -> message.put(name, reasoning.toString()));
        }
        if (!calls.isEmpty()) {
            if (envelope.legacyFunctions()) {
                message.put("function_call", calls.get(0));
            } else {
                message.put("tool_calls", JsonArray.of(calls));
            }
        }
        return JsonObject.builder()
                .put("index", index)
                .put("message", message.build())
                .put("logprobs", hasLogProbabilities ? logProbabilities(logProbabilities) : JsonValue.ofNull())
                .put("finish_reason", finishReason)
                .build();
    }
}
