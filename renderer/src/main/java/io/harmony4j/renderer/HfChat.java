package io.harmony4j.renderer;

import io.harmony4j.Author;
import io.harmony4j.Channel;
import io.harmony4j.Content;
import io.harmony4j.ContentType;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.ToolNamespace;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The messages that {@link ChatTemplate} makes of a chat, and those that it leaves out. Reads one chat. */
final class HfChat {
    private static final String IDENTITY = "You are ChatGPT, a large language model trained by OpenAI.";

    private static final String CONTENT = "content";
    private static final String THINKING = "thinking";
    private static final String TOOL_CALLS = "tool_calls";

    /** What the template refuses in a message: the beginning of a message within it. */
    private static final List<String> HEADERS =
            List.of("<|channel|>analysis<|message|>", "<|channel|>final<|message|>");

    private final JsonValue variables;
    private final boolean isPrompt;

    /** Those that are written, by their indices, which count those that are left out too. */
    private final Map<Integer, Message> messages = new TreeMap<>();

    /** How many messages there are, those that are left out among them. */
    private int count;

    /** The name of the function that was called last, which results get; null if none was called since the last answer. */
    private @Nullable String lastCall;

    private boolean endsWithAnswer;

    /**
     * Reads a chat.
     *
     * @param variables what the template is given
     * @param date today's
     * @param isPrompt whether the start of the assistant's message is to follow
     * @throws IllegalArgumentException if the template refuses it
     */
    HfChat(JsonValue variables, LocalDate date, boolean isPrompt) {
        this.variables = variables;
        this.isPrompt = isPrompt;
        keep(Message.of(Role.SYSTEM, system(date)));
        List<JsonValue> chat = chat();
        int begin = isInstructions(chat.get(0)) ? 1 : 0;
        developer(begin == 1 ? chat.get(0).get(CONTENT) : JsonValue.ofNull());
        boolean[] isBeforeAnswer = isBeforeAnswer(chat);
        for (int i = begin; i < chat.size(); i++) {
            message(chat.get(i), isBeforeAnswer[i], i == chat.size() - 1, "$.messages[" + i + "]");
        }
    }

    /** Returns the messages that are written, by their indices. */
    Map<Integer, Message> messages() {
        return messages;
    }

    /** Returns how many messages there are, those that are left out among them. */
    int count() {
        return count;
    }

    /** Returns whether the chat ends with an answer and nothing is to follow. */
    boolean endsWithAnswer() {
        return endsWithAnswer;
    }

    private void keep(Message message) {
        messages.put(count++, message);
    }

    private void leaveOut() {
        count++;
    }

    private List<JsonValue> chat() {
        JsonValue chat = variables.get("messages");
        if (chat.elements().isEmpty()) {
            throw chat.unexpected("a list of at least one message", "$.messages");
        }
        for (int i = 0; i < chat.elements().size(); i++) {
            if (!chat.elements().get(i).isObject()) {
                throw chat.elements().get(i).unexpected("a message as an object", "$.messages[" + i + "]");
            }
        }
        return chat.elements();
    }

    private String system(LocalDate date) {
        StringBuilder text = new StringBuilder(setting("model_identity", IDENTITY))
                .append("\nKnowledge cutoff: 2024-06\nCurrent date: ")
                .append(date)
                .append("\n\nReasoning: ")
                .append(setting("reasoning_effort", "medium"))
                .append("\n\n");
        JsonValue builtIn = variable("builtin_tools");
        if (Jinja.isTrue(builtIn)) {
            if (!builtIn.isArray()) {
                throw builtIn.unexpected("a list, as in [\"browser\", \"python\"]", "$.builtin_tools");
            }
            text.append("# Tools\n\n");
            Stream.of(ToolNamespace.browser(), ToolNamespace.python())
                    .filter(tools -> builtIn.elements().contains(JsonValue.of(tools.name())))
                    .forEach(tools -> text.append(NamespaceWriter.of(tools)).append("\n\n"));
        }
        text.append("# Valid channels: analysis, commentary, final. Channel must be included for every message.");
        if (hasTools()) {
            text.append("\nCalls to these tools must go to the commentary channel: 'functions'.");
        }
        return text.toString();
    }

    private String setting(String name, String otherwise) {
        return has(variables, name) || has(variables.get(ChatTemplate.SETTINGS), name)
                ? Jinja.text(variable(name), "$." + name)
                : otherwise;
    }

    private JsonValue variable(String name) {
        JsonValue settings = variables.get(ChatTemplate.SETTINGS);
        return has(settings, name) ? settings.get(name) : variables.get(name);
    }

    private boolean hasTools() {
        return Jinja.isTrue(variables.get("tools"));
    }

    private void developer(JsonValue instructions) {
        boolean hasInstructions = Jinja.isTrue(instructions);
        if (!hasInstructions && !hasTools()) {
            return;
        }
        StringBuilder text = new StringBuilder();
        if (hasInstructions) {
            text.append("# Instructions\n\n")
                    .append(Jinja.word(instructions, "$.messages[0].content"))
                    .append("\n\n");
        }
        if (hasTools()) {
            text.append("# Tools\n\n").append(tools());
        }
        keep(Message.of(Role.DEVELOPER, text.toString()));
    }

    private String tools() {
        JsonValue tools = variables.get("tools");
        if (!tools.isArray()) {
            throw tools.unexpected("a list of tools", "$.tools");
        }
        HfTools functions = new HfTools();
        for (int i = 0; i < tools.elements().size(); i++) {
            JsonValue function = tools.elements().get(i).get("function");
            String path = "$.tools[" + i + "].function";
            functions.add(
                    Jinja.text(function.get("name"), path + ".name"),
                    Jinja.text(function.get("description"), path + ".description"),
                    function.get("parameters"),
                    path + ".parameters");
        }
        return functions.text();
    }

    private void message(JsonValue message, boolean isBeforeAnswer, boolean isLast, String path) {
        switch (role(message)) {
            case "assistant" -> {
                requireNoHeaders(message, CONTENT, path);
                requireNoHeaders(message, THINKING, path);
                if (has(message, TOOL_CALLS)) {
                    call(message, isBeforeAnswer, path);
                } else {
                    answer(message, isLast && !isPrompt, path);
                }
            }
            case "tool" -> result(message, path);
            case "user" -> keep(Message.user(text(message, CONTENT, path)));
            default -> leaveOut();
        }
    }

    private void call(JsonValue message, boolean isBeforeAnswer, String path) {
        List<JsonValue> calls = message.get(TOOL_CALLS).elements();
        if (calls.isEmpty()) {
            throw message.get(TOOL_CALLS)
                    .unexpected("at least one call in the list, or no tool_calls at all", path + ".tool_calls");
        }
        JsonValue function = calls.get(0).get("function");
        JsonValue call = Jinja.isTrue(function) ? function : calls.get(0);
        String place = path + ".tool_calls[0]" + (Jinja.isTrue(function) ? ".function" : "");
        boolean hasContent = Jinja.isTrue(message.get(CONTENT));
        boolean hasThinking = Jinja.isTrue(message.get(THINKING));
        if (hasContent && hasThinking) {
            throw new IllegalArgumentException("expected content or thinking beside calls but found both at " + path
                    + "; put all that the model thought before the call into one of them");
        }
        if (hasContent || hasThinking) {
            if (isBeforeAnswer) {
                leaveOut();
            } else {
                String field = hasContent ? CONTENT : THINKING;
                keep(Message.analysis(text(message, field, path)));
            }
        }
        if (!has(call, "arguments")) {
            throw call.unexpected("a call with arguments", place);
        }
        lastCall = Jinja.text(call.get("name"), place + ".name");
        String type =
                has(call, "content_type") ? Jinja.text(call.get("content_type"), place + ".content_type") : "json";
        keep(Message.call(Recipient.function(lastCall), PythonJson.write(call.get("arguments")))
                .withContentType(ContentType.of(type)));
        calls.stream().skip(1).forEach(other -> leaveOut());
    }

    /** Adds an answer, with its thought only if nothing comes after it. */
    private void answer(JsonValue message, boolean isEnd, String path) {
        if (isEnd && has(message, THINKING)) {
            keep(Message.analysis(text(message, THINKING, path)));
        } else if (has(message, THINKING)) {
            leaveOut();
        }
        keep(Message.answer(text(message, CONTENT, path)));
        lastCall = null;
        endsWithAnswer = isEnd;
    }

    private void result(JsonValue message, String path) {
        if (lastCall == null) {
            throw new IllegalArgumentException(
                    "expected a message of the assistant's with tool_calls before a tool's, and no"
                            + " answer in between, but found none at " + path);
        }
        if (!has(message, CONTENT)) {
            throw message.unexpected("a tool's message with content", path);
        }
        Recipient function = Recipient.function(lastCall);
        keep(new Message(
                Author.of(Role.TOOL, function.name()),
                Recipient.ASSISTANT,
                List.of(new Content.Text(PythonJson.write(message.get(CONTENT)))),
                Channel.COMMENTARY,
                null));
    }

    /** Returns the text of a message's field, which the template cannot take in parts. */
    private static String text(JsonValue message, String field, String path) {
        JsonValue value = message.get(field);
        if (value.isArray()) {
            throw value.unexpected(
                    "a string, as the chat template takes no parts (join their texts),", path + "." + field);
        }
        return Jinja.text(value, path + "." + field);
    }

    private static void requireNoHeaders(JsonValue message, String field, String path) {
        JsonValue value = message.get(field);
        if (has(message, field) && !value.isArray() && !value.isObject()) {
            if (value.isNull()) {
                throw value.unexpected("a string, or no " + field + " at all", path + "." + field);
            }
            String text = Jinja.text(value, path + "." + field);
            if (HEADERS.stream().anyMatch(text::contains)) {
                throw new IllegalArgumentException("expected a text without headers of messages but found one at "
                        + path
                        + "." + field + "; put what is on the channel analysis into thinking, and what is on final into"
                        + " content");
            }
        }
    }

    /** Returns for each message whether one of the assistant's comes after it that has no calls. */
    private static boolean[] isBeforeAnswer(List<JsonValue> chat) {
        boolean[] isBeforeAnswer = new boolean[chat.size()];
        for (int i = chat.size() - 2; i >= 0; i--) {
            JsonValue next = chat.get(i + 1);
            isBeforeAnswer[i] = isBeforeAnswer[i + 1] || (role(next).equals("assistant") && !has(next, TOOL_CALLS));
        }
        return isBeforeAnswer;
    }

    private static boolean isInstructions(JsonValue message) {
        return role(message).equals("system") || role(message).equals("developer");
    }

    /** Returns a message's role; what is no role of the template's is left out. */
    private static String role(JsonValue message) {
        String role = message.get("role").textOrNull();
        return role == null ? "" : role;
    }

    private static boolean has(JsonValue value, String name) {
        return value instanceof JsonObject object && object.has(name);
    }
}
