package io.harmony4j.grammar;

import io.harmony4j.tokenizer.Tokenizer;

/**
 * Whether a grammar allows what was written, and if not, from where on.
 *
 * @param isComplete whether it is all that the grammar wants
 * @param isPrefix whether it is allowed as far as it goes
 * @param at how many characters, in code points, come before the first that is not allowed; all of them if it is a prefix. A control token has as many as its
 *     name
 * @param expected what may come there, for people
 */
public record GrammarCheck(boolean isComplete, boolean isPrefix, int at, String expected) {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();

    /** Checks tokens byte by byte. */
    static GrammarCheck of(HarmonyGrammar grammar, int... tokens) {
        Automaton automaton = grammar.automaton();
        Configuration at = grammar.start();
        int characters = 0;
        for (int token : tokens) {
            byte[] bytes = TOKENIZER.decodeBytes(token);
            if (TOKENIZER.isSpecial(token)) {
                Configuration next = automaton.afterControl(at, token);
                if (next.isDead()) {
                    return failed(grammar, at, characters);
                }
                at = next;
                characters += bytes.length;
                continue;
            }
            for (byte value : bytes) {
                Configuration next = automaton.next(at, value & 0xFF);
                boolean isFirst = (value & 0xC0) != 0x80; // of a character in UTF-8
                if (next.isDead()) {
                    return failed(grammar, at, isFirst ? characters : characters - 1);
                }
                at = next;
                characters += isFirst ? 1 : 0;
            }
        }
        return new GrammarCheck(at.isComplete(), true, characters, Expectation.of(grammar, at));
    }

    private static GrammarCheck failed(HarmonyGrammar grammar, Configuration at, int characters) {
        return new GrammarCheck(false, false, characters, Expectation.of(grammar, at));
    }
}
