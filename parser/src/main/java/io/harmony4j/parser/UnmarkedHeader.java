package io.harmony4j.parser;

import io.harmony4j.Channel;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The words of a header in a text that lacks the control tokens between them: {@code assistantcommentary to=f json}, each of
 * which may be missing. They are read once, from a place where they may begin.
 */
final class UnmarkedHeader {
    /** The channels that may be glued to the end of a recipient's name. */
    private static final List<String> GLUED_CHANNELS = List.of(Channel.COMMENTARY.name(), Channel.ANALYSIS.name());

    /** The ASCII signs that a content may begin with. */
    private static final String OPENING_SIGNS = "([{<\"`*#$";

    private static final String[] FIRST_WORDS = Stream.of(List.of(FormatWords.ASSISTANT), FormatWords.CHANNELS)
            .flatMap(List::stream)
            .toArray(String[]::new);

    private final String text;

    /** Where the text ends, as far as it is looked at. */
    private final int to;

    /** Where the words end that have been read. */
    private int at;

    private final boolean hasRole;
    private final boolean isGlued;
    private String channel;
    private String recipient = "";
    private String type = "";
    private final int end;

    /** Whether the text ends where these words may go on. */
    private boolean isOpen;

    UnmarkedHeader(String text, int from, int to) {
        this.text = text;
        this.to = to;
        this.at = from;
        this.hasRole = take(FormatWords.ASSISTANT);
        int roleEnd = at;
        this.channel = takeOneOf(FormatWords.CHANNELS);
        this.isGlued = hasRole && at == roleEnd + channel.length();
        if (takeMark()) {
            recipient = takeName();
            channel = channel.isEmpty() ? takeOneOf(FormatWords.CHANNELS) : channel;
        }
        if (hasAddress() || hasChannel()) {
            takeType();
        }
        this.end = Whitespace.skip(text, at, to);
        this.isOpen |= end == to;
    }

    /** Returns whether {@code assistant} stands there. */
    boolean hasRole() {
        return hasRole;
    }

    boolean hasChannel() {
        return !channel.isEmpty();
    }

    /** Returns whether a recipient stands there. */
    boolean hasAddress() {
        return !recipient.isEmpty();
    }

    /** Returns whether a content type stands there. */
    boolean hasType() {
        return !type.isEmpty();
    }

    /** Returns whether a channel stands there, and no other word. */
    boolean isOnlyChannel() {
        return hasChannel() && !hasRole && !hasAddress() && !hasType();
    }

    /** Returns whether the channel follows the role without white space. */
    boolean isGlued() {
        return isGlued && hasChannel();
    }

    /** Returns whether the text ends where these words may go on. */
    boolean isOpen() {
        return isOpen;
    }

    /** Returns whether there are such words, and nothing else. */
    boolean isAll() {
        return end == to && (hasRole || hasChannel() || hasAddress());
    }

    /** Returns the index of what follows the words, after white space. */
    int end() {
        return end;
    }

    /** Returns whether what follows does so without white space. */
    boolean isFollowedDirectly() {
        return end == at;
    }

    /**
     * Returns whether what follows the channel is a content, and does not go on with a sentence or a word, as {@code analysis of},
     * {@code final.} and {@code finally} do.
     */
    boolean isBeforeContent() {
        char next = text.charAt(end);
        if (Character.isLetter(next)) {
            return isFollowedDirectly() ? !isLongerWord() : !Character.isLowerCase(next);
        }
        return next >= 0x80 || Character.isDigit(next) || OPENING_SIGNS.indexOf(next) >= 0;
    }

    /** Returns whether a word or a number follows without white space. */
    boolean isGluedToWord() {
        return isFollowedDirectly() && Character.isLetterOrDigit(text.charAt(end));
    }

    /** Returns whether the channel is the beginning of a longer word. */
    boolean isLongerWord() {
        char next = text.charAt(end);
        boolean isLetter = channel.equals(Channel.FINAL.name()) && Character.isLowerCase(next);
        return isFollowedDirectly() && (isLetter || next == '_');
    }

    /** Returns the channel; empty if there is none. */
    String channel() {
        return channel;
    }

    /** Returns the name of the recipient; empty if there is none. */
    String recipient() {
        return recipient;
    }

    /** Returns the content type; empty if there is none. */
    String type() {
        return type;
    }

    /** Returns the words with spaces between. */
    @Override
    public String toString() {
        return Stream.of(
                        hasRole ? FormatWords.ASSISTANT : "",
                        channel,
                        hasAddress() ? FormatWords.TO + recipient : "",
                        type)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** Returns the words with spaces between, and with the role. */
    String withRole() {
        return hasRole ? toString() : FormatWords.ASSISTANT + ' ' + this;
    }

    /** Returns whether such words may begin at an index: whether the first one does, as far as the text goes. */
    private static boolean mayBegin(String text, int at) {
        char first = text.charAt(at);
        for (String word : FIRST_WORDS) {
            if (word.charAt(0) == first
                    && text.regionMatches(at, word, 0, Math.min(word.length(), text.length() - at))) {
                return true;
            }
        }
        return first == FormatWords.TO_WORD.charAt(0)
                && (at + 1 == text.length() || FormatWords.mayBeAddress(text, at));
    }

    /**
     * Returns the index of the next such words in a text from an index on, or the length.
     *
     * @param before the character before the text
     * @param withinWords whether they may begin within a word
     */
    static int next(String text, int from, char before, boolean withinWords) {
        for (int i = from; i < text.length(); i++) {
            boolean isWithinWord = Character.isLetterOrDigit(i > 0 ? text.charAt(i - 1) : before);
            if ((withinWords || !isWithinWord) && mayBegin(text, i)) {
                return i;
            }
        }
        return text.length();
    }

    /** Returns whether the first word begins at an index and the text ends within it, or after {@code to}. */
    static boolean isCut(String text, int at) {
        int length = text.length() - at;
        if (isMark(text, at)) {
            return true;
        }
        for (String word : FIRST_WORDS) {
            if (length < word.length()
                    && word.charAt(0) == text.charAt(at)
                    && text.regionMatches(at, word, 0, length)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMark(String text, int at) {
        return text.length() - at == FormatWords.TO_WORD.length() && text.startsWith(FormatWords.TO_WORD, at);
    }

    /** Returns whether a text that ends within the first word does not go on with that word. */
    static boolean isBrokenOff(String text, String more) {
        int begin = Whitespace.skip(text, 0);
        int length = text.length() - begin;
        if (length == 0 || more.isEmpty() || !isCut(text, begin)) {
            return false;
        }
        if (isMark(text, begin)) {
            int next = Whitespace.skip(more, 0);
            return next < more.length() && more.charAt(next) != '=';
        }
        for (String word : FIRST_WORDS) {
            boolean goesOn =
                    length == word.length() || (length < word.length() && word.charAt(length) == more.charAt(0));
            if (goesOn && text.regionMatches(begin, word, 0, length)) {
                return false;
            }
        }
        return true;
    }

    /** Takes a word that stands where the words before it ended. */
    private boolean take(String word) {
        int length = Math.min(word.length(), to - at);
        if (isOpen || !text.regionMatches(at, word, 0, length)) {
            return false;
        }
        isOpen = length < word.length();
        at += isOpen ? 0 : length;
        return !isOpen;
    }

    /** Takes a word that may stand after white space. */
    private boolean takeWord(String word) {
        int before = at;
        at = Whitespace.skip(text, at, to);
        boolean isTaken = take(word);
        at = isTaken ? at : before;
        return isTaken;
    }

    /** Takes {@code to=}, with or without white space. */
    private boolean takeMark() {
        int before = at;
        boolean isTaken = takeWord(FormatWords.TO_WORD) && takeWord("=");
        at = isTaken ? at : before;
        return isTaken;
    }

    private String takeOneOf(List<String> words) {
        if (isOpen) {
            return "";
        }
        boolean mayCome = false;
        for (String word : words) {
            if (takeWord(word)) {
                return word;
            }
            mayCome |= isOpen;
            isOpen = false;
        }
        isOpen = mayCome;
        return "";
    }

    /** Takes the name of a recipient: up to white space or to the arguments. */
    private String takeName() {
        int begin = Whitespace.skip(text, at, to);
        int nameEnd = FormatWords.nameEnd(text, begin, to);
        at = nameEnd;
        isOpen = nameEnd == to;
        return text.substring(begin, nameEnd);
    }

    /** Takes the content type; without a recipient only directly before JSON. */
    private void takeType() {
        int before = at;
        String word = takeOneOf(FormatWords.ARGUMENT_TYPES);
        int next = Whitespace.skip(text, at, to);
        boolean isWhole = next == to || FormatWords.isOpening(text, next) || (hasAddress() && next > at);
        type = isWhole ? word : "";
        at = isWhole ? at : before;
    }

    /** Returns the channel whose name is glued to the end of the recipient's; empty if there is none. */
    String gluedChannel() {
        for (String name : GLUED_CHANNELS) {
            if (recipient.endsWith(name) && recipient.length() > name.length()) {
                return name;
            }
        }
        return "";
    }
}
