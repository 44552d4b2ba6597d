package io.harmony4j.grammar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How far the beginning of a string of a set may be from a string of it, in bytes. If that is less than what a limit of the length leaves, the limit decides
 * nothing yet. Bounds that are too large do no harm. Not thread-safe.
 */
final class WaysOut {
    /** How many sets are looked into if the shape of a set does not tell. */
    private static final int MAX_SETS = 400;

    /** The most bytes of a character in a JSON string: an escape with four digits. */
    private static final int CHARACTER_BYTES = 6;

    private final Regexes regexes;
    private final Map<Regex, Integer> known = new HashMap<>();

    WaysOut(Regexes regexes) {
        this.regexes = regexes;
    }

    /** Returns a number of bytes that is enough to bring any beginning of a string of the set to a string of it, or {@link Regexes#UNBOUNDED}. */
    int longest(Regex set) {
        Integer found = known.get(set);
        if (found == null) {
            int byShape = byShape(set);
            found = byShape < Regexes.UNBOUNDED ? byShape : bySearch(set);
            known.put(set, found);
        }
        return found;
    }

    /** Forgets what was found out. */
    void forget() {
        known.clear();
    }

    private int byShape(Regex set) {
        Regex.Shape shape = set.shape();
        if (shape instanceof Regex.Bytes) {
            return 1;
        } else if (shape instanceof Regex.Literal literal) {
            return literal.latin1().length() - literal.offset();
        } else if (shape instanceof Regex.Sequence) {
            return ofSequence(parts(set));
        } else if (shape instanceof Regex.Union union) {
            return union.parts().stream().mapToInt(this::longest).max().orElse(0);
        } else if (shape instanceof Regex.Repeat repeat) {
            return sum(longest(repeat.of()), times(Math.max(0, repeat.min() - 1), shortest(repeat.of())));
        } else if (shape instanceof Regex.Intersection intersection) {
            return ofIntersection(intersection);
        }
        return Regexes.UNBOUNDED;
    }

    private int ofSequence(List<Regex> parts) {
        int longest = 0;
        int rest = 0;
        for (int i = parts.size() - 1; i >= 0; i--) {
            longest = Math.max(longest, sum(longest(parts.get(i)), rest));
            rest = sum(rest, shortest(parts.get(i)));
        }
        return longest;
    }

    /**
     * Where the other part of an intersection with a limit of characters has a way out, either the limit allows it, or no more characters are left than it has
     * bytes.
     */
    private int ofIntersection(Regex.Intersection intersection) {
        List<Regex> others = new ArrayList<>();
        int bytes = 1; // for each one of the way of the other part
        for (Regex part : intersection.parts()) {
            if (part.shape() instanceof Regex.Repeat repeat
                    && repeat.min() == 0
                    && repeat.of() == CommonTexts.contentCharacter()) {
                bytes = repeat.max() < Regexes.UNBOUNDED ? CHARACTER_BYTES : bytes;
            } else {
                others.add(part);
            }
        }
        return others.size() == 1 ? times(bytes, longest(others.get(0))) : Regexes.UNBOUNDED;
    }

    /** Returns at least the length of a shortest string. */
    private int shortest(Regex set) {
        Regex.Shape shape = set.shape();
        if (set.nullable()) {
            return 0;
        } else if (shape instanceof Regex.Sequence) {
            return parts(set).stream().mapToInt(this::shortest).reduce(0, WaysOut::sum);
        } else if (shape instanceof Regex.Union union) {
            return union.parts().stream()
                    .filter(regexes::isSimple) // others may be empty
                    .mapToInt(this::shortest)
                    .min()
                    .orElse(Regexes.UNBOUNDED);
        } else if (shape instanceof Regex.Repeat repeat) {
            return times(repeat.min(), shortest(repeat.of()));
        }
        return longest(set); // from the empty beginning
    }

    private static List<Regex> parts(Regex sequence) {
        List<Regex> parts = new ArrayList<>();
        Regex left = sequence;
        while (left.shape() instanceof Regex.Sequence pair) {
            parts.add(pair.first());
            left = pair.rest();
        }
        parts.add(left);
        return parts;
    }

    private static int sum(int left, int right) {
        return (int) Math.min((long) left + right, Regexes.UNBOUNDED);
    }

    private static int times(int count, int length) {
        return (int) Math.min((long) count * length, Regexes.UNBOUNDED);
    }

    private int bySearch(Regex start) {
        Map<Regex, Set<Regex>> before = new HashMap<>(Map.of(start, new HashSet<>()));
        Deque<Regex> pending = new ArrayDeque<>(List.of(start));
        for (Regex set = pending.poll(); set != null && before.size() <= MAX_SETS; set = pending.poll()) {
            for (int value : regexes.representatives(set)) {
                Regex after = regexes.derivative(set, value);
                if (!regexes.isEmpty(after)) {
                    if (!before.containsKey(after)) {
                        before.put(after, new HashSet<>());
                        pending.add(after);
                    }
                    before.getOrDefault(after, Set.of()).add(set);
                }
            }
        }
        int longest = before.size() > MAX_SETS ? Regexes.UNBOUNDED : farthest(before);
        before.keySet().forEach(set -> known.putIfAbsent(set, longest)); // what can be reached from it is among these
        return longest;
    }

    /** Returns how many steps the set takes that is farthest from one with the empty string. */
    private static int farthest(Map<Regex, Set<Regex>> before) {
        Set<Regex> seen = new HashSet<>();
        List<Regex> ring = before.keySet().stream().filter(Regex::nullable).toList();
        int steps = -1;
        while (!ring.isEmpty()) {
            seen.addAll(ring);
            steps++;
            ring = ring.stream()
                    .flatMap(set -> before.getOrDefault(set, Set.of()).stream())
                    .filter(set -> !seen.contains(set))
                    .distinct()
                    .toList();
        }
        return steps;
    }
}
