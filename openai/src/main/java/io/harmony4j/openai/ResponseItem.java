package io.harmony4j.openai;

import io.harmony4j.chat.ToolCall;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One item of a response's output, as JSON: with its ids, which never change while it comes. */
final class ResponseItem {
    private static final JsonArray NONE = JsonArray.of(List.of());

    private final Item item;
    private final ResponseEnvelope envelope;
    private final AnswerRules rules;
    private final Form form;
    private final String id;

    /** What the result of a call refers to; empty if no client answers it. */
    private final String callId;

    /** What a tool that the server runs itself has answered; null if it has not. */
    private @Nullable String result;

    /** How an item of each kind is written. */
    private enum Form {
        REASONING("reasoning", "reasoning_text", "text"),
        MESSAGE("message", "output_text", "text"),
        FUNCTION_CALL("function_call", "function_call_arguments", "arguments"),
        CUSTOM_CALL("custom_tool_call", "custom_tool_call_input", "input"),
        PYTHON_CALL("code_interpreter_call", "code_interpreter_call_code", "code"),
        WEB_CALL("web_search_call", "web_search_call", "arguments");

        private final String type;

        /** The type of the item's part, if it has one, and of the events of its text. */
        private final String textType;

        /** The field that has the text. */
        private final String textField;

        Form(String type, String textType, String textField) {
            this.type = type;
            this.textType = textType;
            this.textField = textField;
        }

        static Form of(Item.Kind kind) {
            return switch (kind) {
                case REASONING -> REASONING;
                case MESSAGE -> MESSAGE;
                case FUNCTION_CALL -> FUNCTION_CALL;
                case CUSTOM_CALL -> CUSTOM_CALL;
                case PYTHON_CALL -> PYTHON_CALL;
                case WEB_CALL -> WEB_CALL;
            };
        }
    }

    ResponseItem(Item item, ResponseEnvelope envelope, AnswerRules rules) {
        this.item = item;
        this.envelope = envelope;
        this.rules = rules;
        this.form = Form.of(item.kind());
        this.id = envelope.ids().next(Ids.prefix(form.type));
        this.callId = item.kind().isCall() && !isHosted() ? envelope.ids().next(Ids.CALL) : "";
    }

    String id() {
        return id;
    }

    /** Returns whether the text stands in a part of the content, and not in the item itself. */
    boolean hasPart() {
        return !item.kind().isCall();
    }

    /** Returns what the types of the events of the text begin with. */
    String textEvent() {
        return "response." + form.textType;
    }

    /** Returns whether this is a call of a tool that the server runs itself. */
    boolean isHosted() {
        return item.kind().isHosted();
    }

    /** Returns whether the item is told of when its text is complete, since a search is shown as what is searched for. */
    boolean isLate() {
        return item.kind() == Item.Kind.WEB_CALL;
    }

    /** Returns the call, for the server that runs the tool itself. */
    ToolCall call() {
        return new ToolCall(id, item.tool(), item.text());
    }

    /** Says what the tool has answered. */
    void answered(String text) {
        result = text;
    }

    /** Returns the types of the events that say how far a hosted call has come, in their order: before, while and after it runs. */
    List<String> progress() {
        String begin = "response." + form.type + ".";
        String running = item.kind() == Item.Kind.PYTHON_CALL ? "interpreting" : "searching";
        return List.of(begin + "in_progress", begin + running, begin + "completed");
    }

    /** Returns the item before there is any of its text, but for one that is late. */
    JsonObject started() {
        return json("in_progress", NONE, isLate() ? item.text() : "");
    }

    /** Returns the complete item. */
    JsonObject ended() {
        JsonArray content = hasPart() ? JsonArray.of(List.of(part())) : NONE;
        boolean isIncomplete = item.isCut() || (isHosted() && result == null);
        return json(isIncomplete ? "incomplete" : "completed", content, item.text());
    }

    private JsonObject json(String status, JsonArray content, String text) {
        JsonObject.Builder json =
                JsonObject.builder().put("id", id).put("type", form.type).put("status", status);
        switch (item.kind()) {
            case REASONING -> {
                json.put("summary", NONE).put("content", content);
                if (envelope.encryptedReasoning()) {
                    json.put("encrypted_content", EncryptedReasoning.write(text));
                }
            }
            case MESSAGE ->
                json.put("role", "assistant")
                        .put("phase", item.phase().wireName())
                        .put("content", content);
            case FUNCTION_CALL, CUSTOM_CALL -> {
                json.put("call_id", callId);
                rules.namespaceOf(item.tool()).ifPresent(namespace -> json.put("namespace", namespace));
                json.put("name", name()).put(form.textField, text);
            }
            case PYTHON_CALL ->
                json.put("container_id", HostedTool.CONTAINER)
                        .put(form.textField, text)
                        .put("outputs", result == null ? JsonValue.ofNull() : JsonArray.of(List.of(logs(result))));
            case WEB_CALL -> {
                json.put("action", HostedTool.action(item.tool(), text));
                // what a later request needs so that the model sees what it has seen
                json.put("name", item.tool().name()).put(form.textField, text).put("output", result);
            }
        }
        return json.build();
    }

    private static JsonObject logs(String text) {
        return JsonObject.builder().put("type", "logs").put("logs", text).build();
    }

    /** Returns the name of the tool that is called: within its namespace, if that was declared; else whole. */
    private String name() {
        return rules.namespaceOf(item.tool())
                .map(namespace -> item.tool().name().substring(namespace.length() + 1))
                .orElse(item.tool().toolName());
    }

    /** Returns the part with the text so far. */
    JsonObject part() {
        JsonObject.Builder part =
                JsonObject.builder().put("type", form.textType).put("text", item.text());
        if (item.kind() == Item.Kind.MESSAGE) {
            part.put("annotations", NONE).put("logprobs", item.logProbabilities());
        }
        return part.build();
    }

    /** Returns the fields with which the event says that the text is complete. */
    JsonObject text() {
        JsonObject.Builder text = JsonObject.builder();
        switch (item.kind()) {
            case REASONING -> text.put(form.textField, item.text());
            case MESSAGE -> text.put(form.textField, item.text()).put("logprobs", item.logProbabilities());
            case FUNCTION_CALL -> text.put("name", name()).put(form.textField, item.text());
            case CUSTOM_CALL, PYTHON_CALL, WEB_CALL -> text.put(form.textField, item.text());
        }
        return text.build();
    }
}
