package io.harmony4j.chat;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.ResponseFormat;
import io.harmony4j.ToolDescription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds a conversation from a chat client's words: instructions, tools, what the user said, what the assistant said with its
 * reasoning and calls, and tool results by the ids of the calls.
 *
 * <pre>{@code
 * Conversation conversation = new ChatTranscript()
 *         .instructions("Answer in one sentence.")
 *         .tools(List.of(weather))
 *         .user("What is the weather in Tokyo?")
 *         .assistant("I should look.", "", List.of(new ToolCall("call_1", Recipient.function("get_weather"), "{}")))
 *         .toolResult("call_1", "sunny")
 *         .conversation();
 * }</pre>
 *
 * <p>A system message comes first, then a developer message if there are instructions, tools or a response format. A result stands
 * directly after its call, as the models know it, in whatever order calls and results come. Not thread-safe.
 */
public final class ChatTranscript {
    private static final String BETWEEN_INSTRUCTIONS = "\n\n";

    private Content.System system = Content.System.DEFAULT;
    private final List<String> instructions = new ArrayList<>();
    private List<ToolDescription> tools = List.of();
    private @Nullable ResponseFormat responseFormat;

    /** What was said: a message, or a call with what answers it. */
    private final List<List<Message>> said = new ArrayList<>();

    /** The latest calls by their ids: a result has an id only. Some clients use an id again. */
    private final Map<String, List<Called>> calls = new HashMap<>();

    private int turns;

    /**
     * A call in the conversation.
     *
     * @param turn the number of the assistant's words that it belongs to
     * @param messages the call, and after it what answers it
     */
    private record Called(int turn, Recipient tool, List<Message> messages) {
        boolean isOpen() {
            return messages.size() == 1;
        }
    }

    /** Makes a transcript in which nothing has been said. */
    public ChatTranscript() {}

    /** Sets what the system message says: effort, date, built-in tools. */
    public ChatTranscript system(Content.System newSystem) {
        system = requireNonNull(newSystem, "system");
        return this;
    }

    /**
     * Adds instructions, which are elsewhere called the system prompt. Those that come before anything is said are in the developer
     * message at the beginning, with blank lines between them; later ones are developer messages in their place. Blank ones, which some
     * frameworks put where there were none, are left out.
     */
    public ChatTranscript instructions(String text) {
        if (requireNonNull(text, "instructions").isBlank()) {
            return this;
        }
        if (said.isEmpty()) {
            instructions.add(text);
        } else {
            add(Message.developer(Content.developer(text)));
        }
        return this;
    }

    /** Sets the function tools that the model may call. */
    public ChatTranscript tools(Collection<ToolDescription> functions) {
        List<ToolDescription> copy = new ArrayList<>(requireNonNull(functions, "functions"));
        copy.forEach(tool -> requireNonNull(tool, "function"));
        tools = List.copyOf(copy);
        return this;
    }

    /** Sets what the answer is to look like. The model is asked, and not forced. */
    public ChatTranscript responseFormat(ResponseFormat format) {
        responseFormat = requireNonNull(format, "format");
        return this;
    }

    /** Adds what the user said. */
    public ChatTranscript user(String text) {
        add(Message.user(requireNonNull(text, "text")));
        return this;
    }

    /**
     * Adds what the assistant said in one turn, or up to its calls.
     *
     * @param reasoning the chain of thought, or nothing
     * @param content the answer, or the preamble if there are calls, or nothing
     * @param toolCalls the calls
     */
    public ChatTranscript assistant(String reasoning, String content, List<ToolCall> toolCalls) {
        requireNonNull(reasoning, "reasoning");
        requireNonNull(content, "content");
        requireNonNull(toolCalls, "toolCalls").forEach(call -> requireNonNull(call, "toolCall"));
        if (!reasoning.isEmpty()) {
            add(Message.analysis(reasoning));
        }
        if (!content.isEmpty()) {
            add(toolCalls.isEmpty() ? Message.answer(content) : Message.preamble(content));
        }
        turns++;
        for (ToolCall call : toolCalls) {
            Called called = new Called(turns, call.recipient(), add(Message.call(call.recipient(), call.arguments())));
            calls.computeIfAbsent(call.id(), id -> new ArrayList<>()).add(called);
        }
        return this;
    }

    /**
     * Adds what a tool answered.
     *
     * @param callId the id of the call; of several calls with one id, it is the first without a result in the latest turn that has one
     * @throws IllegalArgumentException if there is no call with this id before it
     */
    public ChatTranscript toolResult(String callId, String result) {
        requireNonNull(result, "result");
        if (!addResult(callId, result)) {
            throw new IllegalArgumentException("expected the id of a call before it but found \"" + callId
                    + "\"; there are " + calls.keySet().stream().sorted().toList());
        }
        return this;
    }

    /**
     * Adds what a tool answered, also if its call is not in the transcript.
     *
     * @param callId the id of the call, as in {@link #toolResult(String, String)}
     * @param tool the tool, if there is no call with this id before it
     */
    public ChatTranscript toolResult(String callId, Recipient tool, String result) {
        requireNonNull(tool, "tool");
        requireNonNull(result, "result");
        if (!addResult(callId, result)) {
            add(Message.tool(tool, result));
        }
        return this;
    }

    /** Adds a result to its call; returns whether there is one. */
    private boolean addResult(String callId, String result) {
        List<Called> called = calls.getOrDefault(requireNonNull(callId, "callId"), List.of());
        if (called.isEmpty()) {
            return false;
        }
        int last = called.size() - 1;
        int open = last;
        while (open > 0 && !called.get(open).isOpen()) {
            open--;
        }
        int turn = called.get(open).turn();
        while (open > 0 && called.get(open - 1).isOpen() && called.get(open - 1).turn() == turn) {
            open--;
        }
        Called answered = called.get(called.get(open).isOpen() ? open : last);
        answered.messages().add(Message.tool(answered.tool(), result));
        return true;
    }

    private List<Message> add(Message message) {
        List<Message> group = new ArrayList<>(List.of(message));
        said.add(group);
        return group;
    }

    /** Returns the conversation of all that was added so far. */
    public Conversation conversation() {
        List<Message> all = new ArrayList<>();
        all.add(Message.system(system));
        Content.Developer developer = developer();
        if (!developer.equals(Content.Developer.EMPTY)) {
            all.add(Message.developer(developer));
        }
        said.forEach(all::addAll);
        return new Conversation(all);
    }

    private Content.Developer developer() {
        Content.Developer developer = Content.Developer.EMPTY;
        if (!instructions.isEmpty()) {
            developer = developer.withInstructions(String.join(BETWEEN_INSTRUCTIONS, instructions));
        }
        if (!tools.isEmpty()) {
            developer = developer.withFunctions(tools.toArray(ToolDescription[]::new));
        }
        return responseFormat == null ? developer : developer.withResponseFormats(responseFormat);
    }
}
