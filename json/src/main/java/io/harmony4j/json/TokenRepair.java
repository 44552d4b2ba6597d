package io.harmony4j.json;

import io.harmony4j.json.JsonRepair.Change.Kind;
import java.util.Map;

/**
 * The work of {@link JsonRepair} on names and on values without brackets. What the end of the text leaves open is kept for
 * {@link #completion}. Belongs to one text.
 */
final class TokenRepair {
    private static final Map<String, String> LITERALS =
            Map.of("true", "true", "false", "false", "null", "null", "True", "true", "False", "false", "None", "null");

    private static final int HEX_DIGITS = 4;

    /** Stands for an escape that the end of the text cut off. */
    private static final int CUT_OFF_ESCAPE = -1;

    /** What became of a token. */
    enum Outcome {
        COPIED,
        /** The text ends in it, and what is there means nothing yet. */
        CUT_OFF,
        BROKEN
    }

    private final RepairedText text;
    private String completion = "";

    TokenRepair(RepairedText text) {
        this.text = text;
    }

    /** Returns what the last token still needs to be whole; not empty only if the text ends in it. */
    String completion() {
        return completion;
    }

    /** Reads a field's name. */
    Outcome name() {
        char c = text.next();
        if (c == '"' || c == '\'') {
            return string(c) ? Outcome.COPIED : Outcome.CUT_OFF;
        }
        if (!isNameStart(c)) {
            return Outcome.BROKEN;
        }
        int to = text.at;
        while (to < text.end && isNamePart(text.text.charAt(to))) {
            to++;
        }
        text.replaceTo(to, '"' + text.text.substring(text.at, to) + '"', Kind.BARE_NAME);
        return text.isAtEnd() ? Outcome.CUT_OFF : Outcome.COPIED;
    }

    /**
     * Reads a value that does not begin with a bracket.
     *
     * @param isInside whether it is a part of an object or array; otherwise the beginning of a literal is not completed
     */
    Outcome value(boolean isInside) {
        char c = text.next();
        if (c == '"' || c == '\'') {
            completion = string(c) ? "" : "\"";
            return Outcome.COPIED;
        }
        return c == '-' || isDigit(c) ? number() : literal(isInside);
    }

    /** Reads a string, and returns whether it was closed; if not, the copy ends after its last whole character. */
    private boolean string(char quote) {
        if (quote == '"') {
            text.copyTo(text.at + 1);
        } else {
            text.replaceTo(text.at + 1, "\"", Kind.SINGLE_QUOTES);
        }
        int whole = text.at;
        int wholeOut = text.out.length();
        while (!text.isAtEnd()) {
            char c = text.next();
            if (c == quote) {
                text.out.append('"');
                text.at++;
                return true;
            }
            int unit = c == '\\' ? escape() : character(c);
            if (unit == CUT_OFF_ESCAPE) {
                break;
            }
            if (!Character.isHighSurrogate((char) unit)) {
                whole = text.at;
                wholeOut = text.out.length();
            }
        }
        if (whole < text.end) {
            text.cutOff(whole, wholeOut);
        }
        return false;
    }

    /** Reads a character of a string and returns it. */
    private int character(char c) {
        if (c < ' ') {
            text.replaceTo(text.at + 1, escaped(c), Kind.CONTROL_CHARACTER);
        } else if (c == '"') {
            text.out.append("\\\"");
            text.at++;
        } else {
            text.copyTo(text.at + 1);
        }
        return c;
    }

    private static String escaped(char control) {
        return switch (control) {
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format("\\u%04x", (int) control);
        };
    }

    /** Reads an escape and returns the UTF-16 code unit that it ends with or stands for. */
    private int escape() {
        if (text.at + 1 == text.end) {
            return CUT_OFF_ESCAPE;
        }
        char c = text.text.charAt(text.at + 1);
        if ("\"\\/bfnrt".indexOf(c) >= 0) {
            text.copyTo(text.at + 2);
            return c;
        }
        if (c == '\'') {
            text.replaceTo(text.at + 2, "'", Kind.ESCAPE);
            return c;
        }
        if (c == 'u') {
            int digits = text.at + 2;
            int to = digits;
            while (to < text.end && to < digits + HEX_DIGITS && isHexDigit(text.text.charAt(to))) {
                to++;
            }
            if (to == digits + HEX_DIGITS) {
                text.copyTo(to);
                return Integer.parseInt(text.text, digits, to, 16);
            }
            if (to == text.end) {
                return CUT_OFF_ESCAPE;
            }
        }
        text.replaceTo(text.at + 1, "\\\\", Kind.ESCAPE);
        return '\\';
    }

    private Outcome number() {
        int to = text.at;
        while (to < text.end && isNumberPart(text.text.charAt(to))) {
            to++;
        }
        String number = text.text.substring(text.at, to);
        int valid = validNumber(number);
        if (valid == number.length()) {
            text.copyTo(to);
            return Outcome.COPIED;
        }
        boolean isCutOff = to == text.end && validNumber(number + '0') > number.length();
        if (!isCutOff) {
            return Outcome.BROKEN;
        }
        if (valid == 0) {
            return Outcome.CUT_OFF;
        }
        text.copyTo(text.at + valid);
        text.cutOff(text.at, text.out.length());
        return Outcome.COPIED;
    }

    /** Returns the length of the longest JSON number that the text begins with, or 0. */
    private static int validNumber(String number) {
        int start = number.startsWith("-") ? 1 : 0;
        int valid = number.startsWith("0", start) ? start + 1 : digits(number, start);
        if (valid == start) {
            return 0;
        }
        if (number.startsWith(".", valid)) {
            int to = digits(number, valid + 1);
            if (to == valid + 1) {
                return valid;
            }
            valid = to;
        }
        if (number.startsWith("e", valid) || number.startsWith("E", valid)) {
            int sign = valid + 1;
            int exponent = number.startsWith("+", sign) || number.startsWith("-", sign) ? sign + 1 : sign;
            int to = digits(number, exponent);
            return to == exponent ? valid : to;
        }
        return valid;
    }

    /** Returns where the digits end that begin at an index. */
    private static int digits(String number, int from) {
        int to = from;
        while (to < number.length() && isDigit(number.charAt(to))) {
            to++;
        }
        return to;
    }

    private Outcome literal(boolean isInside) {
        int to = text.at;
        while (to < text.end && isLetter(text.text.charAt(to))) {
            to++;
        }
        String word = text.text.substring(text.at, to);
        boolean mayGoOn = isInside && to == text.end;
        for (Map.Entry<String, String> entry : LITERALS.entrySet()) {
            String literal = entry.getKey();
            if (word.equals(literal) || (mayGoOn && literal.startsWith(word) && !word.isEmpty())) {
                String json = entry.getValue();
                if (json.startsWith(word)) {
                    text.copyTo(to);
                } else {
                    text.replaceTo(to, json.substring(0, word.length()), Kind.PYTHON_LITERAL);
                }
                completion = json.substring(word.length());
                return Outcome.COPIED;
            }
        }
        return Outcome.BROKEN;
    }

    private static boolean isNameStart(char c) {
        return isLetter(c) || c == '_' || c == '$';
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || isDigit(c) || c == '-';
    }

    private static boolean isNumberPart(char c) {
        return isDigit(c) || c == '+' || c == '-' || c == '.' || c == 'e' || c == 'E';
    }

    private static boolean isHexDigit(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
