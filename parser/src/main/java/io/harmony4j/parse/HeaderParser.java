package io.harmony4j.parse;

import io.harmony4j.Author;
import io.harmony4j.Channel;
import io.harmony4j.ContentType;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.parse.Diagnostic.Code;
import io.harmony4j.parse.HeaderText.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of headers: {@code role [to=recipient] <|channel|>channel [<|constrain|>]type}, where the recipient may also
 * stand after the channel. Reads one header.
 *
 * <p>The steps are openai/harmony's, in its order: the channel is cut out, what is left is split into words, and the words
 * are role, recipient and content type. Where it fails, RECOVER goes on with what was meant.
 */
final class HeaderParser {
    /** What stands before a recipient. */
    static final String TO = "to=";

    /** What openai/harmony splits at; other white space belongs to words. */
    private static final String ASCII_WHITESPACE = " \t\n\f\r";

    private static final List<Channel> KNOWN_CHANNELS = List.of(Channel.ANALYSIS, Channel.COMMENTARY, Channel.FINAL);

    /** Words that are content types even without {@code <|constrain|>}. */
    private static final List<String> KNOWN_TYPES = List.of("json", "code", "text");

    private final ErrorPolicy policy;
    private final ToolNames tools;
    private final int token;
    private final List<Word> words = new ArrayList<>();
    private @Nullable Channel channel;

    /**
     * @param token the index of the token at which the header is complete
     */
    HeaderParser(ErrorPolicy policy, ToolNames tools, int token) {
        this.policy = policy;
        this.tools = tools;
        this.token = token;
    }

    /** A word of a header, without the {@code <|constrain|>} before it. */
    private record Word(String name, boolean constrained) {
        /** The word as openai/harmony sees it. */
        String text() {
            return constrained ? SpecialToken.CONSTRAIN.literal() + name : name;
        }

        boolean isRecipient() {
            return !constrained && name.startsWith(TO);
        }

        String recipient() {
            return name.substring(TO.length());
        }
    }

    /** Whom a message is for and what it is: what the words after the role say. */
    private record Address(
            @Nullable Recipient recipient, @Nullable ContentType contentType) {
        static final Address NONE = new Address(null, null);

        static Address of(@Nullable String recipient, @Nullable String contentType) {
            return new Address(
                    recipient == null ? null : Recipient.of(recipient),
                    contentType == null ? null : ContentType.of(contentType));
        }
    }

    /**
     * Returns what a header says.
     *
     * @param given the role that the prompt gave, so that the header need not name it; null if it must
     * @param fallback the role of a header that should name it and does not, in RECOVER mode
     * @param afterCall whether the message before called a tool, so that an unknown role is that tool
     */
    Header parse(List<Segment> segments, @Nullable Role given, Role fallback, boolean afterCall) {
        for (Segment segment : segments) {
            refuseMarkers(segment.text());
        }
        splitWords(cutChannels(segments));
        Author author = given == null ? author(fallback, afterCall) : givenAuthor(given);
        skipRepeatedRoles(author.role());
        takeBareChannels();
        Address address = address();
        return new Header(author, address.recipient(), channel, address.contentType());
    }

    /** Text that was typed like a control token, not sampled as one: openai/harmony would take it for the token. */
    private void refuseMarkers(String text) {
        for (SpecialToken special : SpecialToken.values()) {
            if (text.contains(special.literal())) {
                violation(Code.MARKER_TEXT, "words in the header", "text that looks like " + special, text);
            }
        }
    }

    /** Takes the channels out; returns the text around them, one string for the beginning and each constrain marker. */
    private List<StringBuilder> cutChannels(List<Segment> segments) {
        List<StringBuilder> texts = new ArrayList<>();
        for (Segment segment : segments) {
            if (segment.is(SpecialToken.CHANNEL)) {
                int end = cutChannel(segment.text());
                // parity: the two sides are joined without a space
                texts.get(texts.size() - 1)
                        .append(segment.text(), end, segment.text().length());
            } else {
                texts.add(new StringBuilder(segment.text()));
            }
        }
        return texts;
    }

    /** Reads the channel at the beginning of a text; returns where it ends. */
    private int cutChannel(String text) {
        int begin = 0;
        int end = channelEnd(text, begin);
        if (end == begin) {
            violation(Code.EMPTY_CHANNEL, "a channel after " + SpecialToken.CHANNEL, quote(text), "");
            begin = Whitespace.skip(text, begin);
            end = channelEnd(text, begin);
            if (end == begin || text.startsWith(TO, begin)) {
                return 0;
            }
        }
        Channel found = spelled(text.substring(begin, end));
        if (channel == null) {
            channel = found;
        } else {
            boolean better = KNOWN_CHANNELS.contains(found);
            Channel left = better ? channel : found;
            violation(Code.SEVERAL_CHANNELS, "one channel", "a second one, " + quote(found.name()), left.name());
            channel = better ? found : channel;
        }
        return end;
    }

    /** Returns where a channel that begins at an index ends: at white space or at {@code <}. */
    static int channelEnd(String text, int from) {
        int end = text.indexOf('<', from);
        return Math.min(Whitespace.find(text, from), end < 0 ? text.length() : end);
    }

    /** Returns the channel with a name; a known one, if the name is that apart from case and signs around it. */
    private Channel spelled(String name) {
        int begin = 0;
        int end = name.length();
        while (begin < end && !Character.isLetter(name.charAt(begin))) {
            begin++;
        }
        while (end > begin && !Character.isLetter(name.charAt(end - 1))) {
            end--;
        }
        String word = name.substring(begin, end);
        for (Channel known : KNOWN_CHANNELS) {
            if (!known.name().equals(name)
                    && known.name().equalsIgnoreCase(word)
                    && policy.mends(Code.CHANNEL_SPELLING, token, name)) {
                return known;
            }
        }
        return Channel.of(name);
    }

    private void splitWords(List<StringBuilder> texts) {
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i).toString();
            // parity: Unicode white space is trimmed at both ends of the header, yet only ASCII white space splits it
            text = i == 0 ? Whitespace.trimStart(text) : text;
            text = i == texts.size() - 1 ? Whitespace.trimEnd(text) : text;
            boolean constrained = i > 0;
            if (constrained && (text.isEmpty() || ASCII_WHITESPACE.indexOf(text.charAt(0)) >= 0)) {
                words.add(new Word("", true));
                constrained = false;
            }
            for (StringTokenizer split = new StringTokenizer(text, ASCII_WHITESPACE); split.hasMoreTokens(); ) {
                words.add(new Word(split.nextToken(), constrained));
                constrained = false;
            }
        }
    }

    private Author givenAuthor(Role given) {
        skipWord(given.wireName());
        return Author.of(given);
    }

    private Author author(Role fallback, boolean afterCall) {
        if (words.isEmpty()) {
            violation(Code.MISSING_ROLE, "a role (" + roles() + ")", "none", "");
            return Author.of(fallback);
        }
        Word first = words.get(0);
        String name = first.text();
        Optional<Role> role = Role.find(name);
        if (role.isPresent()) {
            words.remove(0);
            return role.get() == Role.TOOL ? Author.of(Role.TOOL, name) : Author.of(role.get());
        }
        boolean hasNoRole = first.isRecipient() || first.constrained() || isKnownChannel(first);
        if (hasNoRole && policy.mends(Code.MISSING_ROLE, token, name)) {
            return Author.of(fallback);
        }
        boolean answers = words.size() > 1 || first.isRecipient();
        words.remove(0);
        if (!answers) {
            violation(Code.UNKNOWN_ROLE, "a role (" + roles() + ")", quote(name), name);
            return afterCall || tools.isTool(name) ? Author.of(Role.TOOL, name) : Author.of(fallback);
        }
        if (!afterCall && !tools.isTool(name) && !isForAssistant() && policy.mends(Code.UNKNOWN_ROLE, token, name)) {
            return Author.of(fallback);
        }
        skipWord(Role.TOOL.wireName());
        return Author.of(Role.TOOL, name);
    }

    private static boolean isKnownChannel(Word word) {
        return !word.constrained() && KNOWN_CHANNELS.contains(Channel.of(word.name()));
    }

    private boolean isForAssistant() {
        return words.stream()
                .anyMatch(word ->
                        word.isRecipient() && Recipient.of(word.recipient()).equals(Recipient.ASSISTANT));
    }

    private void skipWord(String text) {
        if (!words.isEmpty() && words.get(0).text().equals(text)) {
            words.remove(0);
        }
    }

    /** Leaves out the role if it stands there once more; openai/harmony would take it for the recipient. */
    private void skipRepeatedRoles(Role role) {
        String word = role.wireName();
        while (!words.isEmpty()
                && words.get(0).text().equals(word)
                && policy.mends(Code.UNEXPECTED_WORDS, token, word)) {
            words.remove(0);
        }
    }

    /** Takes known channels that stand where the recipient should, without their marker. */
    private void takeBareChannels() {
        while (!words.isEmpty()
                && isKnownChannel(words.get(0))
                && policy.mends(Code.BARE_CHANNEL, token, words.get(0).name())) {
            Channel bare = Channel.of(words.remove(0).name());
            channel = channel == null ? bare : channel;
        }
    }

    /** Reads the words after the role. */
    private Address address() {
        if (words.isEmpty()) {
            return Address.NONE;
        }
        if (isRegular()) {
            String contentType = words.size() == 2 ? words.get(1).text() : null;
            return Address.of(corrected(words.get(0).recipient()), contentType);
        }
        if (words.size() == 1) {
            return oneWordAddress(words.get(0));
        }
        return policy.mends(Code.UNUSUAL_ADDRESS, token, join(words)) ? anyOrderAddress() : positionalAddress();
    }

    /** Returns whether the words are {@code to=recipient [type]}. */
    private boolean isRegular() {
        Word first = words.get(0);
        return first.isRecipient()
                && !first.recipient().isEmpty()
                && (words.size() == 1 || (words.size() == 2 && !words.get(1).isRecipient()));
    }

    /** One word: openai/harmony takes it for the recipient, whatever it is. */
    private Address oneWordAddress(Word word) {
        if (word.isRecipient()) {
            return policy.mends(Code.UNEXPECTED_WORDS, token, word.text()) ? Address.NONE : Address.of("", null);
        }
        boolean isType = word.constrained() || KNOWN_TYPES.contains(word.name()) || Channel.FINAL.equals(channel);
        if (isType && policy.mends(Code.CONTENT_TYPE_ONLY, token, word.text())) {
            return Address.of(null, word.text());
        }
        if (!ToolNames.couldBe(word.name()) && policy.mends(Code.UNEXPECTED_WORDS, token, word.text())) {
            return Address.NONE;
        }
        boolean mended = policy.mends(Code.BARE_RECIPIENT, token, word.text());
        return Address.of(mended ? corrected(word.text()) : word.text(), null);
    }

    /** As openai/harmony reads: {@code [recipient] type} or {@code recipient} at the end, and nothing before. */
    private Address positionalAddress() {
        Word last = words.remove(words.size() - 1);
        Address address;
        if (last.isRecipient()) {
            address = Address.of(last.recipient(), null);
        } else {
            Word before = words.remove(words.size() - 1);
            address = Address.of(before.isRecipient() ? before.recipient() : before.text(), last.text());
        }
        if (!words.isEmpty()) {
            leaveOut(words);
        }
        return address;
    }

    /** As it was surely meant: the first recipient and the first content type, wherever they stand. */
    private Address anyOrderAddress() {
        String recipient = null;
        String contentType = null;
        List<Word> others = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            Word word = words.get(i);
            boolean beforeName = i + 1 < words.size()
                    && !words.get(i + 1).isRecipient()
                    && !words.get(i + 1).constrained();
            if (word.isRecipient()) {
                String name = word.recipient().isEmpty() && beforeName
                        ? words.get(++i).name()
                        : word.recipient();
                if (recipient == null && !name.isEmpty()) {
                    recipient = corrected(name);
                } else if (!name.isEmpty()) {
                    violation(Code.SEVERAL_RECIPIENTS, "one recipient", "another one, " + quote(name), name);
                }
            } else if (contentType == null && word.constrained()) {
                Word type = word.name().isEmpty() && beforeName
                        ? new Word(words.get(++i).name(), true)
                        : word;
                contentType = type.text();
            } else if (contentType == null && KNOWN_TYPES.contains(word.name())) {
                contentType = word.name();
            } else {
                others.add(word);
            }
        }
        if (recipient == null && !others.isEmpty() && isBareRecipient(others)) {
            recipient = corrected(others.remove(0).name());
        }
        if (!others.isEmpty()) {
            leaveOut(others);
        }
        return Address.of(recipient, contentType);
    }

    private boolean isBareRecipient(List<Word> others) {
        String name = others.get(0).name();
        return tools.isTool(name) || (others.size() == 1 && ToolNames.couldBe(name) && !Channel.FINAL.equals(channel));
    }

    private String corrected(String recipient) {
        String meant = tools.correct(recipient);
        return !meant.equals(recipient) && policy.mends(Code.RECIPIENT_SPELLING, token, recipient) ? meant : recipient;
    }

    private void leaveOut(List<Word> unexpected) {
        String text = join(unexpected);
        violation(
                Code.UNEXPECTED_WORDS,
                "nothing more in the header than [" + TO + "recipient] [type]",
                quote(text),
                text);
    }

    private void violation(Code code, String expected, String found, String text) {
        policy.violation(code, token, expected, found, text);
    }

    private static String roles() {
        return Arrays.stream(Role.values()).map(Role::wireName).collect(Collectors.joining(", "));
    }

    private static String join(List<Word> words) {
        return words.stream().map(Word::text).collect(Collectors.joining(" "));
    }

    private static String quote(String text) {
        return '"' + text + '"';
    }
}
