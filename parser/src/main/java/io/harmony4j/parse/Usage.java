package io.harmony4j.parse;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many tokens a model generated, and for what; each token counts once.
 *
 * @param total all tokens ({@code completion_tokens} of OpenAI's API)
 * @param reasoning the content of messages that are reasoning in a {@link ChatView} ({@code reasoning_tokens})
 * @param channels the tokens of each channel's messages by its name, in order of appearance; {@code ""} for messages without
 *     a channel
 */
public record Usage(int total, int reasoning, Map<String, Channel> channels) {
    public Usage {
        channels = Collections.unmodifiableMap(new LinkedHashMap<>(channels));
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

    /** Returns the tokens that belong to no message: those of headers that were left out, and stray ones. */
    public int other() {
        return total
                - channels.values().stream()
                        .mapToInt(channel -> channel.header() + channel.content())
                        .sum();
    }
}
