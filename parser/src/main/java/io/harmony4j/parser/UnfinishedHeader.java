package io.harmony4j.parser;

import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.parser.HeaderText.Segment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A header that ended without {@code <|message|>}, divided into what is surely header and what must be the content: role,
 * channel, recipient and content type, up to the first word that is none of them.
 *
 * @param header the segments of the header
 * @param content the text after it
 * @param isAddressed whether the header has a recipient, so that the content must be the arguments of a call
 */
record UnfinishedHeader(List<Segment> header, String content, boolean isAddressed) {
    /**
     * Divides a header.
     *
     * @param hasStart whether the header began with {@code <|start|>}, so that its first word is the role
     * @param given the role that the prompt gave, or null
     * @param tools the tools that a role may be the name of
     */
    static UnfinishedHeader of(List<Segment> segments, boolean hasStart, @Nullable Role given, ToolNames tools) {
        int tail = lastChannel(segments);
        List<Segment> header = new ArrayList<>(segments.subList(0, tail));
        for (int i = tail; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            int begin = i == 0 ? roleEnd(segment.text(), hasStart, given, tools) : valueEnd(segment);
            begin = addressEnd(segment.text(), begin);
            header.add(new Segment(segment.marker(), segment.text().substring(0, begin)));
            if (begin < segment.text().length()) {
                StringBuilder content = new StringBuilder(segment.text().substring(begin));
                segments.subList(i + 1, segments.size()).forEach(rest -> content.append(rest.text()));
                return new UnfinishedHeader(header, content.toString(), hasRecipient(header));
            }
        }
        return new UnfinishedHeader(header, "", hasRecipient(header));
    }

    /** Returns whether a header without a channel marker has the words of one and no other, so that no content can be meant. */
    static boolean areWords(List<Segment> segments, ToolNames tools) {
        return FormatWords.areHeaderWords(segments.get(0).text(), tools)
                && segments.stream()
                        .skip(1)
                        .allMatch(segment -> segment.is(SpecialToken.CONSTRAIN)
                                && Whitespace.split(segment.text()).size() <= 1
                                && !isJson(segment.text(), 0));
    }

    /** Returns whether there is something to make a message of: text, or, in a call, what may be arguments. */
    boolean hasMessage() {
        return isAddressed ? isJson(content, 0) : !content.isEmpty();
    }

    /** Returns the index of the last segment with a channel, or 0: what stands before it is header. */
    private static int lastChannel(List<Segment> segments) {
        for (int i = segments.size() - 1; i > 0; i--) {
            if (segments.get(i).is(SpecialToken.CHANNEL)) {
                return i;
            }
        }
        return 0;
    }

    /** Returns where the role ends that a text begins with, be it the name of a tool; 0 if it begins with something else. */
    static int roleEnd(String text, boolean hasStart, @Nullable Role given, ToolNames tools) {
        int begin = Whitespace.skip(text, 0);
        int end = Whitespace.find(text, begin);
        String word = text.substring(begin, end);
        if (given == null && isGluedRole(word, hasStart)) {
            return begin + FormatWords.ASSISTANT.length();
        }
        if (!hasStart) {
            return word.equals(given == null ? FormatWords.ASSISTANT : given.wireName()) ? end : 0;
        }
        String role = word.substring(0, word.indexOf(':') < 0 ? word.length() : word.indexOf(':'));
        boolean isTool = tools.isTool(word) || FormatWords.isAddress(text, Whitespace.skip(text, end));
        return !FormatWords.isAddress(text, begin) && (Role.find(role).isPresent() || isTool) ? end : 0;
    }

    /** Returns whether a word is {@code assistant} and the beginning of a text, without a space between. */
    private static boolean isGluedRole(String word, boolean hasStart) {
        if (!word.startsWith(FormatWords.ASSISTANT) || word.length() == FormatWords.ASSISTANT.length()) {
            return false;
        }
        char next = word.charAt(FormatWords.ASSISTANT.length());
        return hasStart ? next != ':' : Character.isUpperCase(next) || Character.isDigit(next);
    }

    /** Returns where the channel or content type ends that stands at the beginning of a segment. */
    private static int valueEnd(Segment segment) {
        String text = segment.text();
        int begin = Whitespace.skip(text, 0);
        if (segment.is(SpecialToken.CHANNEL)) {
            UnmarkedHeader glued = new UnmarkedHeader(text, begin, text.length());
            if (glued.isOnlyChannel()
                    && glued.end() < text.length()
                    && glued.isFollowedDirectly()
                    && glued.isBeforeContent()) {
                return glued.end();
            }
            return FormatWords.isAddress(text, begin) ? begin : HeaderParser.channelEnd(text, begin);
        }
        int end = begin;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        return end;
    }

    /** Returns where the recipients and content types end that follow from an index on, with the white space after them. */
    private static int addressEnd(String text, int from) {
        int at = Whitespace.skip(text, from);
        while (true) {
            int end = at;
            if (FormatWords.isAddress(text, at)) {
                end = FormatWords.nameEnd(text, FormatWords.nameBegin(text, at), text.length());
            } else {
                for (String type : FormatWords.ARGUMENT_TYPES) {
                    if (text.startsWith(type, at) && isJson(text, at + type.length())) {
                        end = at + type.length();
                    }
                }
            }
            if (end == at) {
                return at;
            }
            at = Whitespace.skip(text, end);
        }
    }

    private static boolean isJson(String text, int from) {
        return FormatWords.isOpening(text, Whitespace.skip(text, from));
    }

    private static boolean hasRecipient(List<Segment> header) {
        return header.stream().map(Segment::text).anyMatch(FormatWords::hasAddress);
    }
}
