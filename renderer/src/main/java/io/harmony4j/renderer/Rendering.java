package io.harmony4j.renderer;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Conversation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    private final int messageCount;

    /** What was rendered; null for a chat, which is not a conversation. */
    private final @Nullable Source source;

    private final int rendered;

    /** A conversation, and what rendered it. */
    record Source(HarmonyRenderer renderer, Conversation conversation) {}

    Rendering(
            int[] tokens,
            List<MessageSpan> messages,
            List<PartSpan> parts,
            List<Integer> dropped,
            int messageCount,
            @Nullable Source source,
            int rendered) {
        this.tokens = tokens;
        this.messages = List.copyOf(messages);
        this.parts = List.copyOf(parts);
        this.dropped = dropped;
        this.messageCount = messageCount;
        this.source = source;
        this.rendered = rendered;
    }

    /**
     * What a rendering has in common with an earlier one.
     *
     * @param tokens how many tokens they begin with in common
     * @param message the index in the conversation of the first message that the two do not have in common, from 0: one that has
     *     changed, is new, or is left out of one of them. The number of messages if they are equal.
     * @param isWhole whether these are all tokens of the earlier one, so that the later one goes on from it
     */
    public record Prefix(int tokens, int message, boolean isWhole) {}

    /** Returns a copy of the tokens. */
    public int[] tokens() {
        return tokens.clone();
    }

    /** Returns the tokens themselves. */
    int[] shared() {
        return tokens;
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

    /**
     * Returns how many tokens the messages have that are left out. It takes as long as rendering them.
     *
     * @throws IllegalArgumentException if one of them cannot be rendered
     * @throws IllegalStateException if this is a {@link ChatTemplate}'s, which does not say how it would write what it leaves out
     */
    public int droppedTokens() {
        if (source == null) {
            throw new IllegalStateException("expected the rendering of a conversation but found that of a chat");
        }
        return source.renderer.count(source.conversation, dropped);
    }

    /** Returns how many of the messages were rendered anew; the others were taken over from an earlier rendering. */
    public int rendered() {
        return rendered;
    }

    /** Returns how far this begins as an earlier rendering does. A runtime that has read that one needs to read only what comes after it. */
    public Prefix prefixOf(Rendering earlier) {
        int mismatch = Arrays.mismatch(requireNonNull(earlier, "earlier").tokens, tokens);
        int common = mismatch < 0 ? tokens.length : mismatch;
        return new Prefix(
                common, Math.min(messageAt(common), earlier.messageAt(common)), common == earlier.tokens.length);
    }

    /** Returns the index of the message that has a token; the number of messages if it is none's. */
    private int messageAt(int token) {
        int from = 0;
        int to = parts.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (parts.get(middle).end() <= token) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from < parts.size() ? parts.get(from).message() : messageCount;
    }

    /** Returns the conversation, if it is a renderer's, and so as that one renders. */
    Optional<Conversation> conversationBy(HarmonyRenderer renderer) {
        return source == null || source.renderer != renderer ? Optional.empty() : Optional.of(source.conversation);
    }

    /** Returns the numbers of tokens, messages and parts, for human readers. */
    @Override
    public String toString() {
        return tokens.length + " tokens, messages: " + messages.size() + ", parts: " + parts.size();
    }
}
