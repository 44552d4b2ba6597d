package io.harmony4j.parser;

import io.harmony4j.Channel;
import io.harmony4j.ContentType;
import java.util.List;

/** The words that a parser looks for in a stream, all taken from the format's values. */
final class FormatWords {
    /** What stands before a recipient. */
    static final String TO = "to=";

    /** The names of the channels that models know. */
    static final List<String> CHANNELS =
            Channel.KNOWN.stream().map(Channel::name).toList();

    /** Content types that stand directly before the arguments of a call. */
    static final List<String> ARGUMENT_TYPES = List.of(ContentType.JSON.name(), ContentType.CODE.name());

    /** Words that are content types even without {@code <|constrain|>}. */
    static final List<String> TYPES =
            List.of(ContentType.JSON.name(), ContentType.CODE.name(), ContentType.TEXT.name());

    private FormatWords() {}
}
