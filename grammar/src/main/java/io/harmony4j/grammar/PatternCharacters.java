package io.harmony4j.grammar;

import java.util.ArrayList;
import java.util.List;

/** Reads what stands for one character in a pattern: itself, an escape, a class. */
final class PatternCharacters {
    private static final String DIGITS = "0123456789";
    private static final int HEX = 16;

    private static final CodePointSet DIGIT = CodePointSet.of('0', '9');
    private static final CodePointSet WORD =
            DIGIT.or(CodePointSet.of('A', 'Z')).or(CodePointSet.of('a', 'z')).or(CodePointSet.of("_"));
    private static final CodePointSet LINE_END = CodePointSet.of("\n\r\u2028\u2029");

    /** WhiteSpace and LineTerminator: those of Unicode's Space_Separator stand one by one. */
    private static final CodePointSet SPACE = LINE_END.or(CodePointSet.of("\t\u000B\f\uFEFF"))
            .or(CodePointSet.of(" \u00A0\u1680\u202F\u205F\u3000"))
            .or(CodePointSet.of(0x2000, 0x200A));

    private final PatternText text;

    PatternCharacters(PatternText text) {
        this.text = text;
    }

    /** Reads the next of them. */
    CodePointSet next() {
        int start = text.index();
        int c = text.next();
        return switch (c) {
            case '.' -> LINE_END.not();
            case '[' -> characterClass(start);
            case '\\' -> CodePointSet.ofRanges(escape(start, false));
            default -> CodePointSet.of(c, c);
        };
    }

    /** Returns whether ranges are one code point. */
    static boolean isSingle(List<CodePointSet.Range> ranges) {
        return ranges.size() == 1 && ranges.get(0).first() == ranges.get(0).last();
    }

    /** Reads a class after its bracket. */
    private CodePointSet characterClass(int start) {
        boolean isNegative = text.take("^");
        List<CodePointSet.Range> ranges = new ArrayList<>();
        while (!text.take("]")) {
            if (text.isEnd()) {
                throw text.notValid(
                        "\"[\" without \"]\"", start, "close the class, or write \"\\[\" for the character itself");
            }
            ranges.addAll(member());
        }
        CodePointSet all = CodePointSet.ofRanges(ranges);
        return isNegative ? all.not() : all;
    }

    /** Reads a character, a range or an escape in a class. */
    private List<CodePointSet.Range> member() {
        int start = text.index();
        List<CodePointSet.Range> first = inClass();
        int dash = text.index();
        if (isSingle(first) && text.take("-") && !text.isEnd() && !text.isNext("]")) {
            List<CodePointSet.Range> last = inClass();
            if (isSingle(last)) {
                return List.of(range(first.get(0).first(), last.get(0).first(), start));
            }
        }
        text.goTo(dash); // if there is one, it stands for itself
        return first;
    }

    private CodePointSet.Range range(int first, int last, int start) {
        if (last < first) {
            throw text.notValid(
                    "a range whose end is before its beginning, " + text.since(start),
                    start,
                    "write the smaller character first");
        }
        return new CodePointSet.Range(first, last);
    }

    private List<CodePointSet.Range> inClass() {
        int start = text.index();
        int c = text.next();
        return c == '\\' ? escape(start, true) : List.of(new CodePointSet.Range(c, c));
    }

    /** Reads an escape after its backslash; a single code point may be half a surrogate pair. */
    private List<CodePointSet.Range> escape(int start, boolean isInClass) {
        if (text.isEnd()) {
            throw text.notValid("\"\\\" at the end", start, "write \"\\\\\" for the character itself");
        }
        int c = text.next();
        return switch (c) {
            case 'd' -> DIGIT.ranges();
            case 'D' -> DIGIT.not().ranges();
            case 'w' -> WORD.ranges();
            case 'W' -> WORD.not().ranges();
            case 's' -> SPACE.ranges();
            case 'S' -> SPACE.not().ranges();
            case 'p' -> property(start).ranges();
            case 'P' -> property(start).not().ranges();
            default -> {
                int character = character(c, start, isInClass);
                yield List.of(new CodePointSet.Range(character, character));
            }
        };
    }

    private CodePointSet property(int start) {
        int end = text.take("{") ? text.indexOf('}') : -1;
        if (end < 0) {
            throw text.notValid("a property without its name in braces", start, "write it as in \\p{Lu}");
        }
        String name = text.upTo(end);
        text.goTo(end + 1);
        return UnicodeSets.named(name)
                .orElseThrow(() -> text.notValid(
                        "the unknown property \"" + name + "\"", start, "write it as in \\p{Lu} or \\p{Script=Greek}"));
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
            case 'u' -> text.take("{") ? bracedHex(start) : unit(start);
            case '0' -> nul(start);
            case 'b', 'B' -> {
                if (isInClass && c == 'b') {
                    yield '\b';
                }
                throw text.notSupported(
                        "a word boundary", start, "write out the characters that may be before and after");
            }
            case 'k' -> throw text.notSupported("a back-reference", start, "write the alternatives out");
            default -> itself(c, start, isInClass);
        };
    }

    private int itself(int c, int start, boolean isInClass) {
        boolean isDigit = DIGITS.indexOf(c) >= 0;
        if (isDigit && !isInClass) {
            throw text.notSupported("a back-reference", start, "write the alternatives out");
        } else if (c == 'A' || c == 'Z' || c == 'z') {
            throw text.notValid("an anchor of other languages", start, "write ^ or $");
        } else if (isDigit || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
            throw text.notValid(
                    "an unknown escape", start, "write the character without \"\\\" if it stands for itself");
        }
        return c;
    }

    private int control(int start) {
        int letter = text.isEnd() ? 0 : text.next();
        if ((letter < 'a' || letter > 'z') && (letter < 'A' || letter > 'Z')) {
            throw text.notValid("\"\\c\" without a letter", start, "write a letter from A to Z after it");
        }
        return letter % 32;
    }

    private int nul(int start) {
        if (!text.isEnd() && DIGITS.indexOf(text.peek()) >= 0) {
            throw text.notValid("an octal escape", start, "write \\xHH");
        }
        return 0;
    }

    /** Reads a code unit, and the second one of a pair. */
    private int unit(int start) {
        int unit = hex(4, start);
        int afterFirst = text.index();
        if (Character.isHighSurrogate((char) unit) && !text.isNext("\\u{") && text.take("\\u")) {
            int second = hex(4, afterFirst);
            if (Character.isLowSurrogate((char) second)) {
                return Character.toCodePoint((char) unit, (char) second);
            }
            text.goTo(afterFirst);
        }
        return unit;
    }

    private int hex(int digits, int start) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = text.isEnd() ? -1 : hexDigit(text.next());
            if (digit < 0) {
                throw text.notValid(
                        "an escape that needs " + digits + " hexadecimal digits", start, "write all of its digits");
            }
            value = value * HEX + digit;
        }
        return value;
    }

    private int bracedHex(int start) {
        int value = text.isNext("}") ? -1 : 0;
        while (value >= 0 && !text.isEnd() && !text.isNext("}")) {
            int digit = hexDigit(text.next());
            value = digit < 0 ? -1 : value * HEX + digit;
            value = value > Character.MAX_CODE_POINT ? -1 : value;
        }
        if (value < 0 || !text.take("}")) {
            throw text.notValid("an escape without a code point", start, "write \\u{…} with a number from 0 to 10FFFF");
        }
        return value;
    }

    private static int hexDigit(int c) {
        return c < 0x80 ? Character.digit(c, HEX) : -1;
    }
}
