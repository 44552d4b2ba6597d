package io.harmony4j.grammar;

import java.util.List;

/** Expressions that nearly every grammar needs, made once and shared: strings, numbers, white space and punctuation. Immutable. */
final class CommonTexts {
    private static final Regexes COMMON = make();

    private CommonTexts() {}

    /** Returns what makes expressions for one grammar. */
    static Regexes newRegexes() {
        return new Regexes(COMMON);
    }

    private static Regexes make() {
        Regexes regexes = new Regexes();
        StringText strings = new StringText(regexes);
        strings.free();
        strings.quoted(strings.content());
        new NumberText(regexes);
        for (SchemaOptions.WhiteSpace whiteSpace : SchemaOptions.WhiteSpace.values()) {
            JsonPunctuation.of(regexes, whiteSpace);
        }
        for (CodePointSet characters :
                List.of(Alphabet.STRING, Alphabet.NAME, Alphabet.LETTERS_AND_DIGITS, Alphabet.SMALL_LETTERS)) {
            Utf8Regex.of(regexes, characters);
        }
        regexes.complete();
        return regexes;
    }
}
