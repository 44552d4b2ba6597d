package io.harmony4j;

import java.util.ArrayList;
import java.util.List;

/**
 * A list of messages, in the order they were said.
 *
 * <pre>{@code
 * Conversation conversation = Conversation.of(
 *         Message.system(Content.System.DEFAULT.withReasoningEffort(ReasoningEffort.HIGH)),
 *         Message.developer(Content.Developer.EMPTY.withInstructions("Answer in one word.")),
 *         Message.user("What is the capital of Japan?"));
 * }</pre>
 *
 * @param messages the messages
 */
public record Conversation(List<Message> messages) {
    public Conversation {
        messages = List.copyOf(messages);
    }

    /** Returns a conversation of the given messages. */
    public static Conversation of(Message... messages) {
        return new Conversation(List.of(messages));
    }

    /** Returns a copy with one more message at the end. */
    public Conversation with(Message message) {
        return with(List.of(message));
    }

    /** Returns a copy with more messages at the end. */
    public Conversation with(List<Message> more) {
        List<Message> all = new ArrayList<>(messages);
        all.addAll(more);
        return new Conversation(all);
    }

    /**
     * Reads a conversation from the JSON of openai/harmony: an object with the list {@code messages}.
     *
     * @throws IllegalArgumentException if the text is not JSON or not a conversation; the text of the exception says what
     *     was expected, what was found, the field (as a path from {@code $}), line and column
     */
    public static Conversation fromJson(String json) {
        return JsonDecoder.conversation(json);
    }

    /** Returns the JSON of openai/harmony, on one line. */
    public String toJson() {
        return JsonEncoder.encode(this);
    }
}
