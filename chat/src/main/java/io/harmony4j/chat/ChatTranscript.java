package io.harmony4j.chat;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
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
 * <p>A system message comes first, then a developer message if there are instructions or tools. Not thread-safe.
 */
public final class ChatTranscript {
    private Content.System system = Content.System.DEFAULT;
    private @Nullable String instructions;
    private List<ToolDescription> tools = List.of();
    private final List<Message> messages = new ArrayList<>();

    /** The tools that were called, by the ids of the calls: a result has an id only, and a message the tool's name. */
    private final Map<String, Recipient> calls = new HashMap<>();

    /** Makes a transcript in which nothing has been said. */
    public ChatTranscript() {}

    /** Sets what the system message says: effort, date, built-in tools. */
    public ChatTranscript system(Content.System newSystem) {
        system = requireNonNull(newSystem, "system");
        return this;
    }

    /** Sets the instructions: what is elsewhere called the system prompt. */
    public ChatTranscript instructions(String text) {
        instructions = requireNonNull(text, "instructions");
        return this;
    }

    /** Sets the function tools that the model may call. */
    public ChatTranscript tools(Collection<ToolDescription> functions) {
        List<ToolDescription> copy = new ArrayList<>(requireNonNull(functions, "functions"));
        copy.forEach(tool -> requireNonNull(tool, "function"));
        tools = List.copyOf(copy);
        return this;
    }

    /** Adds what the user said. */
    public ChatTranscript user(String text) {
        messages.add(Message.user(requireNonNull(text, "text")));
        return this;
    }

    /**
     * Adds what the assistant said in one turn, or up to its calls.
     *
     * @param reasoning the chain of thought, or nothing
     * @param content the answer, or the preamble if there are calls, or nothing
     * @param toolCalls the calls
     * @throws IllegalArgumentException if a call has the id of an earlier one
     */
    public ChatTranscript assistant(String reasoning, String content, List<ToolCall> toolCalls) {
        requireNonNull(reasoning, "reasoning");
        requireNonNull(content, "content");
        requireNonNull(toolCalls, "toolCalls");
        if (!reasoning.isEmpty()) {
            messages.add(Message.analysis(reasoning));
        }
        if (!content.isEmpty()) {
            messages.add(toolCalls.isEmpty() ? Message.answer(content) : Message.preamble(content));
        }
        for (ToolCall call : toolCalls) {
            requireNonNull(call, "toolCall");
            if (calls.putIfAbsent(call.id(), call.recipient()) != null) {
                throw new IllegalArgumentException(
                        "expected each call to have an id of its own but found \"" + call.id() + "\" twice");
            }
            messages.add(Message.call(call.recipient(), call.arguments()));
        }
        return this;
    }

    /**
     * Adds what a tool answered.
     *
     * @param callId the id of the call
     * @throws IllegalArgumentException if there is no call with this id before it
     */
    public ChatTranscript toolResult(String callId, String result) {
        Recipient tool = calls.get(requireNonNull(callId, "callId"));
        if (tool == null) {
            throw new IllegalArgumentException("expected the id of a call before it but found \"" + callId
                    + "\"; there are " + calls.keySet().stream().sorted().toList());
        }
        messages.add(Message.tool(tool, requireNonNull(result, "result")));
        return this;
    }

    /** Returns the conversation of all that was added so far. */
    public Conversation conversation() {
        List<Message> all = new ArrayList<>();
        all.add(Message.system(system));
        if (instructions != null || !tools.isEmpty()) {
            Content.Developer developer = Content.Developer.EMPTY.withInstructions(instructions);
            all.add(Message.developer(
                    tools.isEmpty() ? developer : developer.withFunctions(tools.toArray(ToolDescription[]::new))));
        }
        all.addAll(messages);
        return new Conversation(all);
    }
}
