package io.harmony4j.grammar;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes sets of texts as regular expressions over characters: what is made of parts part by part, all else by taking away one after the other the sets that
 * may be left after some characters. Not thread-safe.
 */
final class RegexTexts {
    /** The most sets that may be left of one text. */
    private static final int MAX_STATES = 500;

    /** The longest expression, in UTF-16 code units. */
    static final int MAX_LENGTH = 200_000;

    /** Stands for the end of the text among the sets that may be left. */
    private static final int END = -1;

    private final Regexes regexes;
    private final ExportNotes notes;
    private final CodePointMoves moves;
    private final Map<Regex, RegexPiece> known = new HashMap<>();

    RegexTexts(Regexes regexes, ExportNotes notes) {
        this.regexes = regexes;
        this.notes = notes;
        this.moves = new CodePointMoves(regexes);
    }

    /**
     * Returns the expression for the texts of a set that is not empty.
     *
     * @throws IllegalArgumentException if it would be too large
     */
    RegexPiece of(Regex set) {
        Regex plain = LeapSecond.without(regexes, set);
        notes.addIf(plain != set, ExportNotes.NO_LEAP_SECONDS);
        return piece(plain);
    }

    private RegexPiece piece(Regex set) {
        RegexPiece piece = known.get(set);
        if (piece == null) {
            piece = checked(make(set));
            known.put(set, piece);
        }
        return piece;
    }

    /** Returns an expression if it is not too large. */
    static RegexPiece checked(RegexPiece piece) {
        if (piece.text().length() > MAX_LENGTH) {
            throw tooLarge();
        }
        return piece;
    }

    private static IllegalArgumentException tooLarge() {
        return new IllegalArgumentException("expected a schema whose regular expression has at most " + MAX_LENGTH
                + " characters but found a larger one; use another format, or fewer bounds of numbers and lengths");
    }

    private RegexPiece make(Regex set) {
        Regex.Shape shape = set.shape();
        if (shape instanceof Regex.Literal literal && moves.areWhole(set)) {
            byte[] utf8 = literal.latin1().substring(literal.offset()).getBytes(StandardCharsets.ISO_8859_1);
            return RegexPiece.of(new String(utf8, StandardCharsets.UTF_8));
        } else if (shape instanceof Regex.Sequence sequence && moves.areWhole(sequence.first())) {
            return piece(sequence.first()).then(piece(sequence.rest()));
        } else if (shape instanceof Regex.Repeat repeat && moves.areWhole(repeat.of())) {
            return piece(repeat.of()).repeated(repeat.min(), repeat.max());
        } else if (shape instanceof Regex.Union union) {
            return union(union.parts());
        }
        return byStates(set);
    }

    /** Writes the alternatives that are made of parts one by one, and the others together. */
    private RegexPiece union(List<Regex> parts) {
        List<Regex> others = new ArrayList<>();
        List<RegexPiece> pieces = new ArrayList<>();
        for (Regex part : parts) {
            boolean isApart = part.shape() instanceof Regex.Sequence sequence && moves.areWhole(sequence.first());
            if (isApart && moves.areWhole(part)) {
                pieces.add(piece(part));
            } else {
                others.add(part);
            }
        }
        if (!others.isEmpty()) {
            pieces.add(0, byStates(regexes.union(others)));
        }
        return pieces.stream().reduce(RegexPiece::or).orElse(RegexPiece.EMPTY);
    }

    private RegexPiece byStates(Regex set) {
        Map<Regex, Integer> numbers = new LinkedHashMap<>(Map.of(set, 0));
        List<Map<Integer, RegexPiece>> edges = new ArrayList<>(); // by state, then by the state after
        Deque<Regex> pending = new ArrayDeque<>(List.of(set));
        for (Regex at = pending.poll(); at != null; at = pending.poll()) {
            Map<Integer, RegexPiece> from = new LinkedHashMap<>();
            moves.from(at).forEach((target, codePoints) -> {
                if (target == regexes.empty()) {
                    from.put(END, RegexPiece.of(codePoints));
                    return;
                }
                int number = numbers.computeIfAbsent(target, t -> {
                    pending.add(t);
                    return numbers.size();
                });
                from.put(number, RegexPiece.of(codePoints));
            });
            if (at.nullable()) {
                from.merge(END, RegexPiece.EMPTY, RegexPiece::or);
            }
            edges.add(from);
            if (numbers.size() > MAX_STATES) {
                throw tooLarge();
            }
        }
        return eliminate(edges);
    }

    /** Takes away all states but the first, those with the fewest ways through them before others. */
    private static RegexPiece eliminate(List<Map<Integer, RegexPiece>> edges) {
        List<Integer> left = new ArrayList<>();
        for (int state = 1; state < edges.size(); state++) {
            left.add(state);
        }
        while (!left.isEmpty()) {
            int state = left.stream()
                    .min(Comparator.comparingInt(
                            s -> waysInto(edges, s) * edges.get(s).size()))
                    .orElseThrow();
            left.remove(Integer.valueOf(state));
            Map<Integer, RegexPiece> out = new LinkedHashMap<>(edges.get(state));
            RegexPiece loop = loop(out, state);
            edges.get(state).clear();
            for (Map<Integer, RegexPiece> from : edges) {
                RegexPiece into = from.remove(state);
                if (into != null) {
                    out.forEach((to, piece) ->
                            from.merge(to, checked(into.then(loop).then(piece)), RegexPiece::or));
                }
            }
        }
        Map<Integer, RegexPiece> start = edges.get(0);
        RegexPiece loop = loop(start, 0);
        return loop.then(start.getOrDefault(END, RegexPiece.EMPTY));
    }

    /** Takes away the way from a state to itself, and returns it as often as one likes. */
    private static RegexPiece loop(Map<Integer, RegexPiece> out, int state) {
        RegexPiece again = out.remove(state);
        return again == null ? RegexPiece.EMPTY : again.repeated(0, Regexes.UNBOUNDED);
    }

    private static int waysInto(List<Map<Integer, RegexPiece>> edges, int state) {
        int ways = 0;
        for (Map<Integer, RegexPiece> from : edges) {
            ways += from.containsKey(state) ? 1 : 0;
        }
        return ways;
    }
}
