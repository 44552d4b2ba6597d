package io.harmony4j.parser;

import io.harmony4j.Channel;
import io.harmony4j.SpecialToken;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A word of a header.
 *
 * @param name the word, without the {@code <|constrain|>} before it
 * @param constrained whether {@code <|constrain|>} stood before it
 */
record HeaderWord(String name, boolean constrained) {
    /** Returns the word as openai/harmony sees it. */
    String text() {
        return constrained ? SpecialToken.CONSTRAIN.literal() + name : name;
    }

    boolean isRecipient() {
        return !constrained && name.startsWith(FormatWords.TO);
    }

    /** Returns the recipient's name; only for a word that is one. */
    String recipient() {
        return name.substring(FormatWords.TO.length());
    }

    boolean isKnownChannel() {
        return !constrained && Channel.KNOWN.contains(Channel.of(name));
    }

    static String join(List<HeaderWord> words) {
        return words.stream().map(HeaderWord::text).collect(Collectors.joining(" "));
    }
}
