package io.harmony4j.openai;

import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.ToolDescription;
import io.harmony4j.ToolNamespace;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.parser.Header;
import java.util.ArrayList;
import java.util.List;

/** A conversation as a request of Responses: an item for each message. Identity and dates have no place in it. */
final class ResponsesWriter {
    private static final JsonArray NONE = JsonArray.of(List.of());

    private final List<JsonValue> items = new ArrayList<>();
    private final CallNumbers calls = new CallNumbers();

    private ResponsesWriter() {}

    static JsonObject write(Conversation conversation, String model) {
        ResponsesWriter writer = new ResponsesWriter();
        conversation.messages().forEach(writer::add);
        ConversationParts parts = new ConversationParts(conversation);
        JsonObject.Builder request = JsonObject.builder().put("model", model);
        request.put("input", JsonArray.of(writer.items));
        List<JsonValue> tools = new ArrayList<>();
        parts.declared().forEach(namespace -> addTools(namespace, tools));
        parts.builtIn().forEach(namespace -> addHosted(namespace, tools));
        if (!tools.isEmpty()) {
            request.put("tools", JsonArray.of(tools));
        }
        parts.format()
                .ifPresent(format -> request.put(
                        "text",
                        JsonObject.of(
                                "format",
                                ChatWriter.jsonSchema(format)
                                        .put("type", "json_schema")
                                        .build())));
        parts.effort()
                .ifPresent(
                        effort -> request.put("reasoning", JsonObject.of("effort", JsonValue.of(effort.promptWord()))));
        return request.build();
    }

    private static void addTools(ToolNamespace namespace, List<JsonValue> tools) {
        List<JsonValue> functions = new ArrayList<>();
        for (ToolDescription tool : namespace.tools()) {
            JsonObject.Builder function = JsonObject.builder().put("type", "function");
            ChatWriter.function(tool.name(), tool).members().forEach(function::put);
            // without it, OpenAI's server would hold the model to a schema that may not be fit for that
            functions.add(function.put("strict", false).build());
        }
        if (namespace.name().equals(ToolNamespace.FUNCTIONS)) {
            tools.addAll(functions);
        } else {
            tools.add(JsonObject.builder()
                    .put("type", "namespace")
                    .put("name", namespace.name())
                    .put("description", namespace.description())
                    .put("tools", JsonArray.of(functions))
                    .build());
        }
    }

    private static void addHosted(ToolNamespace namespace, List<JsonValue> tools) {
        switch (namespace.name()) {
            case ToolNamespace.BROWSER -> tools.add(JsonObject.of("type", JsonValue.of("web_search")));
            case ToolNamespace.PYTHON ->
                tools.add(JsonObject.builder()
                        .put("type", "code_interpreter")
                        .put("container", JsonObject.of("type", JsonValue.of("auto")))
                        .build());
            default -> addTools(namespace, tools);
        }
    }

    private void add(Message message) {
        switch (message.author().role()) {
            case SYSTEM, DEVELOPER -> {
                String text = ConversationParts.instructions(message);
                if (!text.isEmpty()) {
                    items.add(message(message.author().role(), text));
                }
            }
            case USER -> items.add(message(Role.USER, message.text()));
            case TOOL ->
                items.add(JsonObject.builder()
                        .put("type", "function_call_output")
                        .put("call_id", calls.result(message))
                        .put("output", message.text())
                        .build());
            case ASSISTANT -> addAssistant(message);
        }
    }

    private void addAssistant(Message message) {
        Recipient tool = message.recipient();
        if (message.isToolCall() && tool != null) {
            boolean isPlain = tool.isFunction() || tool.namespace().isEmpty() || tool.isBuiltIn();
            JsonObject.Builder call = JsonObject.builder()
                    .put("type", "function_call")
                    .put("call_id", calls.call(tool))
                    .put(
                            "name",
                            isPlain
                                    ? tool.toolName()
                                    : tool.name().substring(tool.namespace().length() + 1));
            if (!isPlain) {
                call.put("namespace", tool.namespace());
            }
            items.add(call.put("arguments", message.text()).build());
        } else if (Header.of(message).isReasoning()) {
            items.add(JsonObject.builder()
                    .put("type", "reasoning")
                    .put("id", id("reasoning"))
                    .put("summary", NONE)
                    .put("content", parts("reasoning_text", message.text()))
                    .build());
        } else {
            items.add(JsonObject.builder()
                    .put("type", "message")
                    .put("id", id("message"))
                    .put("status", "completed")
                    .put("role", Role.ASSISTANT.wireName())
                    .put("phase", Phase.of(Header.of(message)).wireName())
                    .put(
                            "content",
                            JsonArray.of(List.of(part("output_text", message.text())
                                    .put("annotations", NONE)
                                    .build())))
                    .build());
        }
    }

    /** Returns the id of the next item. The schema of the API wants one of what a model has said. */
    private String id(String type) {
        return Ids.prefix(type) + (items.size() + 1);
    }

    /** Returns an item with what somebody else has said. */
    static JsonObject message(Role role, String text) {
        return JsonObject.builder()
                .put("type", "message")
                .put("role", role.wireName())
                .put("content", parts("input_text", text))
                .build();
    }

    private static JsonArray parts(String type, String text) {
        return JsonArray.of(List.of(part(type, text).build()));
    }

    private static JsonObject.Builder part(String type, String text) {
        return JsonObject.builder().put("type", type).put("text", text);
    }
}
