package io.harmony4j.openai;

import io.harmony4j.Author;
import io.harmony4j.Content;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The messages of Chat Completions to those of Harmony. An assistant's message becomes its reasoning on analysis, its text on final, or on
 * commentary if there are calls, and each call on commentary; a tool's message gets the name of the tool whose call it answers.
 */
final class ChatMessages {
    private static final List<String> REASONING_FIELDS = List.of("reasoning", "reasoning_content", "thinking");

    /** What the arguments of a call are that has none. */
    private static final String NO_ARGUMENTS = "{}";

    private static final Pattern USER_NAME = Pattern.compile("[^\\s<|\\\\/>]{1,64}", Pattern.UNICODE_CHARACTER_CLASS);

    private final DeclaredTools tools;
    private final PromptMessages prompt;
    private final CallHistory calls = new CallHistory();

    ChatMessages(DeclaredTools tools, PromptMessages prompt) {
        this.tools = tools;
        this.prompt = prompt;
    }

    void add(Field message) {
        Field role = message.object().get("role");
        switch (role.text()) {
            case "system", "developer" -> prompt.instruct(ContentText.of(message.get("content")));
            case "user" -> addUser(message);
            case "assistant" -> addAssistant(message);
            case "tool" -> addToolResult(message);
            case "function" -> addFunctionResult(message);
            default -> throw role.wrongValue(List.of("system", "developer", "user", "assistant", "tool", "function"));
        }
    }

    private void addUser(Field message) {
        String text = ContentText.of(message.get("content"));
        Field name = message.get("name");
        if (name.isAbsent()) {
            prompt.add(Message.user(text));
            return;
        }
        if (!USER_NAME.matcher(name.text()).matches()) {
            throw name.invalid(
                    "invalid_value",
                    "Invalid '" + name.path()
                            + "': expected a name of at most 64 characters without white space, <, |, \\, / and >.");
        }
        prompt.add(Message.of(Author.of(Role.USER, name.text()), new Content.Text(text)));
    }

    private void addAssistant(Field message) {
        List<Message> said = assistant(message);
        Field content = message.get("content");
        if (said.isEmpty() && content.isAbsent()) {
            throw content.invalid(
                    "invalid_type",
                    "Invalid type for '" + content.path()
                            + "': expected a string or an array where there are no tool calls, but got null instead.");
        }
        prompt.begin();
        said.forEach(prompt::add);
    }

    /** Returns what one message of the assistant says; nothing if there is neither text, nor reasoning, nor a call. */
    List<Message> assistant(Field message) {
        List<Message> said = new ArrayList<>();
        String reasoning = reasoning(message);
        if (!reasoning.isEmpty()) {
            said.add(Message.analysis(reasoning));
        }
        List<Message> toolCalls = toolCalls(message);
        String text = text(message);
        if (!text.isEmpty()) {
            said.add(toolCalls.isEmpty() ? Message.answer(text) : Message.preamble(text));
        }
        said.addAll(toolCalls);
        return said;
    }

    /** Returns the chain of thought, which clients send back under one of several names. */
    private static String reasoning(Field message) {
        for (String name : REASONING_FIELDS) {
            Field reasoning = message.get(name);
            if (reasoning.isString() && !reasoning.text().isEmpty()) {
                return reasoning.text();
            }
        }
        Field details = message.get("reasoning_details");
        return details.value().elements().stream()
                .filter(detail -> "reasoning.text".equals(detail.get("type").textOrNull()))
                .map(detail -> detail.get("text"))
                .filter(text -> text.isString())
                .map(text -> text.text())
                .collect(Collectors.joining());
    }

    /** Returns the text, a refusal included; an empty one if there is none. */
    private static String text(Field message) {
        Field content = message.get("content");
        String text = content.isAbsent() ? "" : ContentText.of(content);
        String refusal = message.get("refusal").text("");
        return text.isEmpty() || refusal.isEmpty() ? text + refusal : text + ContentText.BETWEEN_PARTS + refusal;
    }

    private List<Message> toolCalls(Field message) {
        List<Message> messages = new ArrayList<>();
        calls.endTurn();
        for (Field call : message.get("tool_calls").optionalElements()) {
            Field type = call.object().get("type");
            String id = call.get("id").optionalText();
            switch (type.text("function")) {
                case "function" -> {
                    Field function = call.get("function").object();
                    messages.add(call(id, tools.recipient(name(function)), arguments(function)));
                }
                case "custom" -> {
                    Field custom = call.get("custom").object();
                    String input = custom.get("input").text("");
                    messages.add(call(id, tools.recipient(name(custom)), DeclaredTools.customArguments(input)));
                }
                default -> throw type.wrongValue(List.of("function", "custom"));
            }
        }
        Field legacy = message.get("function_call");
        if (!legacy.isAbsent()) {
            messages.add(call(null, tools.recipient(name(legacy.object())), arguments(legacy)));
        }
        return messages;
    }

    private Message call(@Nullable String id, Recipient tool, String arguments) {
        calls.add(id, tool);
        return Message.call(tool, arguments);
    }

    private static String name(Field function) {
        return ToolName.of(function.get("name"));
    }

    /** Returns the arguments in the field of a call: as they are, without a look at them. */
    static String arguments(Field function) {
        Field arguments = function.get("arguments");
        if (arguments.isObject()) {
            return Json.write(arguments.value());
        }
        return arguments.text(NO_ARGUMENTS);
    }

    private void addToolResult(Field message) {
        Field id = message.get("tool_call_id");
        Optional<Recipient> called = calls.answer(id.text());
        Field name = message.get("name");
        if (called.isEmpty() && name.isAbsent()) {
            throw id.invalid(
                    null,
                    "Invalid '" + id.path()
                            + "': expected the id of a tool call in a message before this one, but got '" + id.text()
                            + "', which is none.");
        }
        Recipient tool = called.isPresent() ? called.get() : tools.recipient(ToolName.of(name));
        prompt.add(Message.tool(tool, ContentText.of(message.get("content"))));
    }

    private void addFunctionResult(Field message) {
        Recipient named = tools.recipient(name(message));
        Recipient tool = calls.answer(named).orElse(named);
        Field content = message.get("content");
        prompt.add(Message.tool(tool, content.isAbsent() ? "" : ContentText.of(content)));
    }
}
