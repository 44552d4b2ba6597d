package io.harmony4j.grammar;

import io.harmony4j.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A way through a grammar: tokens that its masks allow, drawn at random, and at some time the shortest way to the end. */
final class Walk {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();

    /** How deep rules are followed for a way to the end. */
    private static final int MAX_DEPTH = 40;

    private static final int[] TOKEN_OF_BYTE = new int[256];

    static {
        for (int id = 0; id < 256; id++) {
            TOKEN_OF_BYTE[TOKENIZER.decodeBytes(id)[0] & 0xFF] = id;
        }
    }

    private final HarmonyGrammar grammar;
    private final GrammarMatcher matcher;
    private final List<Integer> tokens = new ArrayList<>();
    private final Map<List<Object>, @Nullable List<Object>> ways = new HashMap<>();

    Walk(HarmonyGrammar grammar) {
        this.grammar = grammar;
        this.matcher = grammar.newMatcher();
    }

    GrammarMatcher matcher() {
        return matcher;
    }

    /** Returns the tokens so far. */
    int[] tokens() {
        return tokens.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Goes on with one allowed token; often one of those that few configurations allow, since most tokens are text. */
    void step(Random random) {
        int[] allowed = matcher.mask().ids();
        int index = random.nextInt(allowed.length);
        if (random.nextInt(3) == 0) {
            index = random.nextBoolean() ? allowed.length - 1 : Math.min(random.nextInt(100), allowed.length - 1);
        }
        accept(allowed[index]);
    }

    void accept(int token) {
        matcher.accept(token);
        tokens.add(token);
    }

    /** Goes on to the end, as shortly as is easily found; fails if there is no way. */
    void close() {
        for (Object part : matcher.isComplete() ? List.of() : wayOut()) {
            if (part instanceof Integer control) {
                accept(control);
            } else {
                // single bytes are tokens, so there are some also if the text begins within a character
                for (byte value : ((String) part).getBytes(StandardCharsets.ISO_8859_1)) {
                    accept(TOKEN_OF_BYTE[value & 0xFF]);
                }
            }
        }
    }

    /** Returns texts, a character for each byte, and ids of control tokens. */
    private List<Object> wayOut() {
        for (int depth = 1; depth <= MAX_DEPTH; depth++) {
            for (Stack stack : matcher.configuration().stacks()) {
                List<Object> way = way(stack, depth);
                if (way != null) {
                    return way;
                }
            }
        }
        throw new AssertionError("expected a way to the end but found none after " + TOKENIZER.decode(tokens()));
    }

    private @Nullable List<Object> way(Stack stack, int depth) {
        List<Symbol> symbols = new ArrayList<>();
        for (Stack at = stack; at != null; at = at.below()) {
            symbols.add(at.top());
        }
        return way(symbols, depth);
    }

    private @Nullable List<Object> way(List<Symbol> symbols, int depth) {
        List<Object> all = new ArrayList<>();
        for (Symbol symbol : symbols) {
            List<Object> way = way(symbol, depth);
            if (way == null) {
                return null;
            }
            all.addAll(way);
        }
        return all;
    }

    /** Returns what a symbol can consist of; null if that takes more rules in one another. */
    private @Nullable List<Object> way(Symbol symbol, int depth) {
        if (symbol instanceof ControlToken control) {
            return List.of(control.id());
        } else if (symbol instanceof Regex regex) {
            return grammar.automaton().isEmpty(regex)
                    ? null
                    : List.of(grammar.automaton().shortestBytes(regex));
        } else if (symbol instanceof UniqueText item) {
            String rest = grammar.automaton().shortestBytes(item.left());
            List<Object> after = way(item.array().after(item.read() + rest), depth);
            return after == null
                    ? null
                    : Stream.concat(Stream.of(rest), after.stream()).toList();
        } else if (depth == 0) {
            return null;
        }
        List<Object> key = List.of(symbol, depth);
        if (!ways.containsKey(key)) {
            ways.put(key, shortest((Rule) symbol, depth));
        }
        return ways.get(key);
    }

    private @Nullable List<Object> shortest(Rule rule, int depth) {
        for (List<Symbol> alternative : rule.alternatives()) {
            List<Object> way = way(alternative, depth - 1);
            if (way != null) {
                return way;
            }
        }
        return null;
    }
}
