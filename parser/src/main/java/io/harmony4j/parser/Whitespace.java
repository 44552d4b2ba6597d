package io.harmony4j.parser;

import java.util.ArrayList;
import java.util.List;

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
        return skip(text, from, text.length());
    }

    /** Returns the index of the first character between two indices that is not white space, or the second. */
    static int skip(CharSequence text, int from, int to) {
        int i = from;
        while (i < to && is(text.charAt(i))) {
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

    /** Returns the index after the last character before an index that is not white space, or 0. */
    static int skipBack(CharSequence text, int to) {
        int i = to;
        while (i > 0 && is(text.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    static boolean isBlank(CharSequence text) {
        return skip(text, 0) == text.length();
    }

    /** Returns the words between white space. */
    static List<String> split(CharSequence text) {
        List<String> words = new ArrayList<>();
        for (int at = skip(text, 0); at < text.length(); at = skip(text, find(text, at))) {
            words.add(text.subSequence(at, find(text, at)).toString());
        }
        return words;
    }

    static String trimStart(String text) {
        return text.substring(skip(text, 0));
    }

    static String trimEnd(String text) {
        return text.substring(0, skipBack(text, text.length()));
    }
}
