package io.harmony4j.parse;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.harmony4j.Author;
import io.harmony4j.Channel;
import io.harmony4j.Content;
import io.harmony4j.ContentType;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
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

    /** Returns the message of this header and one text. */
    public Message message(String text) {
        return new Message(author, recipient, List.of(new Content.Text(text)), channel, contentType);
    }

    /** Returns the header as text, special tokens as their literals. */
    String text() {
        StringBuilder text = new StringBuilder(author.role().wireName());
        if (author.name() != null) {
            text.append(':').append(author.name());
        }
        if (recipient != null) {
            text.append(' ').append(HeaderParser.TO).append(recipient.name());
        }
        if (channel != null) {
            text.append(SpecialToken.CHANNEL.literal()).append(channel.name());
        }
        if (contentType != null) {
            text.append(' ').append(contentType.text());
        }
        return text.toString();
    }

    void save(ObjectNode into) {
        into.put("role", author.role().wireName());
        into.put("name", author.name());
        into.put("recipient", recipient == null ? null : recipient.name());
        into.put("channel", channel == null ? null : channel.name());
        into.put("content_type", contentType == null ? null : contentType.text());
    }

    static Header restore(JsonNode from) {
        String recipient = from.path("recipient").textValue();
        String channel = from.path("channel").textValue();
        String contentType = from.path("content_type").textValue();
        return new Header(
                new Author(
                        Role.of(from.path("role").textValue()),
                        from.path("name").textValue()),
                recipient == null ? null : Recipient.of(recipient),
                channel == null ? null : Channel.of(channel),
                contentType == null ? null : ContentType.of(contentType));
    }
}
