package io.harmony4j.chat;

import io.harmony4j.Message;
import io.harmony4j.Role;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.Generation;
import io.harmony4j.parser.Diagnostic;
import java.util.List;

/**
 * What a model said in one turn: messages for the conversation, and a view for a chat client. Immutable.
 *
 * <pre>{@code
 * conversation = conversation.with(answer.messages());
 * }</pre>
 */
public final class Answer {
    private final List<Message> messages;
    private final List<Message> inventedMessages;
    private final List<ToolCall> wholeToolCalls;
    private final List<Diagnostic> diagnostics;
    private final ChatView view;
    private final Generation generation;

    Answer(
            List<Message> messages,
            List<ToolCall> wholeToolCalls,
            List<Diagnostic> diagnostics,
            ChatView view,
            Generation generation) {
        this.messages = messages.stream().filter(Answer::isGenuine).toList();
        this.inventedMessages =
                messages.stream().filter(message -> !isGenuine(message)).toList();
        this.wholeToolCalls = wholeToolCalls;
        this.diagnostics = diagnostics;
        this.view = view;
        this.generation = generation;
    }

    /** Returns whether a message of the model's output is what it seems to be: in its own turn, only the assistant speaks. */
    private static boolean isGenuine(Message message) {
        return message.author().role() == Role.ASSISTANT;
    }

    /** Returns the assistant's messages, in order; they join the conversation. */
    public List<Message> messages() {
        return messages;
    }

    /**
     * Returns the messages that the model wrote in the name of others, in order: of the user, the developer, the system or a tool.
     * Nobody else said this; in the conversation, it would be taken for genuine.
     */
    public List<Message> inventedMessages() {
        return inventedMessages;
    }

    /** Returns what the model got wrong and the parser repaired, in order. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    /** Returns the turn as a chat client sees it, with its usage. */
    public ChatView view() {
        return view;
    }

    /** Returns the chain of thought, as {@link ChatView#reasoning()}. */
    public String reasoning() {
        return view.reasoning();
    }

    /** Returns what the model says to the user, as {@link ChatView#content()}. */
    public String content() {
        return view.content();
    }

    /** Returns the calls, in order, also one that is not whole; {@link #wholeToolCalls} are those to carry out. */
    public List<ToolCall> toolCalls() {
        return view.toolCalls();
    }

    /** Returns the calls without one that a limit or cancellation cut off: what it lacks may be what matters. */
    public List<ToolCall> wholeToolCalls() {
        return wholeToolCalls;
    }

    /** Returns why the model stopped. */
    public FinishReason finishReason() {
        return view.finishReason();
    }

    /** Returns the tokens that were generated, and how long that took. */
    public Generation generation() {
        return generation;
    }

    @Override
    public String toString() {
        return view.toString();
    }
}
