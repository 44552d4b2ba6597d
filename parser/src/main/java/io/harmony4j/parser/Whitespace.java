package io.harmony4j.parser;

/** The 25 characters with Unicode's White_Space property; Java's own notions of a space are others. */
final class Whitespace {
    private Whitespace() {}

    static boolean is(char c) {
        return (c >= '\t' && c <= '\r')
                || c == ' '
                || c == '\u0085'
                || c == '\u00A0'
                || c == '\u1680'
                || (c >= '\u2000' && c <= '\u200A')
                || c == '\u2028'
                || c == '\u2029'
                || c == '\u202F'
                || c == '\u205F'
                || c == '\u3000';
    }

    /** Returns the index of the first character from an index on that is not white space, or the length. */
    static int skip(CharSequence text, int from) {
        int i = from;
        while (i < text.length() && is(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** Returns the index of the first white space from an index on, or the length. */
    static int find(CharSequence text, int from) {
        int i = from;
        while (i < text.length() && !is(text.charAt(i))) {
            i++;
        }
        return i;
    }

    static boolean isBlank(CharSequence text) {
        return skip(text, 0) == text.length();
    }

    static String trimStart(String text) {
        return text.substring(skip(text, 0));
    }

    static String trimEnd(String text) {
        int end = text.length();
        while (end > 0 && is(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }
}
