package io.harmony4j.training;

import io.harmony4j.Author;
import io.harmony4j.Content;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Messages as chat clients write them, to those of Harmony. A message of the assistant becomes its thoughts on analysis, its text on final,
 * or on commentary before calls, and each call on commentary; the result of a tool gets the name of the tool whose call it answers.
 *
 * <p>The readers of requests in {@code io.harmony4j.openai} do not do for rows: they refuse what data sets have and APIs have not, such as
 * results without an id and tools in a string, and do not tell which messages came of which.
 */
final class RowMessages {
    private static final List<String> REASONING_FIELDS = List.of("reasoning", "reasoning_content", "thinking");

    private static final String NO_ARGUMENTS = "{}";

    private static final Pattern USER_NAME = Pattern.compile("[^\\s<|\\\\/>]{1,64}", Pattern.UNICODE_CHARACTER_CLASS);

    private final RowConversation conversation;
    private final RowCalls calls = new RowCalls();

    /** Whether a thought in tags at the beginning of a text is one. */
    private final boolean readsThinkTags;

    RowMessages(RowConversation conversation, boolean readsThinkTags) {
        this.conversation = conversation;
        this.readsThinkTags = readsThinkTags;
    }

    /** Adds a list of messages, each with its {@code role} and {@code content}. */
    void addAll(RowField list) {
        list.someElements().forEach(this::add);
    }

    private void add(RowField message) {
        RowField role = message.object().get("role");
        RowField content = message.get("content");
        switch (role.text()) {
            case "system", "developer" -> conversation.instruct(RowContent.text(content));
            case "user" -> addUser(message, content);
            case "assistant" -> addAssistant(message, content, false);
            case "tool" -> addResult(message, content, message.get("tool_call_id"));
            case "function" -> addLegacyResult(message, content);
            default -> throw role.wrong("a role (system, developer, user, assistant, tool, function)");
        }
    }

    void addUser(RowField message, RowField content) {
        String text = RowContent.text(content);
        RowField name = message.get("name");
        if (!name.isAbsent() && !USER_NAME.matcher(name.text()).matches()) {
            throw name.wrong("a name of at most 64 characters without white space, <, |, \\, / and >");
        }
        Author author = name.isAbsent() ? Author.of(Role.USER) : Author.of(Role.USER, name.text());
        conversation.add(Message.of(author, new Content.Text(text)), weight(message));
    }

    /** Adds what the user says where it is but a text. */
    void addUser(String text) {
        conversation.add(Message.user(text), null);
    }

    /**
     * Adds a message of the assistant.
     *
     * @param comesBeforeCall whether the message that follows is a call
     */
    void addAssistant(RowField message, RowField content, boolean comesBeforeCall) {
        RowContent said = RowContent.ofAssistant(content);
        String thought = thought(message, said);
        String refusal = message.get("refusal").optionalText();
        String text = refusal.isEmpty()
                ? said.text()
                : said.text() == null || said.text().isEmpty()
                        ? refusal
                        : said.text() + RowContent.BETWEEN_PARTS + refusal;
        List<Message> toolCalls = toolCalls(message);
        if (text == null && thought.isEmpty() && toolCalls.isEmpty()) {
            throw content.wrong("a text where there are neither calls nor thoughts");
        }
        say(thought, text, toolCalls, comesBeforeCall, weight(message));
    }

    /** Adds what the assistant says where it is but texts. */
    void addAssistant(String thought, String text) {
        say(thought, text, List.of(), false, null);
    }

    private void say(
            String thought,
            @Nullable String text,
            List<Message> toolCalls,
            boolean comesBeforeCall,
            @Nullable Double weight) {
        ThinkTags split = readsThinkTags && thought.isEmpty() && text != null
                ? ThinkTags.split(text)
                : new ThinkTags(thought, text);
        boolean isPreamble = comesBeforeCall || !toolCalls.isEmpty();
        List<Message> messages = new ArrayList<>();
        if (!split.thought().isEmpty()) {
            messages.add(Message.analysis(split.thought()));
        }
        if (split.rest() != null && !(isPreamble && split.rest().isEmpty())) {
            messages.add(isPreamble ? Message.preamble(split.rest()) : Message.answer(split.rest()));
        }
        messages.addAll(toolCalls);
        messages.forEach(part -> conversation.add(part, weight));
    }

    /** Returns the chain of thought, which rows have under one of several names. */
    private static String thought(RowField message, RowContent content) {
        String thought = "";
        for (String name : REASONING_FIELDS) {
            String other = message.value().get(name).textOrNull();
            if (thought.isEmpty()) {
                thought = message.get(name).optionalText();
            } else if (thought.equals(other)) {
                message.ignore(name);
            }
        }
        if (thought.isEmpty()) {
            thought = content.thoughts();
        }
        return thought.isEmpty() ? details(message) : thought;
    }

    private static String details(RowField message) {
        StringBuilder thought = new StringBuilder();
        for (RowField detail : message.get("reasoning_details").optionalElements()) {
            if ("reasoning.text".equals(detail.object().get("type").value().textOrNull())) {
                thought.append(detail.get("text").optionalText());
            }
        }
        return thought.toString();
    }

    private List<Message> toolCalls(RowField message) {
        List<Message> messages = new ArrayList<>();
        calls.beginTurn();
        for (RowField call : message.get("tool_calls").optionalElements()) {
            messages.add(call(call));
        }
        RowField legacy = message.get("function_call");
        if (!legacy.isAbsent()) {
            messages.add(call(legacy));
        }
        return messages;
    }

    /** Adds calls that are a message of their own: one, or a list of them; a string is the JSON of them, which a thought may precede. */
    void addCalls(RowField message, RowField value) {
        calls.beginTurn();
        String thought = "";
        RowField json = value;
        if (value.value().isString()) {
            ThinkTags split = ThinkTags.split(value.text());
            thought = split.thought();
            json = value.json(split.rest() == null ? "" : split.rest());
        }
        List<Message> toolCalls = new ArrayList<>();
        for (RowField call : json.value().isArray() ? json.someElements() : List.of(json)) {
            toolCalls.add(call(call));
        }
        say(thought, null, toolCalls, true, weight(message));
    }

    /** Returns a call, whose name and arguments are in its {@code function} or beside its id. */
    private Message call(RowField call) {
        RowField type = call.object().get("type");
        if (!type.isAbsent() && !type.text().equals("function")) {
            throw type.wrong("\"function\"");
        }
        RowField inner = call.get("function");
        RowField function = inner.isAbsent() ? call : inner.object();
        Recipient tool = conversation.tools().recipient(function.get("name"));
        String id = call.get("id").optionalText();
        calls.add(id.isEmpty() ? null : id, tool);
        return Message.call(tool, arguments(function.get("arguments")));
    }

    /** Returns arguments: a text as it is, without a look at it. */
    private static String arguments(RowField arguments) {
        if (arguments.isAbsent()) {
            return NO_ARGUMENTS;
        }
        if (!arguments.value().isString() && !arguments.value().isObject()) {
            throw arguments.wrong("an object, or its JSON in a string");
        }
        return arguments.value().isString() ? arguments.text() : arguments.compact();
    }

    /**
     * Adds what a tool answers.
     *
     * @param place where the fault is if it answers no call
     */
    void addResult(RowField message, RowField content, RowField place) {
        RowField idField = message.get("tool_call_id");
        RowField name = message.get("name");
        String id = idField.optionalText();
        Optional<Recipient> called = id.isEmpty() ? Optional.empty() : calls.answer(id);
        if (called.isEmpty() && !name.isAbsent()) {
            called = Optional.of(conversation.tools().recipient(name));
            calls.answer(called.get());
        } else if (id.isEmpty()) {
            called = calls.answerOldest();
        }
        Recipient tool = called.orElseThrow(() -> place.fault(
                id.isEmpty()
                        ? "expected the result of a call but found no call before it that is open; name the tool in \"name\""
                        : "expected the id of a call in a message before this one but found " + RowField.shown(id)));
        conversation.add(Message.tool(tool, RowContent.text(content)), weight(message));
    }

    private void addLegacyResult(RowField message, RowField content) {
        Recipient tool = conversation.tools().recipient(message.get("name"));
        calls.answer(tool);
        String text = content.isAbsent() ? "" : RowContent.text(content);
        conversation.add(Message.tool(tool, text), weight(message));
    }

    /** Returns the weight of a message: {@code weight}, or {@code train}, true or false; null if it has none. */
    static @Nullable Double weight(RowField message) {
        for (RowField field : List.of(message.get("weight"), message.get("train"))) {
            if (field.value().isBoolean()) {
                return field.value().booleanValue() ? 1.0 : 0.0;
            }
            if (field.isAbsent()) {
                continue;
            }
            double weight = field.value().isNumber() ? field.value().doubleValue() : -1;
            if (!(weight >= 0 && weight <= Double.MAX_VALUE)) {
                throw field.wrong("a weight of 0 or more, or true or false");
            }
            return weight;
        }
        return null;
    }
}
