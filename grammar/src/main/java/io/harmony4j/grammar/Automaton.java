package io.harmony4j.grammar;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads texts and control tokens by a grammar: a pushdown automaton that follows all readings at once. Where a byte leads is computed when it is first asked,
 * and remembered. Thread-safe: what is known is read without a lock.
 *
 * <p>See docs/algorithms/grammar.md.
 */
final class Automaton {
    /** How many configurations are remembered, so that no text can fill the memory; beyond it all are forgotten, and made again. */
    private static final int MAX_CONFIGURATIONS = 16_384;

    private static final Comparator<Stack> BY_NUMBER = Comparator.comparingInt(Stack::id);

    private final Regexes regexes;
    private final Symbol startSymbol;
    private final Interned<Stack> stacks = new Interned<>(stack -> hash(stack.top(), stack.below()));
    private final Interned<Configuration> configurations =
            new Interned<>(configuration -> hash(configuration.stacks(), configuration.isComplete()));
    private int stackCount;

    /** What nothing follows and what is not allowed. */
    private final Configuration dead = new Configuration(List.of(), false, new ByteClasses().partition());

    Automaton(Regexes regexes, Symbol start) {
        this.regexes = regexes;
        this.startSymbol = start;
    }

    /** Returns where the empty text stands. */
    synchronized Configuration start() {
        Closure closure = new Closure();
        closure.expand(stack(startSymbol, null));
        return closure.configuration();
    }

    /** Returns where a byte leads, 0 to 255. */
    Configuration next(Configuration from, int value) {
        Configuration known = from.targets[from.classOf(value)];
        return known != null ? known : compute(from, value);
    }

    /** Adds the tokens that go on as a configuration allows. */
    void walk(Configuration from, Continuations continuations, TokenMask.Builder tokens) {
        @Nullable Configuration[] path = new Configuration[Regexes.HORIZON + 1]; // by depth
        path[0] = from;
        for (int node = 0; node < continuations.size(); ) {
            int depth = continuations.depth(node);
            Configuration at = next(path[depth], continuations.label(node));
            if (at.isDead()) {
                node = continuations.end(node);
            } else {
                continuations.addTokens(node, tokens);
                path[depth + 1] = at;
                node++;
            }
        }
    }

    private synchronized Configuration compute(Configuration from, int value) {
        Closure closure = new Closure();
        for (Stack stack : from.stacks()) {
            if (stack.top() instanceof Regex regex) {
                Regex after = regexes.derivative(regex, value);
                if (!regexes.isEmpty(after)) {
                    closure.expand(stack(after, stack.below()));
                }
            } else if (stack.top() instanceof UniqueText item) {
                Regex after = regexes.derivative(item.left(), value);
                if (!regexes.isEmpty(after)) {
                    closure.expand(stack(item.after(after, value), stack.below()));
                }
            }
        }
        Configuration target = closure.configuration();
        from.targets[from.classOf(value)] = target;
        return target;
    }

    /** Returns where a control token leads. */
    synchronized Configuration afterControl(Configuration from, int id) {
        Closure closure = new Closure();
        for (Stack stack : from.stacks()) {
            if (stack.top() instanceof ControlToken control && control.id() == id) {
                closure.expand(stack.below());
            }
        }
        return closure.configuration();
    }

    /**
     * Returns where the end of the text at the top of a stack leads.
     *
     * @param rest the bytes of that text that are still to come, a character for each
     */
    synchronized Configuration below(Stack stack, String rest) {
        Closure closure = new Closure();
        closure.expand(
                stack.top() instanceof UniqueText item
                        ? stack(item.array().after(item.read() + rest), stack.below())
                        : stack.below());
        return closure.configuration();
    }

    /**
     * Returns a configuration which allows the same tokens, and which more configurations have in common: counts that no token can reach the end of are the
     * same.
     */
    synchronized Configuration widened(Configuration configuration) {
        Set<Stack> widened = new TreeSet<>(BY_NUMBER);
        boolean changed = false;
        for (Stack stack : configuration.stacks()) {
            Symbol top = stack.top() instanceof Regex regex ? regexes.widened(regex) : stack.top();
            changed |= top != stack.top();
            widened.add(top == stack.top() ? stack : stack(top, stack.below()));
        }
        return changed ? configuration(widened, configuration.isComplete()) : configuration;
    }

    /** Returns how many configurations are remembered. */
    synchronized int size() {
        return configurations.size();
    }

    synchronized boolean isEmpty(Regex regex) {
        return regexes.isEmpty(regex);
    }

    /** Returns a shortest text that an expression allows, a character for each byte. */
    synchronized String shortestBytes(Regex regex) {
        return regexes.shortestBytes(regex);
    }

    /** Returns beginnings of what an expression allows, one for each alternative; as much of a shortest string as is easily found. */
    synchronized List<String> beginnings(Regex regex) {
        List<Regex> alternatives = regex.shape() instanceof Regex.Union union ? union.parts() : List.of(regex);
        return alternatives.stream()
                .filter(alternative -> !regexes.isEmpty(alternative))
                .map(regexes::beginning)
                .toList();
    }

    private Stack stack(Symbol top, @Nullable Stack below) {
        Stack known = stacks.find(
                hash(top, below), stack -> stack.below() == below && stack.top().equals(top));
        if (known == null) {
            known = new Stack(stackCount++, top, below);
            stacks.add(known);
        }
        return known;
    }

    private static int hash(Symbol top, @Nullable Stack below) {
        return 31 * top.hashCode() + System.identityHashCode(below);
    }

    private static int hash(List<Stack> stacks, boolean complete) {
        return 2 * stacks.hashCode() + (complete ? 1 : 0);
    }

    private Configuration configuration(Collection<Stack> set, boolean complete) {
        if (set.isEmpty() && !complete) {
            return dead;
        }
        List<Stack> list = List.copyOf(set);
        Configuration known = configurations.find(
                hash(list, complete),
                other -> other.isComplete() == complete && other.stacks().equals(list));
        if (known != null) {
            return known;
        }
        if (configurations.size() >= MAX_CONFIGURATIONS) {
            forget();
        }
        Configuration made = newConfiguration(list, complete);
        configurations.add(made);
        return made;
    }

    /** Returns the text that may come first, or null if it is a control token. */
    static @Nullable Regex text(Stack stack) {
        if (stack.top() instanceof UniqueText item) {
            return item.left();
        }
        return stack.top() instanceof Regex regex ? regex : null;
    }

    private static Configuration newConfiguration(List<Stack> stacks, boolean complete) {
        List<Regex> texts = new ArrayList<>();
        for (Stack stack : stacks) {
            Regex text = text(stack);
            if (text != null) {
                texts.add(text);
            }
        }
        if (texts.size() == 1) {
            return new Configuration(
                    stacks, complete, Regexes.transitions(texts.get(0)).bytes());
        }
        ByteClasses classes = new ByteClasses();
        texts.forEach(text -> text.shape().distinguish(classes));
        return new Configuration(stacks, complete, classes.partition());
    }

    /** Forgets everything; what is in use stays with those who use it. */
    private void forget() {
        configurations.clear();
        stacks.clear();
        regexes.forget();
    }

    /** Collects the stacks that a text may have led to, with text or a control token at the top of each. */
    private final class Closure {
        private final Set<Stack> seen = new HashSet<>();
        private final Set<Stack> found = new TreeSet<>(BY_NUMBER);
        private boolean complete;

        void expand(@Nullable Stack stack) {
            if (stack == null) {
                complete = true;
            } else if (seen.add(stack)) {
                if (stack.top() instanceof Rule rule) {
                    rule.alternatives().forEach(symbols -> expand(push(symbols, stack.below())));
                } else if (stack.top() instanceof Regex regex) {
                    expandText(stack, regex, stack.below());
                } else if (stack.top() instanceof UniqueText item) {
                    Stack after = item.left().nullable() ? stack(item.array().after(item.read()), stack.below()) : null;
                    expandText(stack, item.left(), after);
                } else {
                    found.add(stack);
                }
            }
        }

        private void expandText(Stack stack, Regex regex, @Nullable Stack after) {
            if (regex != regexes.empty() && !regexes.isEmpty(regex)) {
                found.add(stack);
            }
            if (regex.nullable()) {
                expand(after);
            }
        }

        private @Nullable Stack push(List<Symbol> symbols, @Nullable Stack below) {
            Stack top = below;
            for (int i = symbols.size() - 1; i >= 0; i--) {
                top = stack(symbols.get(i), top);
            }
            return top;
        }

        Configuration configuration() {
            return Automaton.this.configuration(found, complete);
        }
    }
}
