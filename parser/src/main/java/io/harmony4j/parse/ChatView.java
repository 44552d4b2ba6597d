package io.harmony4j.parse;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages as a client of a chat API sees them. Messages of other roles than the assistant's are left out.
 *
 * @param reasoning the texts of analysis messages that call no tool, and of messages to the assistant itself, joined by
 *     line feeds
 * @param content the texts of all other messages that call no tool, whatever their channel, joined by line feeds
 * @param toolCalls the calls, in order
 * @param finishReason why the model stopped
 * @param usage how many tokens it took; null if that is not known, as for messages alone, or text
 */
public record ChatView(
        String reasoning,
        String content,
        List<ToolCall> toolCalls,
        FinishReason finishReason,
        @Nullable Usage usage) {
    public ChatView {
        requireNonNull(reasoning, "reasoning");
        requireNonNull(content, "content");
        toolCalls = List.copyOf(toolCalls);
        requireNonNull(finishReason, "finishReason");
    }

    /**
     * A call of a tool.
     *
     * @param id what the tool's answer is to refer to: {@code call_} and the number of the call, from 0
     * @param name the tool's name, without {@code functions.}
     * @param arguments the arguments, exactly as the model wrote them
     */
    public record ToolCall(String id, String name, String arguments) {
        public ToolCall {
            requireNonNull(id, "id");
            requireNonNull(name, "name");
            requireNonNull(arguments, "arguments");
        }
    }

    /** Why a model stopped, in the words of OpenAI's API in lower case. */
    public enum FinishReason {
        /** It was done. */
        STOP,
        /** It called tools. */
        TOOL_CALLS,
        /**
         * It was cut off within a message: the last one has no end token. A runtime that keeps the last end token to itself
         * knows better.
         */
        LENGTH
    }

    /** Returns a copy with the given usage. */
    public ChatView withUsage(Usage newUsage) {
        return new ChatView(reasoning, content, toolCalls, finishReason, newUsage);
    }

    /** Returns the view of complete messages; {@link MessageParser#chat()} knows more. */
    public static ChatView of(List<Message> messages) {
        return of(messages, false);
    }

    static ChatView of(List<Message> messages, boolean isCutOff) {
        ChatStream stream = new ChatStream(delta -> {});
        messages.forEach(message -> stream.accept(message, isCutOff));
        return stream.view();
    }
}
