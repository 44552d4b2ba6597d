package io.harmony4j.parser;

import io.harmony4j.Author;
import io.harmony4j.Channel;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.parser.Diagnostic.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What RECOVER makes of a header that is not as it should be: each method reports a fault, and says how {@link HeaderParser} is to
 * go on. In STRICT mode a fault ends the stream, and what openai/harmony reads in its own way stays as it reads it. For one header.
 */
final class HeaderRepair {
    private final ErrorPolicy policy;
    private final ToolNames tools;
    private final int position;

    /**
     * @param position the index of the symbol at which the header is complete
     */
    HeaderRepair(ErrorPolicy policy, ToolNames tools, int position) {
        this.policy = policy;
        this.tools = tools;
        this.position = position;
    }

    /** Reports text that was typed like a control token, not sampled as one: openai/harmony would take it for the token. */
    void reportMarkers(String text) {
        for (SpecialToken special : SpecialToken.values()) {
            if (text.contains(special.literal())) {
                violation(Code.MARKER_TEXT, "words in the header", "text that looks like " + special, text);
            }
        }
    }

    /** Returns where the channel begins that should begin a text and does not: after the white space. */
    int channelBegin(String text) {
        violation(Code.EMPTY_CHANNEL, "a channel after " + SpecialToken.CHANNEL, quote(text), "");
        return Whitespace.skip(text, 0);
    }

    /** Returns the channel with a name; a known one, if the name is that apart from case and signs around it. */
    Channel spelledChannel(String name) {
        int begin = 0;
        int end = name.length();
        while (begin < end && !Character.isLetter(name.charAt(begin))) {
            begin++;
        }
        while (end > begin && !Character.isLetter(name.charAt(end - 1))) {
            end--;
        }
        String word = name.substring(begin, end);
        for (Channel known : Channel.KNOWN) {
            if (!known.name().equals(name)
                    && known.name().equalsIgnoreCase(word)
                    && repairs(Code.CHANNEL_SPELLING, name)) {
                return known;
            }
        }
        return Channel.of(name);
    }

    /** Returns one of two channels: the second if it is known, or else the first. */
    Channel oneChannel(Channel first, Channel second) {
        boolean better = Channel.KNOWN.contains(second);
        Channel left = better ? first : second;
        violation(Code.SEVERAL_CHANNELS, "one channel", "a second one, " + quote(second.name()), left.name());
        return better ? second : first;
    }

    /** Returns the author of a header without words. */
    Author missingRole(Role fallback) {
        violation(Code.MISSING_ROLE, "a role (" + roles() + ")", "none", "");
        return Author.of(fallback);
    }

    /**
     * Returns the author of a header whose first word is no role, and takes that word away if it stood for one; empty if it is the
     * name of a tool that answers.
     */
    Optional<Author> author(List<HeaderWord> words, Role fallback, boolean afterCall) {
        HeaderWord first = words.get(0);
        String name = first.text();
        boolean hasNoRole = first.isRecipient() || first.constrained() || first.isKnownChannel();
        if (hasNoRole && repairs(Code.MISSING_ROLE, name)) {
            return Optional.of(Author.of(fallback));
        }
        boolean isAlone = words.size() == 1 && !first.isRecipient();
        if (isAlone) {
            violation(Code.UNKNOWN_ROLE, "a role (" + roles() + ")", quote(name), name);
            words.remove(0);
            return Optional.of(afterCall || tools.isTool(name) ? Author.of(Role.TOOL, name) : Author.of(fallback));
        }
        List<HeaderWord> others = words.subList(1, words.size());
        if (!afterCall && !tools.isTool(name) && !isForAssistant(others) && repairs(Code.UNKNOWN_ROLE, name)) {
            words.remove(0);
            return Optional.of(Author.of(fallback));
        }
        return Optional.empty();
    }

    private static boolean isForAssistant(List<HeaderWord> words) {
        return words.stream()
                .anyMatch(word ->
                        word.isRecipient() && Recipient.of(word.recipient()).equals(Recipient.ASSISTANT));
    }

    /** Leaves out the role if it stands there once more; openai/harmony would take it for the recipient. */
    void skipRepeatedRoles(Role role, List<HeaderWord> words) {
        String word = role.wireName();
        while (!words.isEmpty() && words.get(0).text().equals(word) && repairs(Code.UNEXPECTED_WORDS, word)) {
            words.remove(0);
        }
    }

    /** Takes known channels that stand where the recipient should, without their marker; returns the header's channel. */
    @Nullable
    Channel takeBareChannels(@Nullable Channel found, List<HeaderWord> words) {
        Channel channel = found;
        while (!words.isEmpty()
                && words.get(0).isKnownChannel()
                && repairs(Code.BARE_CHANNEL, words.get(0).name())) {
            Channel bare = Channel.of(words.remove(0).name());
            channel = channel == null ? bare : channel;
        }
        return channel;
    }

    /** Returns the address that was meant by words that are not {@code to=recipient [type]}; empty to read them in order. */
    Optional<HeaderAddress> address(List<HeaderWord> words, @Nullable Channel channel) {
        if (words.size() == 1) {
            return oneWordAddress(words.get(0), channel);
        }
        return repairs(Code.UNUSUAL_ADDRESS, HeaderWord.join(words))
                ? Optional.of(anyOrderAddress(words, channel))
                : Optional.empty();
    }

    /** One word: openai/harmony takes it for the recipient, whatever it is. */
    private Optional<HeaderAddress> oneWordAddress(HeaderWord word, @Nullable Channel channel) {
        if (word.isRecipient()) { // without a name
            return repairs(Code.UNEXPECTED_WORDS, word.text()) ? Optional.of(HeaderAddress.NONE) : Optional.empty();
        }
        boolean isType = word.constrained() || FormatWords.TYPES.contains(word.name()) || Channel.FINAL.equals(channel);
        if (isType && repairs(Code.CONTENT_TYPE_ONLY, word.text())) {
            return Optional.of(HeaderAddress.of(null, word.text()));
        }
        if (!ToolNames.couldBe(word.name()) && repairs(Code.UNEXPECTED_WORDS, word.text())) {
            return Optional.of(HeaderAddress.NONE);
        }
        return repairs(Code.BARE_RECIPIENT, word.text())
                ? Optional.of(HeaderAddress.of(spelledRecipient(word.text()), null))
                : Optional.empty();
    }

    /** As it was surely meant: the first recipient and the first content type, wherever they stand. */
    private HeaderAddress anyOrderAddress(List<HeaderWord> words, @Nullable Channel channel) {
        String recipient = null;
        String contentType = null;
        List<HeaderWord> others = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            HeaderWord word = words.get(i);
            boolean beforeName = i + 1 < words.size()
                    && !words.get(i + 1).isRecipient()
                    && !words.get(i + 1).constrained();
            if (word.isRecipient()) {
                String name = word.recipient().isEmpty() && beforeName
                        ? words.get(++i).name()
                        : word.recipient();
                if (recipient == null && !name.isEmpty()) {
                    recipient = spelledRecipient(name);
                } else if (!name.isEmpty()) {
                    violation(Code.SEVERAL_RECIPIENTS, "one recipient", "another one, " + quote(name), name);
                }
            } else if (contentType == null && word.constrained()) {
                HeaderWord type = word.name().isEmpty() && beforeName
                        ? new HeaderWord(words.get(++i).name(), true)
                        : word;
                contentType = type.text();
            } else if (contentType == null && FormatWords.TYPES.contains(word.name())) {
                contentType = word.name();
            } else {
                others.add(word);
            }
        }
        if (recipient == null && !others.isEmpty() && isBareRecipient(others, channel)) {
            recipient = spelledRecipient(others.remove(0).name());
        }
        leaveOut(others);
        return HeaderAddress.of(recipient, contentType);
    }

    private boolean isBareRecipient(List<HeaderWord> others, @Nullable Channel channel) {
        String name = others.get(0).name();
        return tools.isTool(name) || (others.size() == 1 && ToolNames.couldBe(name) && !Channel.FINAL.equals(channel));
    }

    /** Returns the name of the recipient that was meant: a declared tool, if the name is almost that. */
    String spelledRecipient(String name) {
        String meant = tools.correct(name);
        return !meant.equals(name) && repairs(Code.RECIPIENT_SPELLING, name) ? meant : name;
    }

    /** Leaves words out, if there are any. */
    void leaveOut(List<HeaderWord> unexpected) {
        if (!unexpected.isEmpty()) {
            String text = HeaderWord.join(unexpected);
            String expected = "nothing more in the header than [" + FormatWords.TO + "recipient] [type]";
            violation(Code.UNEXPECTED_WORDS, expected, quote(text), text);
        }
    }

    private void violation(Code code, String expected, String found, String text) {
        policy.violation(code, position, expected, found, text);
    }

    private boolean repairs(Code code, String text) {
        return policy.repairs(code, position, text);
    }

    private static String roles() {
        return Arrays.stream(Role.values()).map(Role::wireName).collect(Collectors.joining(", "));
    }

    private static String quote(String text) {
        return '"' + text + '"';
    }
}
