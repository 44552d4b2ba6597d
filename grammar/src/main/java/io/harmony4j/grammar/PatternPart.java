package io.harmony4j.grammar;

import java.util.List;

/**
 * The texts that a part of a pattern matches, told apart by where they must stand. Anchors so need not be at the ends of a pattern: what they say about a
 * sequence is whether the texts before and after them can be empty.
 *
 * @param anywhere what is matched wherever it stands
 * @param atStart what is matched only where the string begins
 * @param atEnd what is matched only where the string ends
 * @param whole what is matched only if it is the whole string
 */
record PatternPart(Regexes regexes, Regex anywhere, Regex atStart, Regex atEnd, Regex whole) {
    /** Returns what has no anchors. */
    static PatternPart of(Regexes regexes, Regex texts) {
        return new PatternPart(regexes, texts, regexes.nothing(), regexes.nothing(), regexes.nothing());
    }

    /** Returns the anchor {@code ^}. */
    static PatternPart start(Regexes regexes) {
        return new PatternPart(regexes, regexes.nothing(), regexes.empty(), regexes.nothing(), regexes.nothing());
    }

    /** Returns the anchor {@code $}. */
    static PatternPart end(Regexes regexes) {
        return new PatternPart(regexes, regexes.nothing(), regexes.nothing(), regexes.empty(), regexes.nothing());
    }

    boolean hasAnchors() {
        return hasStart() || atEnd != regexes.nothing();
    }

    /** Returns what any of some parts matches. */
    static PatternPart anyOf(Regexes regexes, List<PatternPart> parts) {
        return new PatternPart(
                regexes,
                regexes.union(parts.stream().map(PatternPart::anywhere).toList()),
                regexes.union(parts.stream().map(PatternPart::atStart).toList()),
                regexes.union(parts.stream().map(PatternPart::atEnd).toList()),
                regexes.union(parts.stream().map(PatternPart::whole).toList()));
    }

    /** Returns what this part and then the next one match. */
    PatternPart then(PatternPart next) {
        if (!hasAnchors() && !next.hasAnchors()) {
            return of(regexes, regexes.sequence(anywhere, next.anywhere));
        }
        boolean isEmptyAtStart = anywhere.nullable() || atStart.nullable();
        boolean isEndNext = next.anywhere.nullable() || next.atEnd.nullable();
        boolean isEmptyString =
                (atEnd.nullable() || whole.nullable()) && (next.atStart.nullable() || next.whole.nullable());
        return new PatternPart(
                regexes,
                regexes.sequence(anywhere, next.anywhere),
                regexes.union(List.of(regexes.sequence(atStart, next.anywhere), onlyIf(isEmptyAtStart, next.atStart))),
                regexes.union(List.of(regexes.sequence(anywhere, next.atEnd), onlyIf(isEndNext, atEnd))),
                regexes.union(List.of(
                        regexes.sequence(atStart, next.atEnd),
                        onlyIf(isEndNext, whole),
                        onlyIf(isEmptyAtStart, next.whole),
                        onlyIf(isEmptyString, regexes.empty()))));
    }

    private Regex onlyIf(boolean condition, Regex texts) {
        return condition ? texts : regexes.nothing();
    }

    /**
     * Returns what this part matches if what comes from its start to the end of the string is or is not matched by a condition, too. A negative condition must
     * not have the anchor {@code ^} unless it is known to be at the start.
     *
     * @param isNegative whether it must not be matched
     * @param isAtStart whether the string is known to begin here
     */
    PatternPart lookingAhead(PatternPart condition, boolean isNegative, boolean isAtStart) {
        Regex here = restrict(fromHere(), condition.fromHere(), isNegative);
        Regex start = restrict(fromStart(), condition.fromStart(), isNegative);
        Regex nothing = regexes.nothing();
        return new PatternPart(regexes, nothing, nothing, isAtStart ? nothing : here, start);
    }

    private Regex restrict(Regex texts, Regex condition, boolean isNegative) {
        return isNegative ? regexes.difference(texts, condition) : regexes.intersection(List.of(texts, condition));
    }

    /** Returns whether anything must be at the start of the string. */
    boolean hasStart() {
        return atStart != regexes.nothing() || whole != regexes.nothing();
    }

    /** Returns the strings in which this part matches from some place on, that of the start being only one of many. */
    Regex fromHere() {
        return regexes.union(List.of(regexes.sequence(anywhere, regexes.anything()), atEnd));
    }

    /** Returns the strings that this part matches from their start on. */
    Regex fromStart() {
        return regexes.union(List.of(fromHere(), regexes.sequence(atStart, regexes.anything()), whole));
    }
}
