package io.harmony4j.grammar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Writes sets of texts as rules of GBNF: a rule for each set that may be left after some code points, as in {@code text-3 ::= "a" text-4 | [b-z] text-5}.
 *
 * <p>A control token is matched by its spelled name, too, and all names begin with {@code <|}; so texts have no {@code <|} here. Not thread-safe.
 */
final class GbnfText {
    /** The most rules for one text. */
    private static final int MAX_RULES = 2_000;

    private static final String REASON = ", since that would need more than " + MAX_RULES + " rules";

    /** The most times that something may be repeated. */
    private static final int MAX_REPETITION = 2_000;

    /** The most symbols in a row. */
    private static final int MAX_ROW = 100;

    private final Regexes regexes;
    private final CodePointMoves moves;
    private final ExportNotes notes;
    private final Map<String, String> rules;
    private final Regex withLess;
    private final Regex withControl;
    private final Map<Regex, Boolean> isApart = new HashMap<>();
    private final Map<State, String> names = new HashMap<>();
    private final Map<Regex, String> named = new HashMap<>();
    private final Deque<State> pending = new ArrayDeque<>();
    private int count;

    /** Whether a text of the set that is written may have a {@code <}. */
    private boolean hasLess;

    /**
     * What may be left.
     *
     * @param afterLess whether the last code point was {@code <}, so that no {@code |} may follow
     */
    private record State(Regex set, boolean afterLess) {}

    /** A code point may be one of some, and what is left then. */
    private record Edge(CodePointSet codePoints, State target) {}

    /**
     * @param rules where the rules go: what a name stands for
     */
    GbnfText(Regexes regexes, ExportNotes notes, Map<String, String> rules) {
        this.regexes = regexes;
        this.moves = new CodePointMoves(regexes);
        this.notes = notes;
        this.rules = rules;
        this.withControl = regexes.sequence(regexes.anything(), regexes.literal("<|"), regexes.anything());
        this.withLess = regexes.sequence(regexes.anything(), regexes.literal("<"), regexes.anything());
    }

    /** Gives a set a name of its own, if it is more than a literal. */
    void name(Regex set, String name) {
        if (!(set.shape() instanceof Regex.Literal)) {
            String body = of(set);
            named.put(set, name);
            rules.putIfAbsent(name, body);
        }
    }

    /** Returns the symbols for the texts of a set that is not empty. */
    String of(Regex set) {
        if (set == regexes.anything()) {
            rules.put("text", "([^<] | \"<\"+ [^<|])* \"<\"*");
            return "text";
        }
        String known = named.get(set);
        if (known != null) {
            return known;
        }
        hasLess = !regexes.isEmpty(regexes.intersection(List.of(set, withLess)));
        if (!isPossible(new State(set, false))) {
            throw new IllegalArgumentException(
                    "expected texts without \"<|\", which would let control tokens into texts," + " but found "
                            + shown(set) + "; use another format");
        }
        Regex plain = LeapSecond.without(regexes, set);
        notes.addIf(plain != set, ExportNotes.NO_LEAP_SECONDS);
        String symbols = tried(plain);
        if (symbols == null) {
            symbols = tried(withoutCounts(plain));
            notes.addIf(
                    symbols != null,
                    "counts over " + Regexes.HORIZON + " are not enforced in texts such as " + shown(set) + REASON);
        }
        if (symbols == null) {
            symbols = of(kinds(plain));
            notes.add("only the kind is enforced of texts such as " + shown(set) + REASON);
        }
        named.put(set, symbols);
        return symbols;
    }

    private String shown(Regex set) {
        return regexes.beginning(set);
    }

    /** Returns a set with more texts, in which counts beyond {@link Regexes#HORIZON} are the same. */
    private Regex withoutCounts(Regex set) {
        Regex.Shape shape = set.shape();
        if (shape instanceof Regex.Sequence sequence) {
            return regexes.sequence(withoutCounts(sequence.first()), withoutCounts(sequence.rest()));
        } else if (shape instanceof Regex.Union union) {
            return regexes.union(union.parts().stream().map(this::withoutCounts).toList());
        } else if (shape instanceof Regex.Intersection intersection) {
            return regexes.intersection(
                    intersection.parts().stream().map(this::withoutCounts).toList());
        }
        return regexes.widened(set);
    }

    /** Returns all texts of the kinds that a set has. */
    private Regex kinds(Regex set) {
        List<Regex> all = List.of(
                new StringText(regexes).free(),
                new NumberText(regexes).any(),
                regexes.literal("true"),
                regexes.literal("false"),
                regexes.literal("null"));
        return regexes.union(all.stream()
                .filter(kind -> !regexes.isEmpty(regexes.intersection(List.of(set, kind))))
                .toList());
    }

    /** Returns the symbols for the texts of a set after writing their rules; null if these would be too many, without any. */
    private @Nullable String tried(Regex set) {
        Map<State, String> namesBefore = new HashMap<>(names);
        int first = count;
        String symbols = row(new State(set, false));
        for (State state = pending.poll(); state != null; state = pending.poll()) {
            if (count - first > MAX_RULES) {
                pending.clear();
                names.clear();
                names.putAll(namesBefore);
                for (int i = first; i < count; i++) {
                    rules.remove(name(i));
                }
                count = first;
                return null;
            }
            rules.put(Objects.requireNonNull(names.get(state)), alternatives(state));
        }
        return symbols;
    }

    /** Returns what may be left as a row of symbols, the last of which may be the name of a rule. */
    private String row(State start) {
        Row row = new Row();
        addRow(start, row);
        return row.toString();
    }

    private void addRow(State start, Row row) {
        State at = start;
        while (at.set != regexes.empty()) {
            Regex first = at.set.shape() instanceof Regex.Sequence sequence ? sequence.first() : at.set;
            Regex rest = at.set.shape() instanceof Regex.Sequence sequence ? sequence.rest() : regexes.empty();
            if (!at.afterLess && first.shape() instanceof Regex.Repeat repeat && isRepetition(repeat)) {
                row.add(repeated(row(new State(repeat.of(), false)), repeat.min(), repeat.max()));
                at = new State(rest, false);
                continue;
            } else if (!at.afterLess && first != at.set && isApart(first) && !isSimple(first)) {
                row.add(rule(new State(first, false)));
                at = new State(rest, false);
                continue;
            }
            List<Edge> edges = edges(at);
            if (edges.isEmpty()) {
                break;
            } else if (edges.size() > 1 || at.set.nullable() || row.size() > MAX_ROW) {
                row.add(rule(at));
                break;
            }
            row.add(edges.get(0).codePoints);
            at = edges.get(0).target;
        }
    }

    /** Returns whether a set is written as it stands, without a rule. */
    private static boolean isSimple(Regex set) {
        return set.shape() instanceof Regex.Literal || set.shape() instanceof Regex.Bytes;
    }

    /** Returns whether texts of a set can be written apart from what follows: they are whole, and have no {@code <}. */
    private boolean isApart(Regex set) {
        Boolean known = isApart.get(set);
        if (known == null) {
            known = regexes.isEmpty(regexes.intersection(List.of(set, withLess))) && moves.areWhole(set);
            isApart.put(set, known);
        }
        return known;
    }

    /** Returns whether what is repeated can be written once, with a count. */
    private boolean isRepetition(Regex.Repeat repeat) {
        boolean isCounted = (repeat.max() > 1 && repeat.max() < Regexes.UNBOUNDED) || repeat.min() > 1;
        return isApart(repeat.of())
                && !repeat.of().nullable()
                && (!isCounted || isSimple(repeat.of()))
                && (repeat.max() <= MAX_REPETITION || repeat.max() == Regexes.UNBOUNDED)
                && repeat.min() <= MAX_REPETITION;
    }

    private static String repeated(String symbols, int min, int max) {
        boolean isOne = symbols.matches("[a-z0-9-]+|\\[[^\\]]*+]|\"[^\"\\\\]*+\"");
        String group = isOne ? symbols : "(" + symbols + ")";
        if (max == Regexes.UNBOUNDED) {
            return group + (min == 0 ? "*" : min == 1 ? "+" : "{" + min + ",}");
        } else if (min == 0 && max == 1) {
            return group + "?";
        }
        return group + "{" + min + (min == max ? "" : "," + max) + "}";
    }

    private String rule(State state) {
        String known = names.get(state);
        if (known == null) {
            known = name(count++);
            names.put(state, known);
            pending.add(state);
        }
        return known;
    }

    private static String name(int number) {
        return "text-" + number;
    }

    private String alternatives(State state) {
        List<String> all = new ArrayList<>();
        if (state.set.nullable()) {
            all.add("");
        }
        for (Edge edge : edges(state)) {
            Row row = new Row();
            row.add(edge.codePoints);
            addRow(edge.target, row);
            all.add(row.toString());
        }
        return String.join(" | ", all).strip();
    }

    private List<Edge> edges(State state) {
        CodePointSet less = CodePointSet.of("<");
        List<Edge> edges = new ArrayList<>();
        moves.from(state.set).forEach((target, codePoints) -> {
            CodePointSet allowed =
                    state.afterLess ? codePoints.and(CodePointSet.of("|").not()) : codePoints;
            if (allowed.containsAny('<', '<') && mayGoOnWithBar(target)) {
                addEdge(edges, allowed.and(less.not()), new State(target, false));
                addEdge(edges, less, new State(target, true));
            } else {
                addEdge(edges, allowed, new State(target, false));
            }
        });
        return edges;
    }

    private void addEdge(List<Edge> edges, CodePointSet codePoints, State target) {
        if (!codePoints.isEmpty() && isPossible(target)) {
            edges.add(new Edge(codePoints, target));
        }
    }

    /** Returns whether anything can follow that has no {@code <|}, or nothing may. */
    private boolean isPossible(State state) {
        if (!hasLess) {
            return !regexes.isEmpty(state.set);
        }
        List<Regex> all = new ArrayList<>(List.of(state.set, regexes.complement(withControl)));
        if (state.afterLess) {
            all.add(regexes.complement(regexes.sequence(regexes.literal("|"), regexes.anything())));
        }
        return !regexes.isEmpty(regexes.intersection(all));
    }

    private boolean mayGoOnWithBar(Regex set) {
        return !regexes.isEmpty(regexes.derivative(set, '|'));
    }

    /** Symbols one after the other; characters that meet become one literal. */
    private static final class Row {
        private final StringBuilder symbols = new StringBuilder();
        private boolean endsInLiteral;
        private int size;

        void add(String symbol) {
            if (!symbol.isEmpty()) {
                symbols.append(symbols.isEmpty() ? "" : " ").append(symbol);
                endsInLiteral = false;
                size++;
            }
        }

        void add(CodePointSet codePoints) {
            OptionalInt one = codePoints.only();
            if (one.isEmpty()) {
                add(GbnfSyntax.characters(codePoints));
                return;
            }
            String character = GbnfSyntax.inLiteral(one.getAsInt());
            if (endsInLiteral) {
                symbols.insert(symbols.length() - 1, character);
            } else {
                add("\"" + character + "\"");
                endsInLiteral = true;
            }
        }

        int size() {
            return size;
        }

        @Override
        public String toString() {
            return symbols.toString();
        }
    }
}
