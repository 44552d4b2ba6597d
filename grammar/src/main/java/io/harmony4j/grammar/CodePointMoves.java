package io.harmony4j.grammar;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where whole code points lead from a set of texts, which is an expression over the bytes of their UTF-8. Not thread-safe. */
final class CodePointMoves {
    private static final int CONTINUATION_BITS = 6;
    private static final int CONTINUATION = 0x80;
    private static final int CONTINUATIONS = 1 << CONTINUATION_BITS;

    private final Regexes regexes;
    private final Regex text;
    private final Map<Rest, List<Move>> known = new HashMap<>();
    private final Map<Regex, Boolean> whole = new HashMap<>();

    /** What is left of a code point after some bytes: so many bytes more. */
    private record Rest(Regex set, int bytes) {}

    /** Code points with the same last bits lead to a set: those from the first to the last. */
    private record Move(int first, int last, Regex target) {}

    CodePointMoves(Regexes regexes) {
        this.regexes = regexes;
        this.text = regexes.star(Utf8Regex.of(regexes, CodePointSet.ALL));
    }

    /** Returns whether the strings of a set end with whole characters. */
    boolean areWhole(Regex set) {
        Boolean answer = whole.get(set);
        if (answer == null) {
            // a count need not be looked through
            answer = (set.shape() instanceof Regex.Repeat repeat && areWhole(repeat.of()))
                    || (set.shape() instanceof Regex.Sequence sequence
                            && areWhole(sequence.first())
                            && areWhole(sequence.rest()))
                    || regexes.isEmpty(regexes.difference(set, text));
            whole.put(set, answer);
        }
        return answer;
    }

    /** Returns the sets that may be left after a code point, none of them empty, and after which code points. */
    Map<Regex, CodePointSet> from(Regex set) {
        List<Move> all = new ArrayList<>();
        addLeads(set, 0x00, 0x7F, 0x00, 0, all);
        addLeads(set, 0xC2, 0xDF, 0xC0, 1, all);
        addLeads(set, 0xE0, 0xEF, 0xE0, 2, all);
        addLeads(set, 0xF0, 0xF4, 0xF0, 3, all);
        Map<Regex, List<CodePointSet.Range>> ranges = new LinkedHashMap<>();
        for (Move move : all) {
            ranges.computeIfAbsent(move.target, target -> new ArrayList<>())
                    .add(new CodePointSet.Range(move.first, move.last));
        }
        Map<Regex, CodePointSet> moves = new LinkedHashMap<>();
        ranges.forEach((target, codePoints) -> moves.put(target, CodePointSet.ofRanges(codePoints)));
        return moves;
    }

    /**
     * Adds the code points that begin with some bytes.
     *
     * @param mark the bits of these bytes that say how many bytes more there are
     */
    private void addLeads(Regex set, int first, int last, int mark, int more, List<Move> all) {
        for (int value = first; value <= last; value++) {
            add(regexes.derivative(set, value), value - mark, more, all);
        }
    }

    private void add(Regex set, int bits, int more, List<Move> all) {
        if (regexes.isEmpty(set)) {
            return;
        }
        int shifted = bits << (more * CONTINUATION_BITS);
        for (Move move : rest(new Rest(set, more))) {
            int end = all.size() - 1;
            if (end >= 0 && all.get(end).target == move.target && all.get(end).last == shifted + move.first - 1) {
                all.set(end, new Move(all.get(end).first, shifted + move.last, move.target));
            } else {
                all.add(new Move(shifted + move.first, shifted + move.last, move.target));
            }
        }
    }

    private List<Move> rest(Rest rest) {
        if (rest.bytes == 0) {
            return List.of(new Move(0, 0, rest.set));
        }
        List<Move> moves = known.get(rest);
        if (moves == null) {
            moves = new ArrayList<>();
            for (int bits = 0; bits < CONTINUATIONS; bits++) {
                add(regexes.derivative(rest.set, CONTINUATION + bits), bits, rest.bytes - 1, moves);
            }
            known.put(rest, moves);
        }
        return moves;
    }
}
