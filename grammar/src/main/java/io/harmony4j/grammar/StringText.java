package io.harmony4j.grammar;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON strings as expressions over the bytes of their text. A string that may be anything is written as JSON allows: raw or with escapes. A string that a
 * schema says something about has one writing, the <em>canonical</em> one: what must be escaped is escaped in the shortest form, all else is raw. What stands
 * between the quotes of such a string is its <em>content</em>; so constraints on strings are sets of contents, and are combined as sets are. Not thread-safe.
 */
final class StringText {
    /** The characters that have an escape of two characters, and what follows the backslash in it. */
    private static final String SHORT = "\"\\\b\f\n\r\t";

    private static final String SHORT_LETTERS = "\"\\bfnrt";

    private static final CodePointSet CONTROLS = CodePointSet.of(0, 0x1F);
    private static final CodePointSet ESCAPED = CONTROLS.or(CodePointSet.of("\"\\"));
    private static final CodePointSet RAW = ESCAPED.not();
    private static final String HEX_DIGITS = "0123456789ABCDEF";
    private static final ByteSet HEX = bytesOf("0123456789ABCDEFabcdef");

    private final Regexes regexes;
    private final Map<CodePointSet, Regex> characters = new HashMap<>();
    private final Map<String, Regex> patterns = new HashMap<>();
    private final Regex quote;
    private final Regex freeCharacter;

    StringText(Regexes regexes) {
        this.regexes = regexes;
        this.quote = regexes.literal("\"");
        this.freeCharacter = regexes.union(List.of(Utf8Regex.of(regexes, RAW), freeEscape()));
    }

    Regexes regexes() {
        return regexes;
    }

    /** Returns all strings with their quotes, in any writing. */
    Regex free() {
        return free(0, Regexes.UNBOUNDED);
    }

    /**
     * Returns all strings of some lengths with their quotes, in any writing.
     *
     * @param min the fewest code points
     * @param max the most, or {@link Regexes#UNBOUNDED}
     */
    Regex free(int min, int max) {
        return quoted(regexes.repeat(freeCharacter, min, max));
    }

    /** Returns one string with its quotes; nothing if it has half a surrogate pair, which UTF-8 cannot say. */
    Regex literal(String value) {
        return quoted(content(value));
    }

    /** Returns contents with quotes around them. */
    Regex quoted(Regex contents) {
        return regexes.sequence(quote, contents, quote);
    }

    /** Returns the contents of all strings. */
    Regex content() {
        return content(0, Regexes.UNBOUNDED);
    }

    /**
     * Returns the contents of all strings of some lengths.
     *
     * @param min the fewest code points
     * @param max the most, or {@link Regexes#UNBOUNDED}
     */
    Regex content(int min, int max) {
        return regexes.repeat(character(CodePointSet.ALL), min, max);
    }

    /** Returns the content of one string; nothing if it has half a surrogate pair, which UTF-8 cannot say. */
    Regex content(String value) {
        Regex all = regexes.empty();
        StringBuilder text = new StringBuilder(); // what has one writing, since the last character that has two
        for (int codePoint : value.codePoints().toArray()) {
            if (!ESCAPED.containsAny(codePoint, codePoint)) {
                text.appendCodePoint(codePoint);
            } else if (SHORT.indexOf(codePoint) >= 0) {
                text.append('\\').append(SHORT_LETTERS.charAt(SHORT.indexOf(codePoint)));
            } else {
                all = regexes.sequence(
                        all, regexes.literal(text.toString()), character(CodePointSet.of(codePoint, codePoint)));
                text.setLength(0);
            }
            if (Character.getType(codePoint) == Character.SURROGATE) {
                return regexes.nothing();
            }
        }
        return regexes.sequence(all, regexes.literal(text.toString()));
    }

    /** Returns whether a set was made as the contents of one code point of some kind. */
    boolean isCharacter(Regex set) {
        return characters.containsValue(set);
    }

    /** Returns the contents of one code point of a set. */
    Regex character(CodePointSet set) {
        return characters.computeIfAbsent(
                set, any -> regexes.union(List.of(Utf8Regex.of(regexes, any.and(RAW)), canonicalEscape(any))));
    }

    /** Returns all contents but the given ones. */
    Regex except(Regex contents) {
        return regexes.difference(content(), contents);
    }

    /**
     * Returns the contents of the strings in which a pattern of ECMA-262 matches.
     *
     * @throws TextConstraintException if the pattern is wrong, or has what is not supported
     */
    Regex pattern(String pattern) {
        Regex known = patterns.get(pattern);
        if (known == null) {
            known = PatternParser.parse(regexes, this, pattern);
            patterns.put(pattern, known);
        }
        return known;
    }

    /** Returns the canonical writing of those code points of a set that must be escaped. */
    private Regex canonicalEscape(CodePointSet set) {
        ByteSet letters = ByteSet.NONE;
        for (int i = 0; i < SHORT.length(); i++) {
            if (set.containsAny(SHORT.charAt(i), SHORT.charAt(i))) {
                letters = letters.or(ByteSet.of(SHORT_LETTERS.charAt(i)));
            }
        }
        Regex hex = regexes.union(List.of(hexEscape(set, 0x00), hexEscape(set, 0x10)));
        return regexes.sequence(
                regexes.literal("\\"),
                regexes.union(List.of(regexes.bytes(letters), regexes.sequence(regexes.literal("u00"), hex))));
    }

    /** Returns the last two digits of the escapes of 16 control characters, as far as these are in a set and have no shorter escape. */
    private Regex hexEscape(CodePointSet set, int first) {
        ByteSet digits = ByteSet.NONE;
        for (int i = 0; i < HEX_DIGITS.length(); i++) {
            if (set.containsAny(first + i, first + i) && SHORT.indexOf(first + i) < 0) {
                digits = digits.or(ByteSet.of(HEX_DIGITS.charAt(i)))
                        .or(ByteSet.of(Character.toLowerCase(HEX_DIGITS.charAt(i))));
            }
        }
        return regexes.sequence(regexes.literal(first == 0 ? "0" : "1"), regexes.bytes(digits));
    }

    /** Returns all escapes; those of surrogates come in pairs only. */
    private Regex freeEscape() {
        Regex hex = regexes.bytes(HEX);
        Regex d = regexes.bytes(bytesOf("dD"));
        Regex notD = regexes.bytes(HEX.and(bytesOf("dD").not()));
        Regex low = regexes.sequence(regexes.literal("\\u"), d, regexes.bytes(bytesOf("CDEFcdef")), hex, hex);
        Regex afterD = regexes.union(List.of(
                regexes.sequence(regexes.bytes(ByteSet.range('0', '7')), hex, hex),
                regexes.sequence(regexes.bytes(bytesOf("89ABab")), hex, hex, low)));
        Regex digits = regexes.union(List.of(regexes.sequence(notD, hex, hex, hex), regexes.sequence(d, afterD)));
        return regexes.sequence(
                regexes.literal("\\"),
                regexes.union(List.of(
                        regexes.bytes(bytesOf(SHORT_LETTERS + "/")), regexes.sequence(regexes.literal("u"), digits))));
    }

    private static ByteSet bytesOf(String ascii) {
        return ascii.chars().mapToObj(ByteSet::of).reduce(ByteSet.NONE, ByteSet::or);
    }
}
