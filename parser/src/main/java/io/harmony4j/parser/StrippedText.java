package io.harmony4j.parser;

import io.harmony4j.Channel;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.List;

/**
 * Reads text whose special tokens were taken out, as some runtimes return it: {@code analysisLet me see.assistantfinalHello}.
 * The words that are left of the headers tell where messages begin; the special tokens are put back in front of the machine.
 *
 * <p>A message begins with a channel: at the beginning of the stream, or after {@code assistant}, without a space between.
 * After it may stand a recipient and a content type; then the content begins. Text at the beginning that only happens to
 * begin with such a word ({@code analysis of}, {@code finally}) is content.
 */
final class StrippedText {
    private static final String ASSISTANT = Role.ASSISTANT.wireName();
    private static final String RECIPIENT = " " + FormatWords.TO;

    private enum Place {
        /** At the beginning of the stream. */
        BEGIN,
        /** After {@code assistant}, before the channel. */
        CHANNEL,
        /** After the channel. */
        ADDRESS,
        CONTENT
    }

    private final StringBuilder text = new StringBuilder();
    private Place place = Place.BEGIN;

    /** Whether the stream has special tokens after all, so that text is left as it is. */
    private boolean isOff;

    void read(String more, MessageMachine machine) {
        if (isOff) {
            machine.text(more);
            return;
        }
        text.append(more);
        while (step(machine, false)) {
            // goes on as long as something is certain
        }
    }

    /** Reads what was held back; nothing follows, or a special token. */
    void finish(MessageMachine machine) {
        while (!text.isEmpty() && step(machine, true)) {
            // until all is read
        }
        isOff = true;
    }

    /** Reads as much as is certain of the place; returns whether there may be more. */
    private boolean step(MessageMachine machine, boolean isEnd) {
        return switch (place) {
            case BEGIN -> begin(machine, isEnd);
            case CHANNEL -> channel(machine);
            case ADDRESS -> address(machine, isEnd);
            case CONTENT -> content(machine, isEnd);
        };
    }

    private boolean begin(MessageMachine machine, boolean isEnd) {
        if (text.isEmpty() || (!isEnd && (mayBecomeHeader() || mayBecomeBoundary(0)))) {
            return false;
        }
        if (machine.state() == ParserState.EXPECT_START) {
            machine.special(SpecialToken.START);
            machine.text(ASSISTANT);
        }
        if (isBoundary(0)) {
            text.delete(0, ASSISTANT.length());
            return channel(machine);
        }
        if (isHeader()) {
            return channel(machine);
        }
        machine.special(SpecialToken.MESSAGE);
        place = Place.CONTENT;
        return true;
    }

    /** Returns whether the text is too short to see whether it begins with a channel. */
    private boolean mayBecomeHeader() {
        int needed =
                FormatWords.CHANNELS.stream().mapToInt(String::length).max().orElseThrow() + RECIPIENT.length();
        return text.length() < needed
                && FormatWords.CHANNELS.stream().anyMatch(name -> startsAlike(0, name))
                && !FormatWords.CHANNELS.stream()
                        .anyMatch(name -> startsWith(0, name)
                                && text.length() > name.length()
                                && text.charAt(name.length()) != ' ');
    }

    /** Returns whether the stream begins with a channel, rather than with a word that looks like one. */
    private boolean isHeader() {
        for (String name : FormatWords.CHANNELS) {
            if (startsWith(0, name)) {
                if (text.length() == name.length() || startsWith(name.length(), RECIPIENT)) {
                    return true;
                }
                char next = text.charAt(name.length());
                boolean isWordWithLetters = name.equals(Channel.FINAL.name()) && Character.isLowerCase(next);
                return next != ' ' && !isWordWithLetters;
            }
        }
        return false;
    }

    private boolean channel(MessageMachine machine) {
        for (String name : FormatWords.CHANNELS) {
            if (startsWith(0, name)) {
                machine.special(SpecialToken.CHANNEL);
                machine.text(name);
                text.delete(0, name.length());
                break;
            }
        }
        place = Place.ADDRESS;
        return true;
    }

    private boolean address(MessageMachine machine, boolean isEnd) {
        if (!startsWith(0, RECIPIENT)) {
            if (!isEnd && startsAlike(0, RECIPIENT)) {
                return false;
            }
            machine.special(SpecialToken.MESSAGE);
            place = Place.CONTENT;
            return true;
        }
        int end = RECIPIENT.length();
        while (end < text.length() && !Whitespace.is(text.charAt(end)) && "{[".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        int type = Whitespace.skip(text, end);
        int content = end;
        boolean mayBecomeType = false;
        for (String name : FormatWords.ARGUMENT_TYPES) {
            content = startsWith(type, name) ? type + name.length() : content;
            mayBecomeType |= content == end && startsAlike(type, name);
        }
        if (!isEnd && (mayBecomeType || Whitespace.skip(text, content) == text.length())) {
            return false;
        }
        int channel = gluedChannel(end);
        machine.text(text.substring(0, channel));
        if (channel < end) {
            machine.special(SpecialToken.CHANNEL);
            machine.text(text.substring(channel, end));
        }
        machine.text(text.substring(end, content));
        machine.special(SpecialToken.MESSAGE);
        text.delete(0, Whitespace.skip(text, content));
        place = Place.CONTENT;
        return true;
    }

    /** Returns where the channel begins that stood after the recipient, before its marker was taken out; the end if none. */
    private int gluedChannel(int end) {
        for (String name : List.of(Channel.COMMENTARY.name(), Channel.ANALYSIS.name())) {
            int begin = end - name.length();
            if (begin > RECIPIENT.length() && startsWith(begin, name)) {
                return begin;
            }
        }
        return end;
    }

    private boolean content(MessageMachine machine, boolean isEnd) {
        for (int at = text.indexOf("a"); at >= 0; at = text.indexOf("a", at + 1)) {
            if (isBoundary(at)) {
                show(machine, at);
                machine.special(SpecialToken.END);
                machine.special(SpecialToken.START);
                machine.text(ASSISTANT);
                text.delete(0, ASSISTANT.length());
                place = Place.CHANNEL;
                return true;
            }
            if (!isEnd && mayBecomeBoundary(at)) {
                show(machine, at);
                return false;
            }
        }
        show(machine, text.length());
        return false;
    }

    private void show(MessageMachine machine, int length) {
        if (length > 0) {
            machine.text(text.substring(0, length));
            text.delete(0, length);
        }
    }

    /** Returns whether another message of the assistant begins at an index. */
    private boolean isBoundary(int at) {
        int next = at + ASSISTANT.length();
        return startsWith(at, ASSISTANT) && (startsWithChannel(next) || startsWith(next, RECIPIENT));
    }

    private boolean startsWithChannel(int at) {
        return FormatWords.CHANNELS.stream().anyMatch(name -> startsWith(at, name));
    }

    /** Returns whether the text from an index on is the beginning of a boundary, cut short. */
    private boolean mayBecomeBoundary(int at) {
        if (isBoundary(at)) {
            return false;
        }
        int next = at + ASSISTANT.length();
        return text.length() <= next
                ? startsAlike(at, ASSISTANT)
                : startsWith(at, ASSISTANT)
                        && (startsAlike(next, RECIPIENT)
                                || FormatWords.CHANNELS.stream().anyMatch(name -> startsAlike(next, name)));
    }

    private boolean startsWith(int at, String word) {
        return text.length() >= at + word.length() && startsAlike(at, word);
    }

    /** Returns whether the text from an index on and a word are alike as far as both go. */
    private boolean startsAlike(int at, String word) {
        int length = Math.min(word.length(), text.length() - at);
        for (int i = 0; i < length; i++) {
            if (text.charAt(at + i) != word.charAt(i)) {
                return false;
            }
        }
        return length >= 0;
    }

    JsonObject save() {
        return JsonObject.builder()
                .put("text", Snapshot.text(text))
                .put("place", place.name())
                .put("off", isOff)
                .build();
    }

    void restore(JsonValue from) {
        text.setLength(0);
        text.append(Snapshot.text(from.get("text")));
        place = Place.valueOf(from.get("place").text());
        isOff = from.get("off").booleanValue();
    }
}
