package io.harmony4j.openai;

import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.ToolNamespace;
import io.harmony4j.chat.TokenHistory;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The items of Responses to the messages of Harmony: one message for each item that has a text. Reasoning is on analysis, calls on
 * commentary, and a message of the assistant on the channel that its phase names, or, without one, on commentary before a call and on
 * final elsewhere.
 */
final class ResponseItems {
    private static final Recipient PYTHON = Recipient.of(ToolNamespace.PYTHON);

    private static final List<String> CALLS = List.of("function_call", "custom_tool_call", "mcp_call");

    /** Items of tools that OpenAI's servers run; they have no text that the model could read. */
    private static final Set<String> WITHOUT_TEXT = Set.of(
            "file_search_call",
            "image_generation_call",
            "computer_call",
            "computer_call_output",
            "local_shell_call",
            "local_shell_call_output",
            "shell_call",
            "shell_call_output",
            "apply_patch_call",
            "apply_patch_call_output",
            "mcp_list_tools",
            "mcp_approval_request",
            "mcp_approval_response",
            "compaction",
            "additional_tools",
            "tool_search_call",
            "tool_search_output");

    private final DeclaredTools tools;
    private final PromptMessages prompt;
    private final CallHistory calls = new CallHistory();

    ResponseItems(DeclaredTools tools, PromptMessages prompt) {
        this.tools = tools;
        this.prompt = prompt;
    }

    /** Adds items, of which none is a reference. */
    void addAll(List<Field> items) {
        for (int i = 0; i < items.size(); i++) {
            add(items.get(i), items.subList(i + 1, items.size()));
        }
    }

    /** Returns the type of an item; one without a type is a message. */
    static String type(Field item) {
        return item.object().get("type").text("message");
    }

    private void add(Field item, List<Field> following) {
        String type = type(item);
        if (!CALLS.contains(type)) {
            calls.endTurn();
        }
        switch (type) {
            case "message" -> addMessage(item, following);
            case "reasoning" -> addReasoning(item);
            case "function_call" -> addCall(item, recipient(item), ChatMessages.arguments(item));
            case "custom_tool_call" ->
                addCall(
                        item,
                        recipient(item),
                        DeclaredTools.customArguments(item.get("input").text("")));
            case "function_call_output", "custom_tool_call_output" -> addOutput(item);
            case "code_interpreter_call" -> addPython(item);
            case "mcp_call" -> addMcp(item);
            case "web_search_call" -> {
                if (!item.get("name").isAbsent()) { // one of our own, which says what the model wrote and read
                    addMcp(item);
                }
            }
            default -> {
                if (!WITHOUT_TEXT.contains(type)) {
                    throw item.get("type")
                            .wrongValue(List.of(
                                    "message",
                                    "reasoning",
                                    "function_call",
                                    "function_call_output",
                                    "custom_tool_call",
                                    "custom_tool_call_output",
                                    "item_reference"));
                }
            }
        }
    }

    private void addMessage(Field item, List<Field> following) {
        Field role = item.get("role");
        switch (role.text()) {
            case "system", "developer" -> prompt.instruct(ContentText.of(item.get("content")));
            case "user" -> prompt.add(Message.user(ContentText.of(item.get("content"))));
            case "assistant" -> {
                String text = ContentText.of(item.get("content"));
                boolean isPreamble = isPreamble(item.get("phase"), following);
                prompt.begin();
                if (!text.isEmpty()) {
                    addSampled(item, isPreamble ? Message.preamble(text) : Message.answer(text));
                }
            }
            default -> throw role.wrongValue(List.of("system", "developer", "user", "assistant"));
        }
    }

    /** Adds what the model said, with its tokens if the item has them. */
    private void addSampled(Field item, Message message) {
        prompt.add(message);
        JsonValue tokens = item.get(TokenHistory.SAMPLED_TOKENS).value();
        if (tokens.isArray()) {
            prompt.sampled(
                    tokens.elements().stream().mapToInt(ResponseItems::id).toArray());
        }
    }

    /** Returns the id of a token; one that there is not, if it is none. */
    private static int id(JsonValue token) {
        try {
            return token.intValue();
        } catch (IllegalArgumentException e) {
            return -1;
        }
    }

    private static boolean isPreamble(Field phase, List<Field> following) {
        if (!phase.isAbsent()) {
            return Phase.find(phase.text())
                            .orElseThrow(() -> phase.wrongValue(Arrays.stream(Phase.values())
                                    .map(Phase::wireName)
                                    .toList()))
                    == Phase.COMMENTARY;
        }
        for (Field next : following) {
            String type = type(next);
            if (!type.equals("reasoning")) {
                return type.endsWith("_call"); // also of a tool that OpenAI's servers run
            }
        }
        return false;
    }

    private void addReasoning(Field item) {
        String text = reasoning(item);
        if (!text.isEmpty()) {
            addSampled(item, Message.analysis(text));
        }
    }

    /** Returns the chain of thought; a summary is none. */
    static String reasoning(Field item) {
        String text = item.get("content").optionalElements().stream()
                .map(part -> part.object().get("text").text())
                .collect(Collectors.joining(ContentText.BETWEEN_PARTS));
        String encrypted = item.get("encrypted_content").text("");
        return text.isEmpty() ? EncryptedReasoning.read(encrypted).orElse("") : text;
    }

    private Recipient recipient(Field item) {
        String name = ToolName.of(item.get("name"));
        Field namespace = item.get("namespace");
        return namespace.isAbsent() ? tools.recipient(name) : Recipient.of(ToolName.of(namespace) + '.' + name);
    }

    private void addCall(Field item, Recipient tool, String arguments) {
        calls.add(item.get("call_id").text(), tool);
        addSampled(item, Message.call(tool, arguments));
    }

    private void addOutput(Field item) {
        String id = item.get("call_id").text();
        Recipient tool = calls.answer(id)
                .orElseThrow(() -> new ApiException(
                        400,
                        ResponsesRequest.INPUT,
                        null,
                        "No tool call found for function call output with call_id " + id + "."));
        prompt.add(Message.tool(tool, ContentText.of(item.get("output"))));
    }

    private void addPython(Field item) {
        String code = item.get("code").text("");
        Field outputs = item.get("outputs");
        if (code.isEmpty() && outputs.optionalElements().isEmpty()) {
            return;
        }
        addSampled(item, Message.call(PYTHON, code));
        if (!outputs.optionalElements().isEmpty()) {
            String logs = outputs.value().elements().stream()
                    .map(output -> output.get("logs"))
                    .filter(JsonValue::isString)
                    .map(JsonValue::text)
                    .collect(Collectors.joining(ContentText.BETWEEN_PARTS));
            prompt.add(Message.tool(PYTHON, logs));
        }
    }

    private void addMcp(Field item) {
        Recipient tool = recipient(item);
        addSampled(item, Message.call(tool, ChatMessages.arguments(item)));
        Field output = item.get("output").isAbsent() ? item.get("error") : item.get("output");
        if (!output.isAbsent()) {
            prompt.add(Message.tool(tool, output.isString() ? output.text() : Json.write(output.value())));
        }
    }
}
