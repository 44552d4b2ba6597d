package io.harmony4j.parser;

import io.harmony4j.Channel;
import io.harmony4j.ContentType;
import io.harmony4j.Role;
import java.util.List;
import java.util.stream.Stream;

/** The words that a parser looks for in a stream, all taken from the format's values. */
final class FormatWords {
    /** What stands before a recipient. */
    static final String TO = "to=";

    private static final String ASSISTANT = Role.ASSISTANT.wireName();

    /** The names of the channels that models know. */
    static final List<String> CHANNELS =
            Channel.KNOWN.stream().map(Channel::name).toList();

    /** Content types that stand directly before the arguments of a call. */
    static final List<String> ARGUMENT_TYPES = List.of(ContentType.JSON.name(), ContentType.CODE.name());

    /** Words that are content types even without {@code <|constrain|>}. */
    static final List<String> TYPES =
            List.of(ContentType.JSON.name(), ContentType.CODE.name(), ContentType.TEXT.name());

    private static final List<String> ALL = Stream.of(List.of(ASSISTANT, TO), CHANNELS, TYPES)
            .flatMap(List::stream)
            .toList();

    private FormatWords() {}

    /** Returns whether a text has words and all of them can stand in a header: the role, channels, recipients, types. */
    static boolean areHeaderWords(String text) {
        List<String> words = Whitespace.split(text);
        return !words.isEmpty() && words.stream().allMatch(FormatWords::isHeaderWord);
    }

    /** Returns whether a word can stand in a header, with or without the role glued to it. */
    static boolean isHeaderWord(String word) {
        String rest = word.startsWith(ASSISTANT) ? word.substring(ASSISTANT.length()) : word;
        return rest.isEmpty() || rest.startsWith(TO) || CHANNELS.contains(rest) || TYPES.contains(rest);
    }

    /** Returns whether a word, cut short, can go on to be one that can stand in a header. */
    static boolean mayBecomeHeaderWord(String word) {
        String rest = word.startsWith(ASSISTANT) ? word.substring(ASSISTANT.length()) : word;
        return rest.startsWith(TO) || ALL.stream().anyMatch(known -> known.startsWith(rest));
    }

    /** Returns whether JSON may begin at an index: an object or an array. */
    static boolean isOpening(CharSequence text, int at) {
        return at < text.length() && (text.charAt(at) == '{' || text.charAt(at) == '[');
    }
}
