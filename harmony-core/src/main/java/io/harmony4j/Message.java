package io.harmony4j;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One message of a conversation.
 *
 * <pre>{@code
 * Message.user("What is the weather in Tokyo?")
 * Message.analysis("I should look.")
 * Message.call(Recipient.function("get_weather"), "{\"city\":\"Tokyo\"}")
 * Message.tool(Recipient.function("get_weather"), "{\"sunny\":true}")
 * Message.answer("It is sunny.")
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
        content = WellFormed.copy(content, "content");
    }

    /** Returns a message of the given parts. */
    public static Message of(Author author, Content... content) {
        return new Message(author, null, Arrays.asList(requireNonNull(content, "content")), null, null);
    }

    /** Returns a message of one text, without a channel. */
    public static Message of(Role role, String text) {
        return of(Author.of(role), new Content.Text(text));
    }

    /** Returns a user message. */
    public static Message user(String text) {
        return of(Role.USER, text);
    }

    /** Returns the assistant's answer to the user, on the final channel. */
    public static Message answer(String text) {
        return of(Role.ASSISTANT, text).withChannel(Channel.FINAL);
    }

    /** Returns the assistant's chain of thought, on the analysis channel. */
    public static Message analysis(String text) {
        return of(Role.ASSISTANT, text).withChannel(Channel.ANALYSIS);
    }

    /** Returns what the assistant tells the user before it calls tools, on the commentary channel. */
    public static Message preamble(String text) {
        return of(Role.ASSISTANT, text).withChannel(Channel.COMMENTARY);
    }

    /**
     * Returns the assistant's call of a tool as the models write it: of a built-in tool on the analysis channel, with the content
     * type {@code code}; of any other on the commentary channel, with the content type {@code <|constrain|>json}.
     *
     * @param tool the tool, as in {@code Recipient.function("get_weather")}
     * @param arguments the arguments: JSON, or code for {@code python}
     */
    public static Message call(Recipient tool, String arguments) {
        requireNonNull(tool, "tool");
        return of(Role.ASSISTANT, requireNonNull(arguments, "arguments"))
                .withRecipient(tool)
                .withChannel(channelOf(tool))
                .withContentType(tool.isBuiltIn() ? ContentType.CODE : ContentType.JSON);
    }

    private static Channel channelOf(Recipient tool) {
        return tool.isBuiltIn() ? Channel.ANALYSIS : Channel.COMMENTARY;
    }

    /** Returns a system message. */
    public static Message system(Content.System content) {
        return of(Author.of(Role.SYSTEM), requireNonNull(content, "content"));
    }

    /** Returns a developer message. */
    public static Message developer(Content.Developer content) {
        return of(Author.of(Role.DEVELOPER), requireNonNull(content, "content"));
    }

    /**
     * Returns what a tool answers to a call by the assistant: addressed to the assistant, on the channel of {@link #call}.
     *
     * @param tool the tool, as the call's recipient has it
     * @param result what it answers
     */
    public static Message tool(Recipient tool, String result) {
        requireNonNull(tool, "tool");
        return of(Author.of(Role.TOOL, tool.name()), new Content.Text(requireNonNull(result, "result")))
                .withRecipient(Recipient.ASSISTANT)
                .withChannel(channelOf(tool));
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
        parts.add(requireNonNull(part, "part"));
        return new Message(author, recipient, parts, channel, contentType);
    }

    /** Returns whether this calls a tool: it is the assistant's, and its recipient is a tool. */
    public boolean isToolCall() {
        return author.role() == Role.ASSISTANT && recipient != null && recipient.isTool();
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
        return JsonDecoder.message(requireNonNull(json, "json"));
    }

    /** Returns the JSON of openai/harmony, on one line: absent fields are left out, one text part is a plain string. */
    public String toJson() {
        return Json.write(toJsonObject());
    }

    /** Returns the value of {@link #toJson()}, to be a part of other JSON. */
    public JsonObject toJsonObject() {
        return JsonEncoder.encode(this);
    }
}
