package io.harmony4j.grammar;

import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Spells characters in GBNF.
 *
 * @see <a href="https://github.com/ggml-org/llama.cpp/blob/master/grammars/README.md">llama.cpp: GBNF guide</a>
 */
final class GbnfSyntax {
    private GbnfSyntax() {}

    /** Returns the literal of a text. */
    static String literal(String text) {
        return text.codePoints().mapToObj(GbnfSyntax::inLiteral).collect(Collectors.joining("", "\"", "\""));
    }

    /** Returns a code point as it stands between the quotes of a literal. */
    static String inLiteral(int codePoint) {
        if (codePoint == '"' || codePoint == '\\') {
            return "\\" + (char) codePoint;
        }
        return codePoint >= ' ' && codePoint != 0x7F ? Character.toString(codePoint) : escaped(codePoint);
    }

    /** Returns one of some characters. */
    static String characters(CodePointSet set) {
        return set.characterClass(GbnfSyntax::inClass);
    }

    private static String inClass(int codePoint) {
        boolean isLetter = (codePoint >= '0' && codePoint <= '9')
                || (codePoint >= 'A' && codePoint <= 'Z')
                || (codePoint >= 'a' && codePoint <= 'z');
        return isLetter || " !#$%&'()*+,./:;<=>?@_`{|}~".indexOf(codePoint) >= 0
                ? Character.toString(codePoint)
                : escaped(codePoint);
    }

    private static String escaped(int codePoint) {
        String format = codePoint <= 0xFF ? "\\x%02X" : codePoint <= 0xFFFF ? "\\u%04X" : "\\U%08X";
        return String.format(Locale.ROOT, format, codePoint);
    }
}
