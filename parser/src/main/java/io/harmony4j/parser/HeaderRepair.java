package io.harmony4j.parser;

import io.harmony4j.Author;
import io.harmony4j.Channel;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.ToolNamespace;
import io.harmony4j.parser.Diagnostic.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What RECOVER makes of a header that is not as it should be: each method reports a fault, and says how {@link HeaderParser} is to
 * go on. In STRICT mode a fault ends the stream, and what openai/harmony reads in its own way stays as it reads it. For one header.
 */
final class HeaderRepair {
    /** What models call the channel analysis. */
    private static final Set<String> THINKING = Set.of("thought", "thoughts", "thinking", "think", "reasoning");

    private final ErrorPolicy policy;
    private final ToolNames tools;
    private final long position;

    /**
     * @param position the index of the symbol at which the header is complete
     */
    HeaderRepair(ErrorPolicy policy, ToolNames tools, long position) {
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

    /** Returns where a channel ends whose known name white space divides, as in {@code fi nal}; otherwise the end of its first word. */
    int splitChannelEnd(String text, int begin, int end) {
        int next = Whitespace.skip(text, end);
        int nextEnd = HeaderParser.channelEnd(text, next);
        String joined = text.substring(begin, end) + text.substring(next, nextEnd);
        boolean isSplit = nextEnd > next && Channel.KNOWN.contains(Channel.of(joined));
        return isSplit && policy.isRepairing() ? nextEnd : end;
    }

    /**
     * Returns the channel with a name; a known one, if the name is almost that: apart from case and signs around it, after the
     * role, twice, with one or two wrong letters, or another word for thinking.
     */
    Channel spelledChannel(String name) {
        Channel channel = Channel.of(name);
        if (Channel.KNOWN.contains(channel)) {
            return channel;
        }
        String word = withoutSigns(name);
        Optional<Channel> meant = meantChannel(word.toLowerCase(Locale.ROOT));
        if (meant.isEmpty()) {
            repairs(Code.UNKNOWN_CHANNEL, name);
            return channel;
        }
        boolean hasMore = hasMore(word, meant.get().name());
        return repairs(hasMore ? Code.UNEXPECTED_WORDS : Code.CHANNEL_SPELLING, name) ? meant.get() : channel;
    }

    /** Returns whether a word that is no channel goes on after a channel's name with another word, as {@code finalHi} does. */
    private static boolean hasMore(String word, String channel) {
        return word.startsWith(channel)
                && word.length() > channel.length()
                && Character.isUpperCase(word.charAt(channel.length()))
                && !Channel.KNOWN.contains(
                        Channel.of(word.substring(channel.length()).toLowerCase(Locale.ROOT)));
    }

    private static Optional<Channel> meantChannel(String word) {
        String glued = word.replace(FormatWords.ASSISTANT, "");
        for (Channel known : Channel.KNOWN) {
            if (!glued.isEmpty() && glued.replace(known.name(), "").isEmpty()) {
                return Optional.of(known);
            }
        }
        return THINKING.contains(glued)
                ? Optional.of(Channel.ANALYSIS)
                : Spelling.nearest(glued, FormatWords.CHANNELS).map(Channel::of);
    }

    private static String withoutSigns(String name) {
        int begin = 0;
        int end = name.length();
        while (begin < end && !Character.isLetterOrDigit(name.charAt(begin))) {
            begin++;
        }
        while (end > begin && !Character.isLetterOrDigit(name.charAt(end - 1))) {
            end--;
        }
        return name.substring(begin, end);
    }

    /** Returns the recipient that stands in the place of a channel, or is glued to one. */
    Optional<String> recipientOfChannel(String word) {
        int to = word.indexOf(FormatWords.TO);
        String name = to >= 0 ? word.substring(to + FormatWords.TO.length()) : word;
        boolean isTool = to >= 0 ? !name.isEmpty() : Recipient.of(name).isFunction();
        return isTool && repairs(Code.RECIPIENT_AS_CHANNEL, word) ? Optional.of(name) : Optional.empty();
    }

    /** Returns what is left of such a word for the channel. */
    String channelBeforeRecipient(String word) {
        return withoutSigns(word.substring(0, Math.max(0, word.indexOf(FormatWords.TO))));
    }

    /** Returns the header's channel: final if it was named as the recipient, or else the one that has its marker. */
    @Nullable
    Channel finalWins(@Nullable Channel marked, @Nullable Channel named) {
        if (marked == null || named == null) {
            return marked == null ? named : marked;
        }
        return Channel.FINAL.equals(named) && !marked.equals(named) ? oneChannel(marked, named) : marked;
    }

    /** Returns one of two channels: the second if it is known, or else the first. */
    Channel oneChannel(Channel first, Channel second) {
        if (first.equals(second) && repairs(Code.CHANNEL_SPELLING, second.name())) {
            return first;
        }
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
        int colon = name.indexOf(':');
        Optional<Role> role = Role.find(name.substring(0, Math.max(0, colon)));
        if (role.isPresent() && repairs(Code.NAMED_ROLE, name)) {
            words.remove(0);
            return Optional.of(Author.of(role.get(), name.substring(colon + 1)));
        }
        boolean hasNoRole = first.isRecipient() || first.constrained() || first.isKnownChannel();
        if (hasNoRole && repairs(Code.MISSING_ROLE, name)) {
            return Optional.of(Author.of(fallback));
        }
        boolean isAlone = words.size() == 1 && !first.isRecipient();
        if (isAlone) {
            boolean isTool = afterCall || tools.isTool(name);
            Code code = isTool ? Code.TOOL_AS_ROLE : Code.UNKNOWN_ROLE;
            violation(code, "a role (" + roles() + ")", quote(name), name);
            words.remove(0);
            return Optional.of(isTool ? Author.of(Role.TOOL, name) : Author.of(fallback));
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
        while (!words.isEmpty() && words.get(0).text().equals(word) && repairs(Code.REPEATED_ROLE, word)) {
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
            boolean isKnown = channel != null && Channel.KNOWN.contains(channel);
            channel = channel == null ? bare : isKnown ? channel : oneChannel(channel, bare);
        }
        return channel;
    }

    /** Returns the address that was meant by words that are not {@code to=recipient [type]}; empty to read them in order. */
    Optional<HeaderAddress> address(List<HeaderWord> words, @Nullable Channel channel) {
        if (words.size() == 1) {
            return oneWordAddress(words.get(0), channel);
        }
        joinMarks(words);
        return repairs(Code.UNUSUAL_ADDRESS, HeaderWord.join(words))
                ? Optional.of(anyOrderAddress(words, channel))
                : Optional.empty();
    }

    /** Joins the words of {@code to = name}. */
    private void joinMarks(List<HeaderWord> words) {
        for (int i = 0; i + 1 < words.size(); i++) {
            boolean isMark = words.get(i).text().equals(FormatWords.TO_WORD)
                    && words.get(i + 1).text().startsWith("=");
            if (isMark && policy.isRepairing()) {
                words.set(
                        i,
                        new HeaderWord(FormatWords.TO_WORD + words.remove(i + 1).name(), false));
            }
        }
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
        if (isDoubtful(word) && policy.isRepairing()) {
            return Optional.of(HeaderAddress.of(word.text(), null).doubtful());
        }
        if (!tools.isRecipient(word.name()) && repairs(Code.UNEXPECTED_WORDS, word.text())) {
            return Optional.of(HeaderAddress.NONE);
        }
        return repairs(Code.BARE_RECIPIENT, word.text()) ? Optional.of(addressOf(word.text(), null)) : Optional.empty();
    }

    /** Returns whether a bare word is a recipient only if JSON follows, because no tools are declared. */
    private boolean isDoubtful(HeaderWord word) {
        return tools.areUnknown()
                && ToolNames.couldBe(word.name())
                && Recipient.of(word.name()).isTool()
                && !word.name().equals(ToolNamespace.FUNCTIONS)
                && !tools.isRecipient(word.name());
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
                    recipient = name;
                } else if (!name.isEmpty() && !name.equals(recipient)) {
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
        if (recipient == null
                && !others.isEmpty()
                && tools.isRecipient(others.get(0).name())) {
            recipient = others.remove(0).name();
        }
        if (recipient == null && others.size() == 1 && isDoubtful(others.get(0)) && !Channel.FINAL.equals(channel)) {
            return HeaderAddress.of(others.get(0).name(), contentType).doubtful();
        }
        leaveOut(others);
        return recipient == null ? HeaderAddress.of(null, contentType) : addressOf(recipient, contentType);
    }

    /** Returns the address of a recipient with a name, unless the name is that of no tool. */
    HeaderAddress addressOf(String name, @Nullable String contentType) {
        if (!policy.isRepairing() || tools.isDeclared(name)) {
            return HeaderAddress.of(spelledRecipient(name), contentType);
        }
        String word = withoutSigns(name).toLowerCase(Locale.ROOT);
        Channel channel = Channel.of(word);
        if (Channel.KNOWN.contains(channel)) {
            repairs(Code.BARE_CHANNEL, name);
            return HeaderAddress.of(null, contentType).withChannel(channel);
        }
        if (Arrays.stream(word.split("\\.")).allMatch(ToolNamespace.FUNCTIONS::equals)) {
            repairs(Code.UNEXPECTED_WORDS, name);
            return HeaderAddress.of(null, contentType);
        }
        if (!Recipient.of(word).isTool() && !word.equals(name)) {
            repairs(Code.RECIPIENT_SPELLING, name);
            return HeaderAddress.of(word, contentType);
        }
        return HeaderAddress.of(spelledRecipient(name), contentType);
    }

    /** Returns the name of the recipient that was meant: a declared tool, if the name is almost that, with signs around or not. */
    String spelledRecipient(String name) {
        String meant = tools.correct(name);
        String bare = tools.correct(withoutSigns(name));
        meant = !tools.isDeclared(meant) && tools.isDeclared(bare) ? bare : meant;
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
