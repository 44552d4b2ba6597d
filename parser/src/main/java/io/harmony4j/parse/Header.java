package io.harmony4j.parse;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Author;
import io.harmony4j.Channel;
import io.harmony4j.Content;
import io.harmony4j.ContentType;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
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

    /** Returns the message of this header and one text. */
    public Message message(String text) {
        return new Message(author, recipient, List.of(new Content.Text(text)), channel, contentType);
    }
}
