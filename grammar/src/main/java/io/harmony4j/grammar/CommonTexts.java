package io.harmony4j.grammar;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Expressions that nearly every grammar needs, made once and shared: strings, numbers, white space and punctuation. Immutable. */
final class CommonTexts {
    private static final Regexes COMMON = new Regexes();

    private static final Regex CONTENT_CHARACTER = new StringText(COMMON).character(CodePointSet.ALL);

    /** One character of each alphabet. */
    private static final Map<CodePointSet, Regex> CHARACTERS = make();

    private CommonTexts() {}

    /** Returns what makes expressions for one grammar. */
    static Regexes newRegexes() {
        return new Regexes(COMMON);
    }

    /** Returns the texts of one character of an alphabet; shared by all that {@link #newRegexes} returns. */
    static Regex character(Alphabet alphabet) {
        return requireNonNull(CHARACTERS.get(alphabet.characters()));
    }

    /** Returns the contents of JSON strings of one character. */
    static Regex contentCharacter() {
        return CONTENT_CHARACTER;
    }

    private static Map<CodePointSet, Regex> make() {
        StringText strings = new StringText(COMMON);
        strings.free();
        strings.quoted(strings.content());
        new NumberText(COMMON);
        for (SchemaOptions.WhiteSpace whiteSpace : SchemaOptions.WhiteSpace.values()) {
            JsonPunctuation.of(COMMON, whiteSpace);
        }
        Map<CodePointSet, Regex> characters = new HashMap<>();
        for (CodePointSet set :
                List.of(Alphabet.STRING, Alphabet.NAME, Alphabet.LETTERS_AND_DIGITS, Alphabet.SMALL_LETTERS)) {
            characters.put(set, Utf8Regex.of(COMMON, set));
        }
        COMMON.complete();
        return characters;
    }
}
