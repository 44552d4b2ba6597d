package io.harmony4j.parser;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How many tokens a model generated, and for what; each token counts once. An immutable value. */
public final class TokenCounts {
    private final int total;
    private final int reasoning;
    private final Map<String, Channel> channels;

    TokenCounts(int total, int reasoning, Map<String, Channel> channels) {
        this.total = total;
        this.reasoning = reasoning;
        this.channels = Collections.unmodifiableMap(new LinkedHashMap<>(channels));
    }

    /**
     * The tokens of a channel's messages.
     *
     * @param header from start to message, and the end token
     * @param content what is between them
     */
    public record Channel(int header, int content) {
        Channel plus(Channel other) {
            return new Channel(header + other.header, content + other.content);
        }
    }

    /** Returns the number of all tokens ({@code completion_tokens} of OpenAI's API). */
    public int total() {
        return total;
    }

    /** Returns the number of content tokens of reasoning messages ({@link Header#isReasoning()}; {@code reasoning_tokens}). */
    public int reasoning() {
        return reasoning;
    }

    /**
     * Returns the tokens of each channel's messages by its name, in order of appearance; {@code ""} stands for messages without a
     * channel.
     */
    public Map<String, Channel> channels() {
        return channels;
    }

    /** Returns the number of tokens that belong to no message: those of headers that were left out, and stray ones. */
    public int other() {
        return total
                - channels.values().stream()
                        .mapToInt(channel -> channel.header() + channel.content())
                        .sum();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenCounts that
                && total == that.total
                && reasoning == that.reasoning
                && channels.equals(that.channels);
    }

    @Override
    public int hashCode() {
        return Objects.hash(total, reasoning, channels);
    }

    @Override
    public String toString() {
        return total + " tokens, " + reasoning + " of them reasoning, by channel " + channels;
    }
}
