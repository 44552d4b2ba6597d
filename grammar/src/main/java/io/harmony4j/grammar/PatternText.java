package io.harmony4j.grammar;

/** The text of a pattern, read from its beginning to its end; it knows how to say where something is wrong. Belongs to one reading. */
final class PatternText {
    private static final int MAX_SHOWN = 80;

    private final String pattern;

    /** The index of the next character. */
    private int at;

    PatternText(String pattern) {
        this.pattern = pattern;
    }

    int index() {
        return at;
    }

    /** Goes to an index. */
    void goTo(int index) {
        at = index;
    }

    boolean isEnd() {
        return at == pattern.length();
    }

    /** Returns the next code unit without taking it; 0 at the end. */
    char peek() {
        return isEnd() ? 0 : pattern.charAt(at);
    }

    boolean isNext(String text) {
        return pattern.startsWith(text, at);
    }

    /** Takes a text if it is next; returns whether it was. */
    boolean take(String text) {
        boolean isNext = isNext(text);
        at += isNext ? text.length() : 0;
        return isNext;
    }

    /** Takes the next code point. */
    int next() {
        int c = pattern.codePointAt(at);
        at += Character.charCount(c);
        return c;
    }

    /** Returns the index of the first character from here on that is not one of a text. */
    int endOf(String characters) {
        int end = at;
        while (end < pattern.length() && characters.indexOf(pattern.charAt(end)) >= 0) {
            end++;
        }
        return end;
    }

    /** Returns the index of the next of a character; -1 if there is none. */
    int indexOf(char c) {
        return pattern.indexOf(c, at);
    }

    /** Returns the text from here to an index. */
    String upTo(int end) {
        return pattern.substring(at, end);
    }

    /** Returns the text from an index to here. */
    String since(int start) {
        return pattern.substring(start, at);
    }

    TextConstraintException notSupported(String found, int index, String remedy) {
        return TextConstraintException.notSupported(found + place(index), remedy);
    }

    TextConstraintException notValid(String found, int index, String remedy) {
        return TextConstraintException.notValid(found + place(index), remedy);
    }

    private String place(int index) {
        String shown = pattern.length() <= MAX_SHOWN ? pattern : pattern.substring(0, MAX_SHOWN) + "…";
        return " at index " + index + " of the pattern " + shown;
    }
}
