package io.harmony4j.renderer;

import static java.util.Objects.requireNonNull;

/**
 * Tokens in a row that are there for the same reason.
 *
 * @param part what they are there for
 * @param message the index of their message in the conversation, from 0; of the next message: how many there are
 * @param start the token index of the first
 * @param end the token index after the last; larger than {@code start}
 */
public record PartSpan(PromptPart part, int message, int start, int end) {
    public PartSpan {
        requireNonNull(part, "part");
    }
}
