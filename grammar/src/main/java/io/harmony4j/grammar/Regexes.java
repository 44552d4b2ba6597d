package io.harmony4j.grammar;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes expressions. Each is written in one way only, as far as simple rules of algebra tell (nothing is doubled, parts are in order, neutral parts are left
 * out), and is made once; so the derivatives of an expression are finitely many. Not thread-safe.
 */
final class Regexes {
    /** No limit of a {@link #repeat}. */
    static final int UNBOUNDED = Integer.MAX_VALUE;

    /** The length of the longest token, in bytes: no count beyond it matters for what one token may be. */
    static final int HORIZON = 128;

    private final Map<Regex.Shape, Regex> made = new HashMap<>();
    private final Regex nothing = make(new Regex.Bytes(ByteSet.NONE));
    private final Regex empty = make(new Regex.Literal("", 0));
    private final Regex anything = make(new Regex.Complement(nothing));

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
        if (max == 0 || set == empty) {
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
        return set.shape().derivative(this, value);
    }

    /**
     * Returns a set in which counts beyond {@link #HORIZON} are the same, with the same beginnings of that length: what a token may be is the same for both,
     * and there are fewer of them.
     */
    Regex widened(Regex set) {
        return set.shape().widened(this, set);
    }

    /** Returns whether a set has no member. Only intersections and complements must be looked into for that. */
    boolean isEmpty(Regex set) {
        if (set.emptiness == Regex.Emptiness.UNKNOWN) {
            search(set);
        }
        return set.emptiness == Regex.Emptiness.EMPTY;
    }

    /** Looks for a member, shortest first, and notes what was found out on the way. */
    private void search(Regex start) {
        Map<Regex, Regex> cameFrom = new LinkedHashMap<>();
        cameFrom.put(start, start);
        Deque<Regex> pending = new ArrayDeque<>(List.of(start));
        for (Regex set = pending.poll(); set != null; set = pending.poll()) {
            if (set.emptiness == Regex.Emptiness.NOT_EMPTY || hasMember(set)) {
                for (Regex on = set; on != null; on = on == start ? null : cameFrom.get(on)) {
                    on.emptiness = Regex.Emptiness.NOT_EMPTY;
                }
                return;
            }
            ByteClasses classes = new ByteClasses();
            set.shape().distinguish(classes);
            for (int value : classes.representatives()) {
                Regex after = derivative(set, value);
                if (after != nothing
                        && after.emptiness != Regex.Emptiness.EMPTY
                        && cameFrom.putIfAbsent(after, set) == null) {
                    pending.add(after);
                }
            }
        }
        cameFrom.keySet().forEach(set -> set.emptiness = Regex.Emptiness.EMPTY);
    }

    /** Returns whether it is plain that a set has a member; {@link #nothing} is the only empty set of the simple shapes. */
    private boolean hasMember(Regex set) {
        return set.nullable() || (set != nothing && isSimple(set));
    }

    private boolean isSimple(Regex set) {
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

    /**
     * Returns whether a set is as it was after any string of an alphabet, so that the strings of that alphabet need not be tried: true only if each
     * character leads back.
     */
    boolean isClosedUnder(Regex set, Regex character) {
        return leadsBack(set, set, character, new HashMap<>());
    }

    /** Returns whether the rest of a character leads from one set to another. */
    private boolean leadsBack(Regex from, Regex to, Regex character, Map<List<Regex>, Boolean> known) {
        if (character == empty) {
            return from == to;
        } else if (from == nothing) {
            return false;
        }
        Boolean before = known.get(List.of(from, character));
        if (before != null) {
            return before;
        }
        ByteClasses classes = new ByteClasses();
        character.shape().distinguish(classes);
        from.shape().distinguish(classes);
        boolean all = true;
        for (int value : classes.representatives()) {
            Regex left = derivative(character, value);
            if (left != nothing) {
                all &= leadsBack(derivative(from, value), to, left, known);
            }
        }
        known.put(List.of(from, character), all);
        return all;
    }

    private Regex make(Regex.Shape shape) {
        return made.computeIfAbsent(shape, unknown -> new Regex(made.size(), unknown));
    }
}
