package io.harmony4j.parser;

import io.harmony4j.Channel;
import io.harmony4j.ContentType;
import io.harmony4j.Role;
import java.util.List;
import java.util.stream.Stream;

/** The words that a parser looks for in a stream, all taken from the format's values. */
final class FormatWords {
    /** The word that begins an address. */
    static final String TO_WORD = "to";

    /** What stands before a recipient. */
    static final String TO = TO_WORD + "=";

    /** The role whose turn a model writes. */
    static final String ASSISTANT = Role.ASSISTANT.wireName();

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

    /** Returns whether a text has words and all of them can stand in a header: the role, channels, recipients, types, tools. */
    static boolean areHeaderWords(String text, ToolNames tools) {
        int at = Whitespace.skip(text, 0);
        boolean areAll = at < text.length();
        while (areAll && at < text.length()) {
            int end = Whitespace.find(text, nameBegin(text, at));
            String word = text.substring(at, end);
            areAll = mayBeAddress(text, at) || isHeaderWord(word) || tools.isTool(word);
            at = Whitespace.skip(text, end);
        }
        return areAll;
    }

    /** Returns whether an address begins at an index: {@code to=name}, with or without white space. */
    static boolean isAddress(String text, int at) {
        return nameBegin(text, at) > at;
    }

    /** Returns whether an address begins at an index, or may do so when the text goes on. */
    static boolean mayBeAddress(String text, int at) {
        return isAddress(text, at)
                || (text.startsWith(TO_WORD, at) && Whitespace.skip(text, at + TO_WORD.length()) == text.length());
    }

    /** Returns whether a word of a text begins an address. */
    static boolean hasAddress(String text) {
        int at = Whitespace.skip(text, 0);
        while (at < text.length() && !isAddress(text, at)) {
            at = Whitespace.skip(text, Whitespace.find(text, at));
        }
        return at < text.length();
    }

    /** Returns where the name of an address begins that itself begins at an index; the index, if no address does. */
    static int nameBegin(String text, int at) {
        if (!text.startsWith(TO_WORD, at)) {
            return at;
        }
        int sign = Whitespace.skip(text, at + TO_WORD.length());
        return text.startsWith("=", sign) ? Whitespace.skip(text, sign + 1) : at;
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

    /** Returns where a recipient's name that begins at an index ends, before another one: at white space or at the arguments. */
    static int nameEnd(String text, int begin, int to) {
        int end = begin;
        while (end < to && !Whitespace.is(text.charAt(end)) && !isOpening(text, end)) {
            end++;
        }
        return end;
    }

    /** Returns whether JSON may begin at an index: an object or an array. */
    static boolean isOpening(CharSequence text, int at) {
        return at < text.length() && (text.charAt(at) == '{' || text.charAt(at) == '[');
    }
}
