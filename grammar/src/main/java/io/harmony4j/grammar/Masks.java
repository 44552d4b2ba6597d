package io.harmony4j.grammar;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Finds the tokens that may come in a configuration, and remembers them. The tokens that stay within the text at the top of a stack do not depend on what is
 * below it, so they are found once for each text ({@link Interiors}); only those in which that text ends are tried with what is below. Thread-safe.
 *
 * <p>See docs/algorithms/grammar.md.
 */
final class Masks {
    /** How many masks one automaton remembers, of 25 KB each, those that another one has as well not counted. */
    private static final int MAX_MASKS = 1024;

    private final Automaton automaton;
    private final Interiors interiors;

    /** The configurations whose masks are remembered, in the order in which they were made. */
    private final Deque<Configuration> remembered = new ArrayDeque<>();

    Masks(Automaton automaton, Regexes regexes) {
        this.automaton = automaton;
        this.interiors = new Interiors(regexes);
    }

    /** Returns the tokens that may come. */
    TokenMask of(Configuration configuration) {
        TokenMask known = configuration.mask;
        return known != null ? known : make(configuration);
    }

    private TokenMask make(Configuration configuration) {
        synchronized (automaton) {
            Configuration widened = automaton.widened(configuration);
            TokenMask mask = widened.mask;
            if (mask == null) {
                mask = SharedMasks.shared(find(widened));
                remember(widened, mask);
            }
            if (widened != configuration) {
                remember(configuration, mask);
            }
            return mask;
        }
    }

    private void remember(Configuration configuration, TokenMask mask) {
        configuration.mask = mask;
        remembered.add(configuration);
        if (remembered.size() > MAX_MASKS) {
            remembered.remove().mask = null;
        }
    }

    private TokenMask find(Configuration configuration) {
        TokenMask.Builder tokens = new TokenMask.Builder();
        for (Stack stack : configuration.stacks()) {
            Regex text = Automaton.text(stack);
            if (text == null) {
                tokens.add(((ControlToken) stack.top()).id());
            } else {
                Interiors.Interior interior = interiors.of(text);
                tokens.addAll(interior.tokens());
                addThroughEnds(stack, interior, tokens);
            }
        }
        return tokens.build();
    }

    /** Adds the tokens in which the text at the top of a stack ends and what is below goes on. */
    private void addThroughEnds(Stack stack, Interiors.Interior interior, TokenMask.Builder tokens) {
        boolean isSameBelow = !(stack.top() instanceof UniqueText);
        Configuration below = isSameBelow ? automaton.below(stack, "") : null;
        if (below != null && below.stacks().stream().allMatch(other -> other.top() instanceof ControlToken)) {
            return;
        }
        if (below != null) {
            automaton.walk(below, interior.continuations(), tokens);
            return;
        }
        TokenTrie trie = interior.trie();
        for (int end : interior.ends()) {
            automaton.walk(automaton.below(stack, trie.text(end)), new Continuations(trie, end), tokens);
        }
    }
}
