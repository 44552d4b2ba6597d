package io.harmony4j;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One message of a conversation.
 *
 * <pre>{@code
 * Message.user("What is the weather in Tokyo?")
 * Message.assistant("{\"city\":\"Tokyo\"}")
 *         .withChannel(Channel.COMMENTARY)
 *         .withRecipient(Recipient.function("get_weather"))
 *         .withContentType(ContentType.JSON)
 * Message.tool("functions.get_weather", "{\"sunny\":true}")
 * }</pre>
 *
 * @param author who wrote it
 * @param recipient whom it is addressed to; null for everybody
 * @param content its parts, in order
 * @param channel the channel it is on, or null
 * @param contentType what its content is, or null
 */
public record Message(
        Author author,
        @Nullable Recipient recipient,
        List<Content> content,
        @Nullable Channel channel,
        @Nullable ContentType contentType) {

    public Message {
        requireNonNull(author, "author");
        content = List.copyOf(content);
    }

    /** Returns a message of the given parts. */
    public static Message of(Author author, Content... content) {
        return new Message(author, null, List.of(content), null, null);
    }

    /** Returns a message of one text. */
    public static Message of(Role role, String text) {
        return of(Author.of(role), new Content.Text(text));
    }

    /** Returns a user message. */
    public static Message user(String text) {
        return of(Role.USER, text);
    }

    /** Returns an assistant message, without a channel. */
    public static Message assistant(String text) {
        return of(Role.ASSISTANT, text);
    }

    /** Returns a system message. */
    public static Message system(Content.System content) {
        return of(Author.of(Role.SYSTEM), content);
    }

    /** Returns a developer message. */
    public static Message developer(Content.Developer content) {
        return of(Author.of(Role.DEVELOPER), content);
    }

    /**
     * Returns what a tool answers to a call by the assistant: addressed to the assistant, on the commentary channel.
     *
     * @param name the tool's full name, as in {@code functions.get_weather}
     * @param text the result
     */
    public static Message tool(String name, String text) {
        return of(Author.of(Role.TOOL, name), new Content.Text(text))
                .withRecipient(Recipient.ASSISTANT)
                .withChannel(Channel.COMMENTARY);
    }

    public Message withRecipient(@Nullable Recipient newRecipient) {
        return new Message(author, newRecipient, content, channel, contentType);
    }

    public Message withChannel(@Nullable Channel newChannel) {
        return new Message(author, recipient, content, newChannel, contentType);
    }

    public Message withContentType(@Nullable ContentType newContentType) {
        return new Message(author, recipient, content, channel, newContentType);
    }

    /** Returns a copy with one more part at the end. */
    public Message withContent(Content part) {
        List<Content> parts = new ArrayList<>(content);
        parts.add(part);
        return new Message(author, recipient, parts, channel, contentType);
    }

    /** Returns the text of all text parts, joined without a separator. */
    public String text() {
        return content.stream()
                .filter(Content.Text.class::isInstance)
                .map(part -> ((Content.Text) part).text())
                .collect(Collectors.joining());
    }

    /**
     * Reads a message from the JSON of openai/harmony.
     *
     * @throws IllegalArgumentException if the text is not JSON or not a message; the text of the exception says what was
     *     expected, what was found, the field (as a path from {@code $}), line and column
     */
    public static Message fromJson(String json) {
        return JsonDecoder.message(json);
    }

    /** Returns the JSON of openai/harmony, on one line: absent fields are left out, one text part is a plain string. */
    public String toJson() {
        return JsonEncoder.encode(this);
    }
}
