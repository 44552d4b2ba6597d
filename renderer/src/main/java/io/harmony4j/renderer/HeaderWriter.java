package io.harmony4j.renderer;

import io.harmony4j.Author;
import io.harmony4j.Channel;
import io.harmony4j.ContentType;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import org.jspecify.annotations.Nullable;

/**
 * Headers of messages:
 * {@code <|start|>assistant to=functions.get_weather<|channel|>commentary <|constrain|>json<|message|>}. Every part after the
 * author may be missing.
 *
 * @see <a href="https://cookbook.openai.com/articles/openai-harmony#message-format">Harmony: message format</a>
 */
final class HeaderWriter {
    private final TokenWriter out;
    private final HeaderStyle style;

    HeaderWriter(TokenWriter out, HeaderStyle style) {
        this.out = out;
        this.style = style;
    }

    /**
     * Writes the header of a message.
     *
     * @param index the place of the message in its conversation, for the error message
     * @throws IllegalArgumentException if the author is a tool without a name
     */
    void write(Message message, int index) {
        out.part(PromptPart.START);
        out.special(SpecialToken.START);
        out.part(PromptPart.AUTHOR);
        author(message.author(), index);
        if (style.isChannelFirst(message.channel())) {
            channel(message.channel());
            recipient(message.recipient());
        } else {
            recipient(message.recipient());
            channel(message.channel());
        }
        contentType(message.contentType());
        out.part(PromptPart.MESSAGE);
        out.special(SpecialToken.MESSAGE);
    }

    private void author(Author author, int index) {
        String name = author.name();
        if (author.role() == Role.TOOL) {
            if (name == null) {
                throw new IllegalArgumentException("expected a tool's name as the author but found none at message "
                        + index + "; name it in full, as in Author.of(Role.TOOL, \"functions.get_weather\")");
            }
            out.word(name); // the name stands for the role
            return;
        }
        out.word(author.role().wireName());
        if (name != null) {
            out.word(":", name);
        }
    }

    private void recipient(@Nullable Recipient recipient) {
        if (recipient != null && !recipient.equals(Recipient.ALL)) {
            out.part(PromptPart.RECIPIENT);
            out.word(" to=", recipient.name());
        }
    }

    private void channel(@Nullable Channel channel) {
        if (channel != null) {
            out.part(PromptPart.CHANNEL);
            out.special(SpecialToken.CHANNEL);
            out.word(channel.name());
        }
    }

    private void contentType(@Nullable ContentType contentType) {
        if (contentType == null) {
            return;
        }
        out.part(PromptPart.CONTENT_TYPE);
        if (style.isConstrained(contentType)) {
            out.word(" ");
            out.special(SpecialToken.CONSTRAIN);
            out.word(contentType.name());
        } else {
            out.word(" ", contentType.name());
        }
    }
}
