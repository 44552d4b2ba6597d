package io.harmony4j.parse;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Channel;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages as a client of a chat API sees them. Messages of other roles than the assistant's are left out.
 *
 * @param reasoning the texts of analysis messages that call no tool, and of messages to the assistant itself, joined by
 *     line feeds
 * @param content the texts of all other messages that call no tool, whatever their channel, joined by line feeds
 * @param toolCalls the calls, in order
 */
public record ChatView(String reasoning, String content, List<ToolCall> toolCalls) {
    public ChatView {
        requireNonNull(reasoning, "reasoning");
        requireNonNull(content, "content");
        toolCalls = List.copyOf(toolCalls);
    }

    /**
     * A call of a tool.
     *
     * @param name the tool's name, without {@code functions.}
     * @param arguments the arguments, exactly as the model wrote them
     */
    public record ToolCall(String name, String arguments) {
        public ToolCall {
            requireNonNull(name, "name");
            requireNonNull(arguments, "arguments");
        }
    }

    /** Returns the view of the given messages. */
    public static ChatView of(List<Message> messages) {
        List<String> reasoning = new ArrayList<>();
        List<String> content = new ArrayList<>();
        List<ToolCall> toolCalls = new ArrayList<>();
        for (Message message : messages) {
            if (message.author().role() != Role.ASSISTANT) {
                continue;
            }
            Recipient recipient = message.recipient();
            if (recipient != null && recipient.isTool()) {
                toolCalls.add(new ToolCall(recipient.toolName(), message.text()));
            } else if (Channel.ANALYSIS.equals(message.channel()) || Recipient.ASSISTANT.equals(recipient)) {
                reasoning.add(message.text());
            } else {
                content.add(message.text());
            }
        }
        return new ChatView(String.join("\n", reasoning), String.join("\n", content), toolCalls);
    }
}
