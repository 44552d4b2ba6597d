package io.harmony4j.grammar;

import java.nio.charset.StandardCharsets;

/** Reads texts with expressions. */
final class Texts {
    private Texts() {}

    /** Returns whether a text is in a set. */
    static boolean matches(Regexes regexes, Regex set, String text) {
        return matches(regexes, set, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns whether a byte string is in a set. */
    static boolean matches(Regexes regexes, Regex set, byte[] bytes) {
        Regex left = set;
        for (byte value : bytes) {
            left = regexes.derivative(left, value & 0xFF);
        }
        return left.nullable();
    }
}
