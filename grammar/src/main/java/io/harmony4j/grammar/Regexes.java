package io.harmony4j.grammar;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes expressions. Each is written in one way only, as far as simple rules of algebra tell (nothing is doubled, parts are in order, neutral parts are left
 * out), and is made once; so the derivatives of an expression are finitely many. Not thread-safe.
 */
final class Regexes {
    /** No limit of a {@link #repeat}. */
    static final int UNBOUNDED = Integer.MAX_VALUE;

    /** The length of the longest token, in bytes: no count beyond it matters for what one token may be. */
    static final int HORIZON = 128;

    /** How many sets are looked into to find a member of one. */
    private static final int MAX_SEARCHED = 60_000;

    /** How many sets are looked into for a shortest string for messages. */
    private static final int MAX_SETS_SHOWN = 50;

    /** How long a string for messages is, in bytes. */
    private static final int MAX_SHOWN = 40;

    /** Expressions that all grammars have in common, with all that is known about them; null for those themselves. */
    private final @Nullable Regexes common;

    private final Interned<Regex> made = new Interned<>(set -> set.shape().hashCode());
    private final WaysOut waysOut = new WaysOut(this);
    private int count;
    private final Regex nothing;
    private final Regex empty;
    private final Regex anything;

    /** Makes expressions from the beginning. */
    Regexes() {
        this.common = null;
        this.nothing = make(new Regex.Bytes(ByteSet.NONE));
        this.empty = make(new Regex.Literal("", 0));
        this.anything = make(new Regex.Complement(nothing));
    }

    /** Makes expressions besides others, which are {@linkplain #complete complete}. */
    Regexes(Regexes common) {
        this.common = common;
        this.count = common.count;
        this.nothing = common.nothing;
        this.empty = common.empty;
        this.anything = common.anything;
    }

    /** Returns whether an expression is one of those that all grammars have in common. */
    boolean isCommon(Regex set) {
        return common != null && set.id() < common.count;
    }

    /** Finds out where all bytes lead from all expressions, so that nothing about them changes any more, and threads can share them. */
    void complete() {
        Deque<Regex> pending = new ArrayDeque<>(made.all());
        Set<Regex> seen = new HashSet<>(pending);
        for (Regex set = pending.poll(); set != null; set = pending.poll()) {
            isEmpty(set);
            for (int value : representatives(set)) {
                Regex target = derivative(set, value);
                if (seen.add(target)) {
                    pending.add(target);
                }
            }
        }
    }

    /** Returns the set without members. */
    Regex nothing() {
        return nothing;
    }

    /** Returns the set of the empty string alone. */
    Regex empty() {
        return empty;
    }

    /** Returns the set of all byte strings. */
    Regex anything() {
        return anything;
    }

    /** Returns the set of the strings of one byte. */
    Regex bytes(ByteSet set) {
        return set.isEmpty() ? nothing : make(new Regex.Bytes(set));
    }

    /** Returns the set of one text, in UTF-8. */
    Regex literal(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return rest(new String(utf8, StandardCharsets.ISO_8859_1), 0);
    }

    /** Returns the set of one string, of which a character is a byte, from an offset on. */
    Regex rest(String latin1, int offset) {
        return offset == latin1.length() ? empty : make(new Regex.Literal(latin1, offset));
    }

    /** Returns the set of what a machine accepts from a state on. */
    Regex machine(ByteMachine machine, int state) {
        return switch (state) {
            case ByteMachine.DEAD -> nothing;
            case ByteMachine.ALL -> anything;
            default -> make(new Regex.Machine(machine, state));
        };
    }

    /** Returns the strings that consist of a string of each set, in this order. */
    Regex sequence(Regex... parts) {
        Regex rest = empty;
        for (int i = parts.length - 1; i >= 0; i--) {
            rest = sequence(parts[i], rest);
        }
        return rest;
    }

    private Regex sequence(Regex first, Regex rest) {
        if (first == nothing || rest == nothing) {
            return nothing;
        } else if (first == empty) {
            return rest;
        } else if (rest == empty) {
            return first;
        } else if (rest == anything && first.nullable()) {
            return anything;
        } else if (first.shape() instanceof Regex.Sequence sequence) {
            return sequence(sequence.first(), sequence(sequence.rest(), rest));
        }
        return make(new Regex.Sequence(first, rest));
    }

    /** Returns what is in any of the sets. */
    Regex union(Collection<Regex> sets) {
        ByteSet bytes = ByteSet.NONE;
        Set<Regex> parts = new TreeSet<>(Comparator.comparingInt(Regex::id));
        Deque<Regex> pending = new ArrayDeque<>(sets);
        for (Regex part = pending.poll(); part != null; part = pending.poll()) {
            if (part.shape() instanceof Regex.Union union) {
                pending.addAll(union.parts());
            } else if (part.shape() instanceof Regex.Bytes one) {
                bytes = bytes.or(one.set());
            } else if (part == anything) {
                return anything;
            } else {
                parts.add(part);
            }
        }
        if (!bytes.isEmpty()) {
            parts.add(bytes(bytes));
        }
        return switch (parts.size()) {
            case 0 -> nothing;
            case 1 -> parts.iterator().next();
            default -> make(new Regex.Union(List.copyOf(parts)));
        };
    }

    /** Returns what is in all of the sets, of which there is at least one. */
    Regex intersection(Collection<Regex> sets) {
        Set<Regex> parts = new TreeSet<>(Comparator.comparingInt(Regex::id));
        Deque<Regex> pending = new ArrayDeque<>(sets);
        for (Regex part = pending.poll(); part != null; part = pending.poll()) {
            if (part.shape() instanceof Regex.Intersection intersection) {
                pending.addAll(intersection.parts());
            } else if (part == nothing) {
                return nothing;
            } else if (part != anything) {
                parts.add(part);
            }
        }
        if (parts.stream().anyMatch(part -> part.shape() instanceof Regex.Complement not && parts.contains(not.of()))) {
            return nothing;
        }
        return switch (parts.size()) {
            case 0 -> anything;
            case 1 -> parts.iterator().next();
            default -> make(new Regex.Intersection(List.copyOf(parts)));
        };
    }

    /** Returns what is in the first set and not in the second. */
    Regex difference(Regex set, Regex without) {
        return intersection(List.of(set, complement(without)));
    }

    /** Returns all byte strings but those of the set; they need not be UTF-8. */
    Regex complement(Regex set) {
        return set.shape() instanceof Regex.Complement complement ? complement.of() : make(new Regex.Complement(set));
    }

    /** Returns any number of strings of the set, one after the other. */
    Regex star(Regex set) {
        return repeat(set, 0, UNBOUNDED);
    }

    /** Returns the strings of the set, and the empty one. */
    Regex optional(Regex set) {
        return repeat(set, 0, 1);
    }

    /**
     * Returns a number of strings of the set, one after the other.
     *
     * @param min the fewest
     * @param max the most, or {@link #UNBOUNDED}
     */
    Regex repeat(Regex set, int min, int max) {
        if (min > max) {
            return nothing;
        } else if (max == 0 || set == empty) {
            return empty;
        } else if (set == nothing) {
            return min == 0 ? empty : nothing;
        } else if ((min == 1 && max == 1) || isStar(set)) {
            return set;
        }
        return make(new Regex.Repeat(set, set.nullable() ? 0 : min, max));
    }

    private static boolean isStar(Regex set) {
        return set.shape() instanceof Regex.Repeat repeat && repeat.min() == 0 && repeat.max() == UNBOUNDED;
    }

    /** Returns what may follow a byte, 0 to 255. */
    Regex derivative(Regex set, int value) {
        Regex.Transitions transitions = transitions(set);
        Regex known = transitions.target(value);
        if (known == null) {
            known = set.shape().derivative(this, value);
            transitions.setTarget(value, known);
        }
        return known;
    }

    /** Returns one byte of each class of bytes that lead to the same. */
    int[] representatives(Regex set) {
        return transitions(set).bytes().representatives();
    }

    static Regex.Transitions transitions(Regex set) {
        Regex.Transitions known = set.transitions;
        if (known == null) {
            known = new Regex.Transitions(set.shape().bytes());
            set.transitions = known;
        }
        return known;
    }

    /**
     * Returns a set in which counts beyond {@link #HORIZON} are the same, with the same beginnings of that length: what a token may be is the same for both,
     * and there are fewer of them.
     */
    Regex widened(Regex set) {
        return widened(set, HORIZON);
    }

    /**
     * Returns a set as {@link Regex.Shape#widened} says.
     *
     * @param length in bytes
     */
    Regex widened(Regex set, int length) {
        return set.shape().widened(this, set, length);
    }

    /**
     * Returns an intersection with {@linkplain #widened(Regex, int) widened} parts, if any beginning of its strings of a length leads to a string while the
     * parts' strings are still the same; otherwise the intersection as it is.
     */
    Regex widened(Regex.Intersection intersection, Regex self, int length) {
        Regex wide = widenedParts(intersection, self, length);
        if (wide == self) {
            return self;
        }
        int wayOut = waysOut.longest(wide);
        return wayOut < UNBOUNDED && widenedParts(intersection, self, length + wayOut) == wide ? wide : self;
    }

    private Regex widenedParts(Regex.Intersection intersection, Regex self, int length) {
        List<Regex> parts = widened(intersection.parts(), length);
        return parts == intersection.parts() ? self : intersection(parts);
    }

    /** Returns the sets {@linkplain #widened(Regex, int) widened}; the list itself if they are the same. */
    List<Regex> widened(List<Regex> sets, int length) {
        for (Regex set : sets) {
            if (widened(set, length) != set) {
                return sets.stream().map(each -> widened(each, length)).toList();
            }
        }
        return sets;
    }

    /** Returns whether a set has no member. Only intersections and complements must be looked into for that. */
    boolean isEmpty(Regex set) {
        if (set.emptiness == Regex.Emptiness.UNKNOWN) {
            search(set);
        }
        return set.emptiness == Regex.Emptiness.EMPTY;
    }

    /** Thrown if it takes too long to find out whether a set has members. */
    static final class TooComplexException extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        TooComplexException() {
            super("expected constraints on a text that some text satisfies, within " + MAX_SEARCHED
                    + " steps, but found none so far; write simpler patterns");
        }
    }

    /** Looks for a member, shortest first, and notes what was found out on the way. */
    private void search(Regex start) {
        Map<Regex, Regex> cameFrom = new LinkedHashMap<>();
        cameFrom.put(start, start);
        Deque<Regex> pending = new ArrayDeque<>(List.of(start));
        for (Regex set = pending.poll(); set != null; set = pending.poll()) {
            Regex.Emptiness known = set.emptiness == Regex.Emptiness.UNKNOWN ? known(set) : set.emptiness;
            if (known == Regex.Emptiness.EMPTY) {
                continue;
            } else if (known == Regex.Emptiness.NOT_EMPTY) {
                for (Regex on = set; on != null; on = on == start ? null : cameFrom.get(on)) {
                    on.emptiness = Regex.Emptiness.NOT_EMPTY;
                }
                return;
            }
            for (int value : representatives(set)) {
                Regex after = derivative(set, value);
                if (after != nothing
                        && after.emptiness != Regex.Emptiness.EMPTY
                        && cameFrom.putIfAbsent(after, set) == null) {
                    if (cameFrom.size() > MAX_SEARCHED) {
                        throw new TooComplexException();
                    }
                    pending.add(after);
                }
            }
        }
        cameFrom.keySet().forEach(set -> set.emptiness = Regex.Emptiness.EMPTY);
    }

    /** Returns what is plain without a search; {@link #nothing} is the only empty set of the simple shapes. */
    private Regex.Emptiness known(Regex set) {
        if (set.nullable() || (set != nothing && isSimple(set))) {
            return Regex.Emptiness.NOT_EMPTY;
        }
        return set.shape() instanceof Regex.Intersection all ? NumberSearch.of(all.parts()) : Regex.Emptiness.UNKNOWN;
    }

    /** Returns whether the shape of a set tells that it has a member. */
    boolean isSimple(Regex set) {
        Regex.Shape shape = set.shape();
        if (shape instanceof Regex.Sequence sequence) {
            return isSimple(sequence.first()) && isSimple(sequence.rest());
        } else if (shape instanceof Regex.Union union) {
            return union.parts().stream().anyMatch(this::isSimple);
        } else if (shape instanceof Regex.Repeat repeat) {
            return repeat.min() == 0 || isSimple(repeat.of());
        }
        return shape instanceof Regex.Bytes || shape instanceof Regex.Literal || shape instanceof Regex.Machine;
    }

    /** Returns the text of a short string of a set that has members, or a beginning of one, for messages. */
    String beginning(Regex set) {
        String text = shortest(set, MAX_SETS_SHOWN);
        if (text == null) {
            StringBuilder path = new StringBuilder();
            Regex at = set;
            while (!at.nullable() && path.length() < MAX_SHOWN) {
                int value = anyLive(at);
                path.append((char) value);
                at = derivative(at, value);
            }
            text = path.toString();
        }
        return new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private int anyLive(Regex set) {
        for (int value : representatives(set)) {
            if (!isEmpty(derivative(set, value))) {
                return value;
            }
        }
        throw new IllegalArgumentException("expected a set with members but found one without");
    }

    /** Returns a shortest string of a set that has members, a character for each byte. */
    String shortestBytes(Regex set) {
        return requireNonNull(shortest(set, UNBOUNDED));
    }

    /** Returns a shortest string, or null if more sets than a limit would have to be looked into. */
    private @Nullable String shortest(Regex set, int limit) {
        Map<Regex, String> reached = new LinkedHashMap<>(Map.of(set, ""));
        Deque<Regex> pending = new ArrayDeque<>(List.of(set));
        for (Regex at = pending.poll(); at != null && reached.size() <= limit; at = pending.poll()) {
            String path = reached.getOrDefault(at, "");
            if (at.nullable()) {
                return path;
            }
            for (int value : representatives(at)) {
                Regex after = derivative(at, value);
                if (!isEmpty(after) && reached.putIfAbsent(after, path + (char) value) == null) {
                    pending.add(after);
                }
            }
        }
        return null;
    }

    /** Forgets what was made besides what is common; sets that are in use stay as they are, and are made once more if they come again. */
    void forget() {
        made.clear();
        waysOut.forget();
    }

    private Regex make(Regex.Shape shape) {
        int hash = shape.hashCode();
        Regex known = common == null
                ? null
                : common.made.find(hash, set -> set.shape().equals(shape));
        if (known == null) {
            known = made.find(hash, set -> set.shape().equals(shape));
        }
        if (known == null) {
            known = new Regex(count++, shape);
            made.add(known);
        }
        return known;
    }
}
