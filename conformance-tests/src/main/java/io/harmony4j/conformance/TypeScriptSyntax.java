package io.harmony4j.conformance;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a text is a type of TypeScript, of the kinds that prompts have: words, literals, arrays, tuples, objects, unions and intersections. A
 * type of another kind is taken for none. Belongs to one text.
 */
final class TypeScriptSyntax {
    private static final int END = -1;

    private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    /** How deep types may be nested. */
    private static final int MAX_DEPTH = 1000;

    private final String text;
    private int at;

    /** Whether the next token begins a line. */
    private boolean isFirstOfLine;

    private int depth;

    private TypeScriptSyntax(String text) {
        this.text = text;
    }

    /** Returns whether the text is a type, also if something follows it on the last line. */
    static boolean isType(String text) {
        TypeScriptSyntax syntax = new TypeScriptSyntax(text + ")");
        syntax.skip();
        return syntax.type() && syntax.accept(')') && syntax.next() == END;
    }

    private boolean type() {
        if (++depth > MAX_DEPTH) {
            return false;
        }
        accept('|');
        boolean isType = intersection();
        while (isType && accept('|')) {
            isType = intersection();
        }
        depth--;
        return isType;
    }

    private boolean intersection() {
        accept('&');
        boolean isType = array();
        while (isType && accept('&')) {
            isType = array();
        }
        return isType;
    }

    private boolean array() {
        boolean isType = single();
        while (isType && next() == '[' && !isFirstOfLine) {
            isType = accept('[') && accept(']');
        }
        return isType;
    }

    private boolean single() {
        return switch (next()) {
            case '(' -> accept('(') && type() && accept(')');
            case '[' -> accept('[') && tuple();
            case '{' -> accept('{') && (isMapped() ? mapped() : members());
            case '"' -> string();
            case '-' -> accept('-') && number();
            default -> Character.isDigit(next()) ? number() : word() != null && arguments();
        };
    }

    /** Type arguments, as in {@code Array<any>}. */
    private boolean arguments() {
        if (!accept('<')) {
            return true;
        }
        boolean isType = type();
        while (isType && accept(',')) {
            isType = type();
        }
        return isType && accept('>');
    }

    private boolean tuple() {
        while (next() != ']') {
            if (text.startsWith("...", at)) {
                at += 2;
                accept('.');
            }
            boolean isElement = type();
            accept('?');
            if (!isElement || (next() != ']' && !accept(','))) {
                return false;
            }
        }
        return accept(']');
    }

    private boolean isMapped() {
        int start = at;
        boolean first = isFirstOfLine;
        boolean isMapped = accept('[') && word() != null && "in".equals(word());
        at = start;
        isFirstOfLine = first;
        return isMapped;
    }

    private boolean mapped() {
        accept('[');
        word();
        word();
        boolean hasKeys = type() && accept(']');
        accept('?');
        boolean isType = hasKeys && accept(':') && type();
        accept(';');
        return isType && accept('}');
    }

    private boolean members() {
        while (next() != '}') {
            if (!member()) {
                return false;
            }
            boolean isSeparated = accept(',') || accept(';');
            if (!isSeparated && next() != '}' && !isFirstOfLine) {
                return false;
            }
        }
        return accept('}');
    }

    private boolean member() {
        boolean isNamed;
        if (accept('[')) {
            isNamed = word() != null && accept(':') && type() && accept(']');
        } else if (next() == '"') {
            isNamed = string();
        } else {
            isNamed = Character.isDigit(next()) ? number() : word() != null;
        }
        accept('?');
        return isNamed && (!accept(':') || type());
    }

    private int next() {
        return at < text.length() ? text.codePointAt(at) : END;
    }

    private boolean accept(char token) {
        if (next() != token) {
            return false;
        }
        at++;
        skip();
        return true;
    }

    private @Nullable String word() {
        int start = at;
        while (next() == '$' || next() == '_' || (next() != END && isOfWord(next(), at == start))) {
            at += Character.charCount(next());
        }
        if (at == start) {
            return null;
        }
        String word = text.substring(start, at);
        skip();
        return word;
    }

    private static boolean isOfWord(int codePoint, boolean isFirst) {
        return isFirst ? Character.isUnicodeIdentifierStart(codePoint) : Character.isUnicodeIdentifierPart(codePoint);
    }

    private boolean number() {
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        if (!number.lookingAt()) {
            return false;
        }
        at = number.end();
        boolean isOver = next() == END || (!isOfWord(next(), true) && next() != '_' && next() != '$');
        skip();
        return isOver;
    }

    private boolean string() {
        at++;
        while (next() != '"') {
            if (next() == END || next() == '\n' || next() == '\r') {
                return false;
            }
            at += next() == '\\' && at + 1 < text.length() ? 2 : 1;
        }
        return accept('"');
    }

    /** Goes on to the next token, past white space and comments. */
    private void skip() {
        isFirstOfLine = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (text.startsWith("//", at)) {
                while (at < text.length() && !isLineEnd(text.charAt(at))) {
                    at++;
                }
            } else if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                isFirstOfLine |= isLineEnd(c);
                at++;
            } else {
                return;
            }
        }
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029';
    }
}
