package io.harmony4j.renderer;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Message;

/**
 * Where in a rendering a message is. Its header is the tokens from {@code start} to {@code content}, its content those from
 * {@code content} to {@code end}, each without the last.
 *
 * @param index the index of the message in the conversation, from 0
 * @param message the message
 * @param start the token index of {@code <|start|>}
 * @param content the token index after {@code <|message|>}
 * @param end the token index of the token that ends the message
 */
public record MessageSpan(int index, Message message, int start, int content, int end) {
    public MessageSpan {
        requireNonNull(message, "message");
    }
}
