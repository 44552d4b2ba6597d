package io.harmony4j.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    private static final int MAX_SHOWN = 80;

    private static final CodePointSet DIGIT = CodePointSet.of('0', '9');
    private static final CodePointSet WORD =
            DIGIT.or(CodePointSet.of('A', 'Z')).or(CodePointSet.of('a', 'z')).or(CodePointSet.of("_"));
    private static final CodePointSet LINE_END = CodePointSet.of("\n\r\u2028\u2029");

    /** WhiteSpace and LineTerminator: those of Unicode's Space_Separator stand one by one. */
    private static final CodePointSet SPACE = LINE_END.or(CodePointSet.of("\t\u000B\f\uFEFF"))
            .or(CodePointSet.of(" \u00A0\u1680\u202F\u205F\u3000"))
            .or(CodePointSet.of(0x2000, 0x200A));

    private final Regexes regexes;
    private final StringText strings;
    private final String pattern;

    /** The index of the next character. */
    private int at;

    private int depth;

    /** The largest product of counts in the group that is being read. */
    private long nestedCount = 1;

    /** How many parts in a row there were in the alternative or in the group that was read last. */
    private int parts;

    /** Whether texts may be among those found that are not canonical contents, because something may follow that is not looked at. */
    private boolean isOpen;

    private PatternParser(Regexes regexes, StringText strings, String pattern) {
        this.regexes = regexes;
        this.strings = strings;
        this.pattern = pattern;
    }

    /**
     * Returns the canonical contents of the strings in which a pattern matches.
     *
     * @throws TextConstraintException if the pattern is wrong, or has what is not supported
     */
    static Regex parse(Regexes regexes, StringText strings, String pattern) {
        return new PatternParser(regexes, strings, pattern).pattern();
    }

    private Regex pattern() {
        if (pattern.length() > MAX_LENGTH) {
            throw TextConstraintException.notSupported(
                    "a pattern of " + pattern.length() + " characters",
                    "write one of at most " + MAX_LENGTH + " characters");
        }
        PatternPart all = disjunction();
        if (at < pattern.length()) {
            throw notValid("\")\" without \"(\"", at, "write \"\\)\" for the character itself");
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
        } while (take("|"));
        parts = most;
        return PatternPart.anyOf(regexes, all);
    }

    /** One thing in an alternative, put before what comes after it; whether the string is known to begin there. */
    private interface Term {
        PatternPart before(PatternPart rest, boolean isAtStart);
    }

    private PatternPart alternative() {
        List<Term> terms = new ArrayList<>();
        StringBuilder literal =
                new StringBuilder(); // characters that only stand for themselves, since the last other term
        int leading = 0; // how many terms there are before which nothing but ^ and look-aheads can be
        boolean isAtStart = false; // whether ^ is among them
        int row = 0;
        while (at < pattern.length() && !isNext("|") && !isNext(")")) {
            int start = at;
            char c = pattern.charAt(at);
            if (c == '(' && (isNext("(?=") || isNext("(?!"))) {
                flush(literal, terms);
                leading += leading == terms.size() ? 1 : 0;
                terms.add(lookAhead());
            } else if (c == '^') {
                at++;
                flush(literal, terms);
                isAtStart |= leading == terms.size();
                leading += leading == terms.size() ? 1 : 0;
                terms.add(term(PatternPart.start(regexes)));
            } else if (c == '$') {
                at++;
                flush(literal, terms);
                terms.add(term(PatternPart.end(regexes)));
            } else if (c == '(') {
                flush(literal, terms);
                terms.add(term(group()));
                row += parts;
            } else {
                CodePointSet set = characters();
                if (isSingle(set.ranges()) && !isQuantifier()) {
                    literal.appendCodePoint(set.ranges().get(0).first());
                } else {
                    flush(literal, terms);
                    terms.add(term(quantified(PatternPart.of(regexes, strings.character(set)), start, 1)));
                }
            }
        }
        flush(literal, terms);
        parts = row + terms.size();
        if (parts > MAX_PARTS) {
            throw notSupported("more than " + MAX_PARTS + " parts in a row", at, "write fewer");
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

    private static boolean isSingle(List<CodePointSet.Range> ranges) {
        return ranges.size() == 1 && ranges.get(0).first() == ranges.get(0).last();
    }

    /** Reads a look-ahead. What follows it is known only outside of groups. */
    private Term lookAhead() {
        int start = at;
        if (depth > 0) {
            throw notSupported(
                    "a look-ahead in a group", start, "write the alternatives out, or move it out of all groups");
        }
        boolean isNegative = isNext("(?!");
        PatternPart condition = inGroup(start, "(?=".length());
        if (isQuantifier()) {
            throw notValid("a quantifier of a look-ahead", at, "remove it");
        }
        isOpen = true;
        return (rest, isAtStart) -> {
            if (isNegative && !isAtStart && condition.hasStart()) {
                throw notSupported("^ in a negative look-ahead", start, "write ^ before the look-ahead");
            }
            return rest.lookingAhead(condition, isNegative, isAtStart);
        };
    }

    private PatternPart group() {
        int start = at;
        int length = 1;
        if (isNext("(?:")) {
            length = "(?:".length();
        } else if (isNext("(?<=") || isNext("(?<!")) {
            throw notSupported("a look-behind", start, "write the alternatives out");
        } else if (isNext("(?<")) {
            length = groupNameEnd(start) - start;
        } else if (isNext("(?P<")) {
            throw notValid("a named group as Python writes it", start, "write (?<name>…)");
        } else if (isNext("(?")) {
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
        int end = start + "(?".length();
        while (end < pattern.length() && "imsxu-".indexOf(pattern.charAt(end)) >= 0) {
            end++;
        }
        if (end > start + "(?".length() && end < pattern.length() && ":)".indexOf(pattern.charAt(end)) >= 0) {
            return notSupported("flags", start, "write both cases as in [Aa]");
        }
        return notValid("an unknown kind of group", start, "write (?:…) or (…)");
    }

    private int groupNameEnd(int start) {
        int end = start + "(?<".length();
        while (end < pattern.length()
                && (Character.isUnicodeIdentifierPart(pattern.charAt(end)) || pattern.charAt(end) == '$')) {
            end++;
        }
        if (end == start + "(?<".length() || end == pattern.length() || pattern.charAt(end) != '>') {
            throw notValid("a group without a proper name", start, "write (?<name>…)");
        }
        return end + 1;
    }

    /** Reads what is in a group and its end. */
    private PatternPart inGroup(int start, int prefixLength) {
        at += prefixLength;
        depth++;
        if (depth > MAX_DEPTH) {
            throw notSupported("more than " + MAX_DEPTH + " groups within each other", start, "write fewer groups");
        }
        PatternPart inside = disjunction();
        depth--;
        if (!take(")")) {
            throw notValid("\"(\" without \")\"", start, "close the group, or write \"\\(\" for the character itself");
        }
        return inside;
    }

    /** Whether a quantifier comes next. */
    private boolean isQuantifier() {
        char c = at < pattern.length() ? pattern.charAt(at) : 0;
        return c == '*' || c == '+' || c == '?' || (c == '{' && countEnd() > 0);
    }

    /** Returns the index after the counts in braces that come next, or -1 if the braces are no counts. */
    private int countEnd() {
        int end = at + 1;
        boolean isComma = false;
        while (end < pattern.length() && (isDigit(pattern.charAt(end)) || (pattern.charAt(end) == ',' && !isComma))) {
            isComma |= pattern.charAt(end) == ',';
            end++;
        }
        if (end == at + 1 || end == pattern.length() || pattern.charAt(end) != '}') {
            return -1;
        }
        if (pattern.charAt(at + 1) == ',') {
            throw notValid("counts without a minimum", at, "write {0" + pattern.substring(at + 1, end + 1));
        }
        return end + 1;
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
        if (isNext("{")) {
            int end = countEnd();
            String[] counts = pattern.substring(at + 1, end - 1).split(",", -1);
            min = count(counts[0]);
            if (counts.length == 1 || !counts[1].isEmpty()) {
                max = count(counts[counts.length - 1]);
            }
            if (max < min) {
                throw notValid("counts whose maximum is below their minimum", at, "write the smaller one first");
            }
            at = end;
        } else if (take("?")) {
            max = 1;
        } else if (take("+")) {
            min = 1;
        } else {
            at++; // the star
        }
        take("?"); // lazy
        if (isQuantifier()) {
            throw notValid("a quantifier after another", at, "put what is repeated twice in a group");
        }
        return repeated(part, min, max, start, innerCount);
    }

    private int count(String digits) {
        int count = 0;
        for (int i = 0; i < digits.length() && count <= MAX_COUNT; i++) {
            count = count * 10 + (digits.charAt(i) - '0');
        }
        if (count > MAX_COUNT) {
            throw notSupported("a count above " + MAX_COUNT, at, "write a smaller count, or maxLength");
        }
        return count;
    }

    private PatternPart repeated(PatternPart part, int min, int max, int start, long innerCount) {
        int finite = max == Regexes.UNBOUNDED ? Math.max(min, 1) : Math.max(max, 1);
        nestedCount = Math.max(nestedCount, finite * innerCount);
        if (finite > 1 && nestedCount > MAX_NESTED_COUNT) {
            throw notSupported(
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
        throw notSupported("an anchor in what is repeated", start, "move ^ and $ out of the repeated group");
    }

    /** Reads what stands for one character: itself, an escape, a class. */
    private CodePointSet characters() {
        int start = at;
        int c = next();
        return switch (c) {
            case '.' -> LINE_END.not();
            case '[' -> characterClass(start);
            case '\\' -> CodePointSet.ofRanges(escape(start, false));
            case '*', '+', '?' -> throw nothingToRepeat(start);
            case '{' -> {
                at = start;
                if (isQuantifier()) {
                    throw nothingToRepeat(start);
                }
                at++;
                yield CodePointSet.of("{");
            }
            default -> CodePointSet.of(c, c);
        };
    }

    private TextConstraintException nothingToRepeat(int start) {
        return notValid(
                "a quantifier that has nothing to repeat", start, "write \"\\\" before it for the character itself");
    }

    /** Reads a class after its bracket. */
    private CodePointSet characterClass(int start) {
        boolean isNegative = take("^");
        List<CodePointSet.Range> ranges = new ArrayList<>();
        while (!take("]")) {
            if (at == pattern.length()) {
                throw notValid(
                        "\"[\" without \"]\"", start, "close the class, or write \"\\[\" for the character itself");
            }
            int first = at;
            List<CodePointSet.Range> one = inClass();
            int dash = at;
            if (isSingle(one) && take("-") && at < pattern.length() && !isNext("]")) {
                List<CodePointSet.Range> last = inClass();
                if (isSingle(last)) {
                    ranges.add(range(one, last, first));
                    continue;
                }
            }
            at = dash; // if there is one, it stands for itself
            ranges.addAll(one);
        }
        CodePointSet all = CodePointSet.ofRanges(ranges);
        return isNegative ? all.not() : all;
    }

    private CodePointSet.Range range(List<CodePointSet.Range> first, List<CodePointSet.Range> last, int start) {
        int from = first.get(0).first();
        int to = last.get(0).first();
        if (to < from) {
            throw notValid(
                    "a range whose end is before its beginning, " + pattern.substring(start, at),
                    start,
                    "write the smaller character first");
        }
        return new CodePointSet.Range(from, to);
    }

    private List<CodePointSet.Range> inClass() {
        int start = at;
        int c = next();
        return c == '\\' ? escape(start, true) : List.of(new CodePointSet.Range(c, c));
    }

    /** Reads an escape after its backslash; a single code point may be half a surrogate pair. */
    private List<CodePointSet.Range> escape(int start, boolean isInClass) {
        if (at == pattern.length()) {
            throw notValid("\"\\\" at the end", start, "write \"\\\\\" for the character itself");
        }
        int c = next();
        CodePointSet set = switch (c) {
            case 'd' -> DIGIT;
            case 'D' -> DIGIT.not();
            case 'w' -> WORD;
            case 'W' -> WORD.not();
            case 's' -> SPACE;
            case 'S' -> SPACE.not();
            case 'p' -> property(start);
            case 'P' -> property(start).not();
            default -> CodePointSet.NONE;
        };
        if ("dDwWsSpP".indexOf(c) >= 0) {
            return set.ranges();
        }
        int character = character(c, start, isInClass);
        return List.of(new CodePointSet.Range(character, character));
    }

    /** Returns the code point that an escape stands for. */
    private int character(int c, int start, boolean isInClass) {
        return switch (c) {
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'v' -> 0x0B;
            case 'f' -> '\f';
            case 'r' -> '\r';
            case 'c' -> control(start);
            case 'x' -> hex(2, start);
            case 'u' -> isNext("{") ? bracedHex(start) : unit(start);
            case '0' -> nul(start);
            case 'b', 'B' -> {
                if (isInClass && c == 'b') {
                    yield '\b';
                }
                throw notSupported("a word boundary", start, "write out the characters that may be before and after");
            }
            case 'k' -> throw notSupported("a back-reference", start, "write the alternatives out");
            default -> itself(c, start, isInClass);
        };
    }

    private int itself(int c, int start, boolean isInClass) {
        if (isDigit(c) && !isInClass) {
            throw notSupported("a back-reference", start, "write the alternatives out");
        } else if (c == 'A' || c == 'Z' || c == 'z') {
            throw notValid("an anchor of other languages", start, "write ^ or $");
        } else if (isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
            throw notValid("an unknown escape", start, "write the character without \"\\\" if it stands for itself");
        }
        return c;
    }

    private int control(int start) {
        int letter = at < pattern.length() ? next() : 0;
        if ((letter < 'a' || letter > 'z') && (letter < 'A' || letter > 'Z')) {
            throw notValid("\"\\c\" without a letter", start, "write a letter from A to Z after it");
        }
        return letter % 32;
    }

    private int nul(int start) {
        if (at < pattern.length() && isDigit(pattern.charAt(at))) {
            throw notValid("an octal escape", start, "write \\xHH");
        }
        return 0;
    }

    /** Reads a code unit, and the second one of a pair. */
    private int unit(int start) {
        int unit = hex(4, start);
        if (isNext("\\u") && !isNext("\\u{") && Character.isHighSurrogate((char) unit)) {
            int afterFirst = at;
            at += "\\u".length();
            int second = hex(4, afterFirst);
            if (Character.isLowSurrogate((char) second)) {
                return Character.toCodePoint((char) unit, (char) second);
            }
            at = afterFirst;
        }
        return unit;
    }

    private int hex(int digits, int start) {
        int end = at + digits;
        int value = 0;
        while (at < end) {
            int digit = at < pattern.length() ? hexDigit(pattern.charAt(at)) : -1;
            if (digit < 0) {
                throw notValid(
                        "an escape that needs " + digits + " hexadecimal digits", start, "write all of its digits");
            }
            value = value * 16 + digit;
            at++;
        }
        return value;
    }

    private int bracedHex(int start) {
        int end = pattern.indexOf('}', at);
        long value = end > at + 1 ? 0 : -1;
        for (int i = at + 1; i < end && value >= 0; i++) {
            int digit = hexDigit(pattern.charAt(i));
            value = digit < 0 || value > Character.MAX_CODE_POINT ? -1 : value * 16 + digit;
        }
        if (value < 0 || value > Character.MAX_CODE_POINT) {
            throw notValid("an escape without a code point", start, "write \\u{…} with a number from 0 to 10FFFF");
        }
        at = end + 1;
        return (int) value;
    }

    private CodePointSet property(int start) {
        int end = isNext("{") ? pattern.indexOf('}', at) : -1;
        if (end < 0) {
            throw notValid("a property without its name in braces", start, "write it as in \\p{Lu}");
        }
        String name = pattern.substring(at + 1, end);
        Optional<CodePointSet> set = UnicodeSets.named(name);
        if (set.isEmpty()) {
            throw notValid(
                    "the unknown property \"" + name + "\"", start, "write it as in \\p{Lu} or \\p{Script=Greek}");
        }
        at = end + 1;
        return set.get();
    }

    private static int hexDigit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private int next() {
        int c = pattern.codePointAt(at);
        at += Character.charCount(c);
        return c;
    }

    private boolean isNext(String text) {
        return pattern.startsWith(text, at);
    }

    private boolean take(String text) {
        boolean isNext = isNext(text);
        at += isNext ? text.length() : 0;
        return isNext;
    }

    private TextConstraintException notSupported(String found, int index, String remedy) {
        return TextConstraintException.notSupported(found + place(index), remedy);
    }

    private TextConstraintException notValid(String found, int index, String remedy) {
        return TextConstraintException.notValid(found + place(index), remedy);
    }

    private String place(int index) {
        String shown = pattern.length() <= MAX_SHOWN ? pattern : pattern.substring(0, MAX_SHOWN) + "…";
        return " at index " + index + " of the pattern " + shown;
    }
}
