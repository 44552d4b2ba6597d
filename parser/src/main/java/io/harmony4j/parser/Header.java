package io.harmony4j.parser;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Author;
import io.harmony4j.Channel;
import io.harmony4j.Content;
import io.harmony4j.ContentType;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands between {@code <|start|>} and {@code <|message|>}: everything of a message but its content.
 *
 * @param author who writes the message
 * @param recipient whom it is addressed to; null for everybody
 * @param channel the channel it is on, or null
 * @param contentType what its content is, or null
 */
public record Header(
        Author author,
        @Nullable Recipient recipient,
        @Nullable Channel channel,
        @Nullable ContentType contentType) {
    public Header {
        requireNonNull(author, "author");
    }

    /** Returns whether the message calls a tool: it is the assistant's, and its recipient is a tool. */
    public boolean isToolCall() {
        return author.role() == Role.ASSISTANT && recipient != null && recipient.isTool();
    }

    /** Returns the header of a message to everybody. */
    Header withoutRecipient() {
        return new Header(author, null, channel, contentType);
    }

    /** Returns whether the message is chain of thought: the assistant's, on analysis or to itself, not on final, and no call. */
    public boolean isReasoning() {
        return author.role() == Role.ASSISTANT
                && !isToolCall()
                && !Channel.FINAL.equals(channel)
                && (Channel.ANALYSIS.equals(channel) || Recipient.ASSISTANT.equals(recipient));
    }

    /** Returns the header of a message. */
    public static Header of(Message message) {
        requireNonNull(message, "message");
        return new Header(message.author(), message.recipient(), message.channel(), message.contentType());
    }

    /** Returns the message of this header and one text. */
    public Message message(String text) {
        return new Message(author, recipient, List.of(new Content.Text(text)), channel, contentType);
    }

    /** Returns the header as text, special tokens as their literals. */
    String text() {
        StringBuilder text = new StringBuilder(authorText());
        if (recipient != null) {
            text.append(' ').append(FormatWords.TO).append(recipient.name());
        }
        if (channel != null) {
            text.append(SpecialToken.CHANNEL.literal()).append(channel.name());
        }
        if (contentType != null) {
            text.append(' ').append(contentType.text());
        }
        return text.toString();
    }

    /** Returns the author as text: the role, and the name if there is one, which a tool has in place of the role. */
    String authorText() {
        String role = author.role().wireName();
        String name = author.name();
        return name == null ? role : author.role() == Role.TOOL ? name : role + ':' + name;
    }

    JsonObject save() {
        return JsonObject.builder()
                .put("role", author.role().wireName())
                .put("name", optional(author.name()))
                .put("recipient", optional(recipient == null ? null : recipient.name()))
                .put("channel", optional(channel == null ? null : channel.name()))
                .put("content_type", optional(contentType == null ? null : contentType.text()))
                .build();
    }

    private static JsonValue optional(@Nullable String text) {
        return text == null ? JsonValue.ofNull() : Snapshot.text(text);
    }

    private static @Nullable String optional(JsonValue value) {
        return value.isNull() ? null : Snapshot.text(value);
    }

    static Header restore(JsonValue from) {
        String recipient = optional(from.get("recipient"));
        String channel = optional(from.get("channel"));
        String contentType = optional(from.get("content_type"));
        return new Header(
                new Author(Role.of(from.get("role").text()), optional(from.get("name"))),
                recipient == null ? null : Recipient.of(recipient),
                channel == null ? null : Channel.of(channel),
                contentType == null ? null : ContentType.of(contentType));
    }
}
