package io.harmony4j.openai;

import io.harmony4j.Channel;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.ResponseFormat;
import io.harmony4j.Role;
import io.harmony4j.ToolDescription;
import io.harmony4j.ToolNamespace;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.parser.Header;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as a request of Chat Completions. The assistant's messages up to its calls are one message there: reasoning, then
 * text, then calls. Identity, dates and channels have no place in it.
 */
final class ChatWriter {
    private final List<JsonValue> messages = new ArrayList<>();
    private final CallNumbers calls = new CallNumbers();

    /** What the message of the assistant that is being gathered has; null and empty if none is. */
    private @Nullable String reasoning;

    private @Nullable String content;
    private final List<JsonValue> toolCalls = new ArrayList<>();

    private ChatWriter() {}

    static JsonObject write(Conversation conversation, String model) {
        ChatWriter writer = new ChatWriter();
        conversation.messages().forEach(writer::add);
        writer.endAssistant();
        ConversationParts parts = new ConversationParts(conversation);
        JsonObject.Builder request = JsonObject.builder().put("model", model);
        request.put("messages", JsonArray.of(writer.messages));
        List<JsonValue> tools = parts.declared().stream()
                .flatMap(space -> functions(space).stream())
                .toList();
        if (!tools.isEmpty()) {
            request.put("tools", JsonArray.of(tools));
        }
        parts.format().ifPresent(format -> request.put("response_format", responseFormat(format)));
        parts.effort().ifPresent(effort -> request.put("reasoning_effort", effort.promptWord()));
        return request.build();
    }

    private static List<JsonValue> functions(ToolNamespace namespace) {
        List<JsonValue> functions = new ArrayList<>();
        for (int i = 0; i < namespace.tools().size(); i++) {
            String name = namespace.recipients().get(i).toolName();
            functions.add(JsonObject.builder()
                    .put("type", "function")
                    .put("function", function(name, namespace.tools().get(i)))
                    .build());
        }
        return functions;
    }

    /** Returns a function as both APIs have it. */
    static JsonObject function(String name, ToolDescription tool) {
        JsonObject.Builder function = JsonObject.builder().put("name", name).put("description", tool.description());
        if (tool.parameters() != null) {
            function.put("parameters", Json.parse(tool.parameters()));
        }
        return function.build();
    }

    private static JsonObject responseFormat(ResponseFormat format) {
        return JsonObject.builder()
                .put("type", "json_schema")
                .put("json_schema", jsonSchema(format).build())
                .build();
    }

    /** Returns a format as both APIs have it. */
    static JsonObject.Builder jsonSchema(ResponseFormat format) {
        JsonObject.Builder schema = JsonObject.builder().put("name", format.name());
        if (format.description() != null) {
            schema.put("description", format.description());
        }
        return schema.put("schema", Json.parse(format.schema()));
    }

    private void add(Message message) {
        if (message.author().role() == Role.ASSISTANT) {
            addAssistant(message);
            return;
        }
        endAssistant();
        JsonObject.Builder fields =
                JsonObject.builder().put("role", message.author().role().wireName());
        switch (message.author().role()) {
            case SYSTEM, DEVELOPER -> {
                String text = ConversationParts.instructions(message);
                if (!text.isEmpty()) {
                    messages.add(fields.put("content", text).build());
                }
            }
            case USER -> {
                if (message.author().name() != null) {
                    fields.put("name", message.author().name());
                }
                messages.add(fields.put("content", message.text()).build());
            }
            case TOOL ->
                messages.add(fields.put("tool_call_id", calls.result(message))
                        .put("name", CallNumbers.tool(message).toolName())
                        .put("content", message.text())
                        .build());
            case ASSISTANT -> throw new AssertionError(message);
        }
    }

    private void addAssistant(Message message) {
        Recipient tool = message.recipient();
        if (message.isToolCall() && tool != null) {
            toolCalls.add(JsonObject.builder()
                    .put("id", calls.call(tool))
                    .put("type", "function")
                    .put(
                            "function",
                            JsonObject.builder()
                                    .put("name", tool.toolName())
                                    .put("arguments", message.text())
                                    .build())
                    .build());
        } else if (Header.of(message).isReasoning()) {
            endAssistant();
            reasoning = message.text();
        } else {
            if (content != null || !toolCalls.isEmpty()) {
                endAssistant();
            }
            content = message.text();
            if (!Channel.COMMENTARY.equals(message.channel())) {
                endAssistant(); // calls that follow are not this answer's
            }
        }
    }

    private void endAssistant() {
        if (reasoning == null && content == null && toolCalls.isEmpty()) {
            return;
        }
        JsonObject.Builder fields = JsonObject.builder().put("role", Role.ASSISTANT.wireName());
        fields.put("content", content);
        if (reasoning != null) {
            fields.put("reasoning", reasoning).put("reasoning_content", reasoning);
        }
        if (!toolCalls.isEmpty()) {
            fields.put("tool_calls", JsonArray.of(List.copyOf(toolCalls)));
        }
        messages.add(fields.build());
        reasoning = null;
        content = null;
        toolCalls.clear();
    }
}
