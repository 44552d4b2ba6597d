package io.harmony4j;

import java.util.List;

/**
 * A channel of assistant messages. The set is open: a model may write any word.
 *
 * @param name the word after {@code <|channel|>}
 */
public record Channel(String name) {
    /** The chain of thought; not meant for users. */
    public static final Channel ANALYSIS = new Channel("analysis");

    /** Calls of function tools, and preambles to them. */
    public static final Channel COMMENTARY = new Channel("commentary");

    /** The answer to the user. */
    public static final Channel FINAL = new Channel("final");

    /** The channels that the models know. */
    public static final List<Channel> KNOWN = List.of(ANALYSIS, COMMENTARY, FINAL);

    public Channel {
        name = WellFormed.text(name, "name");
    }

    /** Returns the channel with the given name. */
    public static Channel of(String name) {
        return new Channel(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
