package io.harmony4j.grammar;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the patterns of JSON Schema: regular expressions of ECMA-262 with its flag {@code u}. A lazy quantifier is like a greedy one, since all that counts is
 * whether there is a match. What is not regular is not supported, and neither is looking around, but for looking ahead outside of groups. A pattern matches a string if it matches any part of it.
 * Beyond the flag, {@code \} may stand before all that is no letter and no digit, and braces that are no quantifier stand for themselves, since patterns in
 * use have both.
 *
 * <p>See ECMA-262, 22.2.1 (patterns), and JSON Schema 2020-12 Core, 6.4.
 */
final class PatternParser {
    /** The largest count of a quantifier. */
    static final int MAX_COUNT = 10_000;

    /** The largest product of the counts of quantifiers within each other. */
    static final int MAX_NESTED_COUNT = 100_000;

    /** The most groups within each other. */
    static final int MAX_DEPTH = 100;

    /** The most parts in a row, those of groups among them; what a text costs grows with the square of their number. */
    static final int MAX_PARTS = 500;

    /** The most characters of a pattern. */
    static final int MAX_LENGTH = 100_000;

    private static final String DIGITS = "0123456789";

    private final Regexes regexes;
    private final StringText strings;
    private final PatternText text;
    private final PatternCharacters characters;
    private int depth;

    /** The largest product of counts in the group that is being read. */
    private long nestedCount = 1;

    /** How many parts in a row there were in the alternative or in the group that was read last. */
    private int parts;

    /** Whether texts may be among those found that are not canonical contents, because something may follow that is not looked at. */
    private boolean isOpen;

    private PatternParser(Regexes regexes, StringText strings, PatternText text) {
        this.regexes = regexes;
        this.strings = strings;
        this.text = text;
        this.characters = new PatternCharacters(text);
    }

    /**
     * Returns the canonical contents of the strings in which a pattern matches.
     *
     * @throws TextConstraintException if the pattern is wrong, or has what is not supported
     */
    static Regex parse(Regexes regexes, StringText strings, String pattern) {
        if (pattern.length() > MAX_LENGTH) {
            throw TextConstraintException.notSupported(
                    "a pattern of " + pattern.length() + " characters",
                    "write one of at most " + MAX_LENGTH + " characters");
        }
        return new PatternParser(regexes, strings, new PatternText(pattern)).pattern();
    }

    private Regex pattern() {
        PatternPart all = disjunction();
        if (!text.isEnd()) {
            throw text.notValid("\")\" without \"(\"", text.index(), "write \"\\)\" for the character itself");
        }
        if (all.atEnd().nullable()) {
            return strings.content(); // the end of any string matches
        }
        isOpen |= all.anywhere() != regexes.nothing() || all.atStart() != regexes.nothing();
        Regex found = regexes.union(List.of(regexes.sequence(strings.content(), all.fromHere()), all.fromStart()));
        return isOpen ? regexes.intersection(List.of(strings.content(), found)) : found;
    }

    /** Reads alternatives, up to the end of the group or of the pattern. */
    private PatternPart disjunction() {
        List<PatternPart> all = new ArrayList<>();
        int most = 0;
        do {
            all.add(alternative());
            most = Math.max(most, parts);
        } while (text.take("|"));
        parts = most;
        return PatternPart.anyOf(regexes, all);
    }

    /** One thing in an alternative, put before what comes after it; whether the string is known to begin there. */
    private interface Term {
        PatternPart before(PatternPart rest, boolean isAtStart);
    }

    private PatternPart alternative() {
        List<Term> terms = new ArrayList<>();
        // characters that only stand for themselves, since the last other term
        StringBuilder literal = new StringBuilder();
        int leading = 0; // how many terms there are before which nothing but ^ and look-aheads can be
        boolean isAtStart = false; // whether ^ is among them
        int row = 0;
        while (!text.isEnd() && text.peek() != '|' && text.peek() != ')') {
            char c = text.peek();
            if (c != '(' && c != '^' && c != '$') {
                addCharacters(literal, terms);
                continue;
            }
            flush(literal, terms);
            boolean isLookAhead = text.isNext("(?=") || text.isNext("(?!");
            if (leading == terms.size() && (isLookAhead || c == '^')) {
                leading++;
                isAtStart |= c == '^';
            }
            parts = 0;
            terms.add(isLookAhead ? lookAhead() : term(c == '(' ? group() : anchor()));
            row += parts;
        }
        flush(literal, terms);
        parts = row + terms.size();
        if (parts > MAX_PARTS) {
            throw text.notSupported("more than " + MAX_PARTS + " parts in a row", text.index(), "write fewer");
        }
        PatternPart all = PatternPart.of(regexes, regexes.empty());
        for (int i = terms.size() - 1; i >= 0; i--) {
            all = terms.get(i).before(all, isAtStart && i < leading);
        }
        return all;
    }

    private static Term term(PatternPart part) {
        return (rest, isAtStart) -> part.then(rest);
    }

    private void flush(StringBuilder literal, List<Term> terms) {
        if (!literal.isEmpty()) {
            terms.add(term(PatternPart.of(regexes, strings.content(literal.toString()))));
            literal.setLength(0);
        }
    }

    /** Reads what stands for one character, and a quantifier. */
    private void addCharacters(StringBuilder literal, List<Term> terms) {
        int start = text.index();
        if (isQuantifier()) {
            throw text.notValid(
                    "a quantifier that has nothing to repeat",
                    start,
                    "write \"\\\" before it for the character itself");
        }
        CodePointSet set = characters.next();
        if (PatternCharacters.isSingle(set.ranges()) && !isQuantifier()) {
            literal.appendCodePoint(set.ranges().get(0).first());
        } else {
            flush(literal, terms);
            terms.add(term(quantified(PatternPart.of(regexes, strings.character(set)), start, 1)));
        }
    }

    private PatternPart anchor() {
        return text.next() == '^' ? PatternPart.start(regexes) : PatternPart.end(regexes);
    }

    /** Reads a look-ahead. What follows it is known only outside of groups. */
    private Term lookAhead() {
        int start = text.index();
        if (depth > 0) {
            throw text.notSupported(
                    "a look-ahead in a group", start, "write the alternatives out, or move it out of all groups");
        }
        boolean isNegative = text.isNext("(?!");
        PatternPart condition = inGroup(start, "(?=".length());
        if (isQuantifier()) {
            throw text.notValid("a quantifier of a look-ahead", text.index(), "remove it");
        }
        isOpen = true;
        return (rest, isAtStart) -> {
            if (isNegative && !isAtStart && condition.hasStart()) {
                throw text.notSupported("^ in a negative look-ahead", start, "write ^ before the look-ahead");
            }
            return rest.lookingAhead(condition, isNegative, isAtStart);
        };
    }

    private PatternPart group() {
        int start = text.index();
        int length = 1;
        if (text.isNext("(?:")) {
            length = "(?:".length();
        } else if (text.isNext("(?<=") || text.isNext("(?<!")) {
            throw text.notSupported("a look-behind", start, "write the alternatives out");
        } else if (text.isNext("(?<")) {
            length = groupNameEnd(start) - start;
            text.goTo(start);
        } else if (text.isNext("(?P<")) {
            throw text.notValid("a named group as Python writes it", start, "write (?<name>…)");
        } else if (text.isNext("(?")) {
            throw flags(start);
        }
        long outerCount = nestedCount;
        nestedCount = 1;
        PatternPart inside = inGroup(start, length);
        long innerCount = nestedCount;
        nestedCount = Math.max(outerCount, innerCount);
        return quantified(inside, start, innerCount);
    }

    private TextConstraintException flags(int start) {
        text.take("(?");
        int end = text.endOf("imsxu-");
        boolean isFlags = end > text.index();
        text.goTo(end);
        if (isFlags && (text.isNext(":") || text.isNext(")"))) {
            return text.notSupported("flags", start, "write both cases as in [Aa]");
        }
        return text.notValid("an unknown kind of group", start, "write (?:…) or (…)");
    }

    /** Returns the index after the name of a group. */
    private int groupNameEnd(int start) {
        text.take("(?<");
        int name = text.index();
        while (!text.isEnd() && (Character.isUnicodeIdentifierPart(text.peek()) || text.peek() == '$')) {
            text.next();
        }
        if (text.index() == name || !text.take(">")) {
            throw text.notValid("a group without a proper name", start, "write (?<name>…)");
        }
        return text.index();
    }

    /** Reads what is in a group and its end. */
    private PatternPart inGroup(int start, int prefixLength) {
        text.goTo(start + prefixLength);
        depth++;
        if (depth > MAX_DEPTH) {
            throw text.notSupported(
                    "more than " + MAX_DEPTH + " groups within each other", start, "write fewer groups");
        }
        PatternPart inside = disjunction();
        depth--;
        if (!text.take(")")) {
            throw text.notValid(
                    "\"(\" without \")\"", start, "close the group, or write \"\\(\" for the character itself");
        }
        return inside;
    }

    /** Whether a quantifier comes next. */
    private boolean isQuantifier() {
        char c = text.peek();
        return c == '*' || c == '+' || c == '?' || (c == '{' && countEnd() > 0);
    }

    /** Returns the index of the brace after the counts that come next, or -1 if these are no counts. */
    private int countEnd() {
        int start = text.index();
        text.take("{");
        int first = text.index();
        text.goTo(text.endOf(DIGITS));
        boolean isWithoutMinimum = text.index() == first;
        if (text.take(",")) {
            text.goTo(text.endOf(DIGITS));
        } else if (isWithoutMinimum) {
            text.goTo(start);
            return -1;
        }
        int end = text.isNext("}") ? text.index() : -1;
        text.goTo(start);
        if (end > 0 && isWithoutMinimum) {
            throw text.notValid("counts without a minimum", start, "write a 0 before the comma");
        }
        return end;
    }

    /**
     * Reads the quantifier of a part, if there is one.
     *
     * @param start where the part begins
     * @param innerCount the largest product of counts within the part
     */
    private PatternPart quantified(PatternPart part, int start, long innerCount) {
        if (!isQuantifier()) {
            return part;
        }
        int min = 0;
        int max = Regexes.UNBOUNDED;
        if (text.isNext("{")) {
            int end = countEnd();
            text.take("{");
            String[] counts = text.upTo(end).split(",", -1);
            min = count(counts[0]);
            if (counts.length == 1 || !counts[1].isEmpty()) {
                max = count(counts[counts.length - 1]);
            }
            if (max < min) {
                throw text.notValid(
                        "counts whose maximum is below their minimum", text.index(), "write the smaller one first");
            }
            text.goTo(end + 1);
        } else if (text.take("?")) {
            max = 1;
        } else if (text.take("+")) {
            min = 1;
        } else {
            text.take("*");
        }
        text.take("?"); // lazy
        if (isQuantifier()) {
            throw text.notValid("a quantifier after another", text.index(), "put what is repeated twice in a group");
        }
        return repeated(part, min, max, start, innerCount);
    }

    private int count(String digits) {
        int count = 0;
        for (int i = 0; i < digits.length() && count <= MAX_COUNT; i++) {
            count = count * 10 + (digits.charAt(i) - '0');
        }
        if (count > MAX_COUNT) {
            throw text.notSupported("a count above " + MAX_COUNT, text.index(), "write a smaller count, or maxLength");
        }
        return count;
    }

    private PatternPart repeated(PatternPart part, int min, int max, int start, long innerCount) {
        int finite = max == Regexes.UNBOUNDED ? Math.max(min, 1) : Math.max(max, 1);
        nestedCount = Math.max(nestedCount, finite * innerCount);
        if (finite > 1 && nestedCount > MAX_NESTED_COUNT) {
            throw text.notSupported(
                    "counts within each other whose product is above " + MAX_NESTED_COUNT,
                    start,
                    "write smaller counts");
        }
        if (!part.hasAnchors()) {
            return PatternPart.of(regexes, regexes.repeat(part.anywhere(), min, max));
        } else if (max == 1) {
            return min == 1
                    ? part
                    : PatternPart.anyOf(regexes, List.of(part, PatternPart.of(regexes, regexes.empty())));
        } else if (max == 0) {
            return PatternPart.of(regexes, regexes.empty());
        }
        throw text.notSupported("an anchor in what is repeated", start, "move ^ and $ out of the repeated group");
    }
}
