package io.harmony4j.grammar;

import io.harmony4j.tokenizer.Tokenizer;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Says what may come in a configuration, for messages. */
final class Expectation {
    private static final int MAX_BEGINNINGS = 5;
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();

    private Expectation() {}

    /** Returns up to five beginnings of what may come. */
    static String of(HarmonyGrammar grammar, Configuration configuration) {
        Set<String> beginnings = new LinkedHashSet<>();
        for (Stack stack : configuration.stacks()) {
            Regex text = Automaton.text(stack);
            if (text == null) {
                beginnings.add(token(((ControlToken) stack.top()).id()));
            } else {
                grammar.automaton().beginnings(text).forEach(beginning -> beginnings.add(text(beginning)));
            }
        }
        if (configuration.isComplete()) {
            beginnings.add("the end");
        }
        return join(beginnings);
    }

    private static String text(String beginning) {
        return beginning.isEmpty() ? "more text" : "\"" + beginning + "\"";
    }

    private static String join(Collection<String> beginnings) {
        String some =
                String.join(", ", beginnings.stream().limit(MAX_BEGINNINGS).toList());
        return beginnings.size() > MAX_BEGINNINGS ? some + " or others" : some;
    }

    /** Returns a token as its text and id. */
    static String token(int id) {
        if (!TOKENIZER.isToken(id)) {
            return "the unknown token " + id;
        }
        String text = TOKENIZER.decode(id);
        return TOKENIZER.isSpecial(id) ? text + " (" + id + ")" : "\"" + text + "\" (" + id + ")";
    }
}
