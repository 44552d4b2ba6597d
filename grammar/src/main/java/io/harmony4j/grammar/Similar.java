package io.harmony4j.grammar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text that differs little from another: it has no limit of its length, or no exceptions such as the names of other properties, or begins after the first
 * character. What it begins with is found once; of the other text only what differs is looked for.
 *
 * @param alike the length up to which the beginnings of both are the same, in bytes; 0 if that is not known
 */
record Similar(Regex text, int alike) {
    /** Lengths up to which a text without limits may be alike; below the last one, few tokens are. */
    private static final int[] LENGTHS = {64, 32, 16};

    /** Returns a text without limits that are far away, or null if it has none. */
    static @Nullable Similar withoutLimits(Regexes regexes, Regex text) {
        for (int length : LENGTHS) {
            Regex unlimited = regexes.widened(text, length);
            if (unlimited != text) {
                return new Similar(unlimited, length);
            }
        }
        return null;
    }

    /** Returns a text that all grammars have in common for one that is the same but for exceptions, or null. */
    static @Nullable Similar withoutExceptions(Regexes regexes, Regex text) {
        Regex first = text.shape() instanceof Regex.Sequence sequence ? sequence.first() : text;
        Regex rest = text.shape() instanceof Regex.Sequence sequence ? sequence.rest() : regexes.empty();
        if (!(first.shape() instanceof Regex.Intersection intersection)) {
            return null;
        }
        List<Regex> parts = intersection.parts().stream()
                .filter(part -> !(part.shape() instanceof Regex.Complement))
                .toList();
        if (parts.isEmpty() || parts.size() == intersection.parts().size()) {
            return null;
        }
        Regex similar = regexes.sequence(regexes.intersection(parts), rest);
        return regexes.isCommon(similar) ? new Similar(similar, 0) : null;
    }

    /**
     * Returns what is left of a text after a first letter, if that is the same after the next one; or null. Only the first character may have to be another.
     */
    static @Nullable Similar afterFirst(Regexes regexes, Regex text) {
        Regex after = regexes.derivative(text, 'e');
        return after != text && after != regexes.nothing() && regexes.derivative(after, 'e') == after
                ? new Similar(after, 0)
                : null;
    }
}
