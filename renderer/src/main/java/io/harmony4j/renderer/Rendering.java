package io.harmony4j.renderer;

import java.util.List;

/**
 * The tokens of a conversation, and what each of them is there for. Immutable.
 *
 * <p>The text of a system or developer message is tokenised as a whole, so a token may reach from one section into the next: a full
 * stop and the blank line after it are one. It belongs to the section in which it begins.
 */
public final class Rendering {
    private final int[] tokens;
    private final List<MessageSpan> messages;
    private final List<PartSpan> parts;
    private final List<Integer> dropped;

    Rendering(int[] tokens, List<MessageSpan> messages, List<PartSpan> parts, List<Integer> dropped) {
        this.tokens = tokens;
        this.messages = List.copyOf(messages);
        this.parts = List.copyOf(parts);
        this.dropped = dropped;
    }

    /** Returns a copy of the tokens. */
    public int[] tokens() {
        return tokens.clone();
    }

    /** Returns the messages that were rendered, in order. The start of the next message is none. */
    public List<MessageSpan> messages() {
        return messages;
    }

    /** Returns the parts, in order: the first begins at 0, each of the others where the one before it ends, and the last ends with the tokens. */
    public List<PartSpan> parts() {
        return parts;
    }

    /** Returns the indices of the messages that are left out, from 0, ascending. */
    public List<Integer> dropped() {
        return dropped;
    }

    /** Returns the numbers of tokens, messages and parts, for human readers. */
    @Override
    public String toString() {
        return tokens.length + " tokens, messages: " + messages.size() + ", parts: " + parts.size();
    }
}
