package io.harmony4j.parser;

import io.harmony4j.Author;
import io.harmony4j.Channel;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.parser.HeaderText.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of headers: {@code role [to=recipient] <|channel|>channel [<|constrain|>]type}, where the recipient may also
 * stand after the channel. Reads one header.
 *
 * <p>The steps are openai/harmony's, in its order: the channel is cut out, what is left is split into words, and the words
 * are role, recipient and content type. Where a header is not as it should be, {@link HeaderRepair} says how to go on.
 */
final class HeaderParser {
    /** What openai/harmony splits at; other white space belongs to words. */
    private static final String ASCII_WHITESPACE = " \t\n\f\r";

    private final HeaderRepair repair;
    private final List<HeaderWord> words = new ArrayList<>();
    private @Nullable Channel channel;

    private boolean isDoubtful;

    /** The recipient that stood where a channel should; null if there was none. */
    private @Nullable String recipientOfChannel;

    HeaderParser(HeaderRepair repair) {
        this.repair = repair;
    }

    /**
     * Returns what a header says.
     *
     * @param given the role that the prompt gave, so that the header need not name it; null if it must
     * @param fallback the role of a header that should name it and does not, in RECOVER mode
     * @param afterCall whether the message before called a tool, so that an unknown role is that tool
     */
    Header parse(List<Segment> segments, @Nullable Role given, Role fallback, boolean afterCall) {
        segments.forEach(segment -> repair.reportMarkers(segment.text()));
        splitWords(cutChannels(segments));
        Author author = given == null ? author(fallback, afterCall) : givenAuthor(given);
        repair.skipRepeatedRoles(author.role(), words);
        channel = repair.takeBareChannels(channel, words);
        if (recipientOfChannel != null) {
            words.add(0, new HeaderWord(FormatWords.TO + recipientOfChannel, false));
        }
        HeaderAddress address = address();
        isDoubtful = address.isDoubtful();
        return new Header(
                author, address.recipient(), repair.finalWins(channel, address.channel()), address.contentType());
    }

    /** Returns whether the header's recipient is one only if the content begins as JSON. */
    boolean isDoubtful() {
        return isDoubtful;
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
            begin = repair.channelBegin(text);
            end = channelEnd(text, begin);
            if (end == begin || text.startsWith(FormatWords.TO, begin)) {
                return 0;
            }
        }
        end = repair.splitChannelEnd(text, begin, end);
        String word = text.substring(begin, end);
        Optional<String> tool = repair.recipientOfChannel(word);
        if (tool.isPresent()) {
            recipientOfChannel = tool.get();
            word = repair.channelBeforeRecipient(word);
            if (word.isEmpty()) {
                return end;
            }
        }
        Channel found = repair.spelledChannel(word);
        channel = channel == null ? found : repair.oneChannel(channel, found);
        return end;
    }

    /** Returns where a channel that begins at an index ends: at white space or at {@code <}. */
    static int channelEnd(String text, int from) {
        int end = text.indexOf('<', from);
        return Math.min(Whitespace.find(text, from), end < 0 ? text.length() : end);
    }

    private void splitWords(List<StringBuilder> texts) {
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i).toString();
            // parity: Unicode white space is trimmed at both ends of the header, yet only ASCII white space splits it
            text = i == 0 ? Whitespace.trimStart(text) : text;
            text = i == texts.size() - 1 ? Whitespace.trimEnd(text) : text;
            boolean constrained = i > 0;
            if (constrained && (text.isEmpty() || ASCII_WHITESPACE.indexOf(text.charAt(0)) >= 0)) {
                words.add(new HeaderWord("", true));
                constrained = false;
            }
            for (StringTokenizer split = new StringTokenizer(text, ASCII_WHITESPACE); split.hasMoreTokens(); ) {
                words.add(new HeaderWord(split.nextToken(), constrained));
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
            return repair.missingRole(fallback);
        }
        String name = words.get(0).text();
        Optional<Role> role = Role.find(name);
        if (role.isPresent()) {
            words.remove(0);
            return role.get() == Role.TOOL ? Author.of(Role.TOOL, name) : Author.of(role.get());
        }
        Optional<Author> repaired = repair.author(words, fallback, afterCall);
        if (repaired.isPresent()) {
            return repaired.get();
        }
        words.remove(0);
        skipWord(Role.TOOL.wireName());
        return Author.of(Role.TOOL, name);
    }

    private void skipWord(String text) {
        if (!words.isEmpty() && words.get(0).text().equals(text)) {
            words.remove(0);
        }
    }

    /** Reads the words after the role: {@code to=recipient [type]}, or whatever openai/harmony makes of other words. */
    private HeaderAddress address() {
        if (words.isEmpty()) {
            return HeaderAddress.NONE;
        }
        if (isRegular()) {
            String contentType = words.size() == 2 ? words.get(1).text() : null;
            return repair.addressOf(words.get(0).recipient(), contentType);
        }
        return repair.address(words, channel).orElseGet(this::positionalAddress);
    }

    private boolean isRegular() {
        HeaderWord first = words.get(0);
        return first.isRecipient()
                && !first.recipient().isEmpty()
                && (words.size() == 1 || (words.size() == 2 && !words.get(1).isRecipient()));
    }

    /** As openai/harmony reads: {@code recipient}, {@code [recipient] type}, and nothing before. */
    private HeaderAddress positionalAddress() {
        HeaderWord last = words.remove(words.size() - 1);
        HeaderAddress address;
        if (last.isRecipient()) {
            address = HeaderAddress.of(last.recipient(), null);
        } else if (words.isEmpty()) {
            address = HeaderAddress.of(last.text(), null);
        } else {
            HeaderWord before = words.remove(words.size() - 1);
            address = HeaderAddress.of(before.isRecipient() ? before.recipient() : before.text(), last.text());
        }
        repair.leaveOut(words);
        return address;
    }
}
