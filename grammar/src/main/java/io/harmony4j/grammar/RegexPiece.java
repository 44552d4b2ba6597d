package io.harmony4j.grammar;

import java.util.Locale;

/**
 * A piece of a regular expression over characters, in the notation that all dialects have in common.
 *
 * @param text the expression
 * @param binding what holds it together
 */
record RegexPiece(String text, Binding binding) {
    static final RegexPiece EMPTY = new RegexPiece("", Binding.SEQUENCE);

    /** How tightly an expression holds together. */
    enum Binding {
        /** Alternatives with bars between them. */
        CHOICE,
        /** One thing after the other. */
        SEQUENCE,
        /** One character, class or group. */
        ONE
    }

    /** Returns one of some characters. */
    static RegexPiece of(CodePointSet set) {
        var one = set.only();
        return new RegexPiece(
                one.isPresent() ? outside(one.getAsInt()) : set.characterClass(RegexPiece::inClass), Binding.ONE);
    }

    /** Returns a text. */
    static RegexPiece of(String text) {
        RegexPiece all = EMPTY;
        for (int codePoint : text.codePoints().toArray()) {
            all = all.then(new RegexPiece(outside(codePoint), Binding.ONE));
        }
        return all;
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    RegexPiece then(RegexPiece next) {
        if (isEmpty()) {
            return next;
        }
        return next.isEmpty() ? this : new RegexPiece(inSequence() + next.inSequence(), Binding.SEQUENCE);
    }

    RegexPiece or(RegexPiece other) {
        if (equals(other)) {
            return this;
        } else if (isEmpty()) {
            return other.repeated(0, 1);
        } else if (other.isEmpty()) {
            return repeated(0, 1);
        }
        return new RegexPiece(text + "|" + other.text, Binding.CHOICE);
    }

    /**
     * Returns this, so many times.
     *
     * @param max the most, or {@link Regexes#UNBOUNDED}
     */
    RegexPiece repeated(int min, int max) {
        if (isEmpty() || max == 0) {
            return EMPTY;
        } else if (min == 1 && max == 1) {
            return this;
        }
        String one = binding == Binding.ONE ? text : group();
        return new RegexPiece(one + count(min, max), Binding.SEQUENCE);
    }

    private static String count(int min, int max) {
        if (max == Regexes.UNBOUNDED) {
            return min == 0 ? "*" : min == 1 ? "+" : "{" + min + ",}";
        } else if (min == 0 && max == 1) {
            return "?";
        }
        return min == max ? "{" + min + "}" : "{" + min + "," + max + "}";
    }

    private String inSequence() {
        return binding == Binding.CHOICE ? group() : text;
    }

    private String group() {
        return "(" + text + ")";
    }

    private static String inClass(int codePoint) {
        return escaped(codePoint, "\\[]^-");
    }

    private static String outside(int codePoint) {
        return escaped(codePoint, "\\.[]{}()*+?^$|");
    }

    private static String escaped(int codePoint, String special) {
        if (codePoint < ' ' || codePoint == 0x7F) {
            return String.format(Locale.ROOT, "\\x%02X", codePoint);
        }
        return (special.indexOf(codePoint) >= 0 ? "\\" : "") + Character.toString(codePoint);
    }
}
