package io.harmony4j.cli;

import io.harmony4j.grammar.GrammarCheck;
import io.harmony4j.grammar.HarmonyGrammar;
import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;

/**
 * A text that a grammar was asked about.
 *
 * @param text the text, in which control tokens stand by their names
 * @param check what the grammar says
 */
record CheckedText(String text, GrammarCheck check) {
    /** How many characters are shown before and after the place in question. */
    private static final int BEFORE = 56;

    private static final int AFTER = 20;

    static CheckedText of(HarmonyGrammar grammar, Input input) throws IOException {
        String text = input.text().replaceFirst("\\r?\\n$", "");
        return new CheckedText(text, grammar.check(text));
    }

    /** Returns the index of the place in question, in UTF-16 code units. */
    private int index() {
        return text.offsetByCodePoints(0, check.at());
    }

    /** Returns what was expected and what was found, and where. */
    String sentence() {
        String place = " at character " + check.at();
        if (check.isPrefix()) {
            return "expected " + check.expected() + " but found the end of the text" + place;
        }
        return "expected " + check.expected() + " but found \"" + ErrorLine.shown(found()) + "\"" + place;
    }

    /** Returns the control token or the character in question. */
    private String found() {
        Tokenizer tokenizer = Tokenizer.o200kHarmony();
        String rest = text.substring(index());
        int first = tokenizer.encode(rest, AllowedSpecial.ALL)[0];
        return tokenizer.isSpecial(first) ? tokenizer.decode(first) : rest.substring(0, rest.offsetByCodePoints(0, 1));
    }

    /** Returns the line of the place in question, or what of it is near, and below it a mark. */
    String marked() {
        int index = index();
        int lineStart = text.lastIndexOf('\n', index - 1) + 1;
        int lineEnd = text.indexOf('\n', index);
        int from = Math.max(lineStart, index - BEFORE);
        int to = Math.min(lineEnd < 0 ? text.length() : lineEnd, index + AFTER);
        String before = visible(text.substring(from, index));
        return before + visible(text.substring(index, to)) + "\n"
                + " ".repeat(before.codePointCount(0, before.length())) + "^";
    }

    private static String visible(String part) {
        StringBuilder shown = new StringBuilder();
        part.chars().forEach(c -> shown.append(c == '\t' ? ' ' : Terminal.visible((char) c)));
        return shown.toString();
    }
}
