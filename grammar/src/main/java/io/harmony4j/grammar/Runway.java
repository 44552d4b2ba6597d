package io.harmony4j.grammar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * For how many characters of an alphabet a text is free: all strings of so many characters, and no longer ones, are beginnings of what a set has, and none is a
 * member. What is found out is kept. Not thread-safe.
 */
final class Runway {
    /** There is no such number, or it was not found. */
    static final int UNKNOWN = -1;

    /** How many sets are looked into. */
    private static final int MAX_SETS = 16;

    private final Regexes regexes;
    private final Regex character;
    private final Map<Regex, Integer> lengths = new HashMap<>();
    private final Map<Regex, Boolean> having = new HashMap<>();
    private final Set<Regex> notFree = new HashSet<>(); // or too many sets to find out

    /**
     * @param character the characters of the alphabet
     */
    Runway(Regexes regexes, Regex character) {
        this.regexes = regexes;
        this.character = character;
    }

    /** Returns the number of characters, {@link Regexes#UNBOUNDED} if any number of them is free, or {@link #UNKNOWN}. */
    int of(Regex set) {
        Integer known = lengths.get(set);
        if (known == null) {
            known = find(set);
            lengths.put(set, known);
        }
        return known;
    }

    private int find(Regex set) {
        Regex first = set.shape() instanceof Regex.Sequence sequence ? sequence.first() : set;
        Regex rest = set.shape() instanceof Regex.Sequence sequence ? sequence.rest() : regexes.empty();
        if (!hasAllBeginnings(set)) {
            return UNKNOWN;
        } else if (first.shape() instanceof Regex.Repeat repeat
                && hasAll(repeat.of())
                && !rest.nullable()
                && isEach(rest, false)) {
            return repeat.max();
        } else if (first.shape() instanceof Regex.Intersection intersection
                && !rest.nullable()
                && (intersection.parts().stream().allMatch(this::isFreeForLongTexts) || isAbsorbing(intersection))) {
            return Regexes.UNBOUNDED;
        }
        return !notFree.contains(set) && isFree(set) ? Regexes.UNBOUNDED : UNKNOWN;
    }

    /** Returns whether each first byte of a character begins a string of the set; mostly not, and that is soon seen. */
    private boolean hasAllBeginnings(Regex set) {
        for (int value = 0; value < 256; value++) {
            if (regexes.derivative(character, value) != regexes.nothing()
                    && regexes.derivative(set, value) == regexes.nothing()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns whether a set has all strings of the alphabet from some length on: then any beginning can be continued, and that holds for several such sets
     * together.
     */
    private boolean isFreeForLongTexts(Regex set) {
        if (set.shape() instanceof Regex.Complement complement) {
            return isFinite(complement.of());
        }
        return set.shape() instanceof Regex.Repeat repeat && repeat.max() == Regexes.UNBOUNDED && hasAll(repeat.of());
    }

    /**
     * Returns whether any text may stand before a member, as where a pattern is looked for anywhere: then any beginning can be continued with that member.
     */
    private boolean isAbsorbing(Regex.Intersection intersection) {
        List<Regex> members = new ArrayList<>();
        for (Regex part : intersection.parts()) {
            boolean isFree = part.shape() instanceof Regex.Repeat && isFreeForLongTexts(part);
            Regex absorbing = isFree ? part : absorbingPart(part);
            if (absorbing == null) {
                return false;
            }
            members.add(absorbing);
        }
        return !regexes.isEmpty(regexes.intersection(members));
    }

    /** Returns a part of a set before whose members any text of the alphabet may stand, or null. */
    private @Nullable Regex absorbingPart(Regex set) {
        if (set.shape() instanceof Regex.Union union) {
            return union.parts().stream()
                    .map(this::absorbingPart)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
        Regex first = set.shape() instanceof Regex.Sequence sequence ? sequence.first() : set;
        boolean isAny = first == regexes.anything()
                || (first.shape() instanceof Regex.Repeat repeat
                        && repeat.min() == 0
                        && repeat.max() == Regexes.UNBOUNDED
                        && hasAll(repeat.of()));
        return isAny ? set : null;
    }

    private static boolean isFinite(Regex set) {
        Regex.Shape shape = set.shape();
        if (shape instanceof Regex.Sequence sequence) {
            return isFinite(sequence.first()) && isFinite(sequence.rest());
        } else if (shape instanceof Regex.Union union) {
            return union.parts().stream().allMatch(Runway::isFinite);
        } else if (shape instanceof Regex.Repeat repeat) {
            return repeat.max() < Regexes.UNBOUNDED && isFinite(repeat.of());
        }
        return shape instanceof Regex.Bytes || shape instanceof Regex.Literal;
    }

    /** Returns whether every character of the alphabet is a string of the set, and no beginning of a longer one. */
    private boolean hasAll(Regex set) {
        return having.computeIfAbsent(set, s -> isEach(s, true));
    }

    /** Returns whether each character of the alphabet is a string of the set with no continuation, or not even a beginning. */
    private boolean isEach(Regex set, boolean whole) {
        Set<List<Regex>> seen = new LinkedHashSet<>(List.of(List.of(set, character)));
        Deque<List<Regex>> pending = new ArrayDeque<>(seen);
        for (List<Regex> pair = pending.poll(); pair != null; pair = pending.poll()) {
            Regex left = pair.get(0);
            Regex ofCharacter = pair.get(1);
            if (!whole && left == regexes.nothing()) {
                continue;
            } else if (ofCharacter == regexes.empty()) {
                if (!whole || left != regexes.empty()) {
                    return false;
                }
                continue;
            }
            step(left, ofCharacter, seen, pending);
        }
        return true;
    }

    /** Returns whether the set lives after each character of the alphabet, and so on for ever. */
    private boolean isFree(Regex set) {
        Set<List<Regex>> seen = new LinkedHashSet<>(List.of(List.of(set, character)));
        Deque<List<Regex>> pending = new ArrayDeque<>(seen);
        Set<Regex> sets = new LinkedHashSet<>(List.of(set));
        for (List<Regex> pair = pending.poll(); pair != null; pair = pending.poll()) {
            if (regexes.isEmpty(pair.get(0))
                    || (pair.get(1) == regexes.empty() && pair.get(0).nullable())) {
                return false;
            } else if (pair.get(1) == regexes.empty()) {
                List<Regex> again = List.of(pair.get(0), character);
                if (seen.add(again)) {
                    pending.add(again);
                    sets.add(pair.get(0));
                    if (sets.size() > MAX_SETS) {
                        notFree.addAll(sets); // so that none is looked into again
                        return false;
                    }
                }
            } else {
                step(pair.get(0), pair.get(1), seen, pending);
            }
        }
        sets.forEach(each -> lengths.put(each, Regexes.UNBOUNDED)); // each leads to some of the others only
        return true;
    }

    private void step(Regex left, Regex ofCharacter, Set<List<Regex>> seen, Deque<List<Regex>> pending) {
        ByteClasses classes = new ByteClasses();
        left.shape().distinguish(classes);
        ofCharacter.shape().distinguish(classes);
        for (int value : classes.partition().representatives()) {
            Regex rest = regexes.derivative(ofCharacter, value);
            List<Regex> pair = List.of(regexes.derivative(left, value), rest);
            if (rest != regexes.nothing() && seen.add(pair)) {
                pending.add(pair);
            }
        }
    }
}
