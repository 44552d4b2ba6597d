package io.harmony4j.bench;

import java.util.Locale;

/** Text in ASCII, as in quotes in a Java program, so that every character can be told apart. */
final class Escaped {
    private Escaped() {}

    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '"', '\\' -> quoted.append('\\').append(c);
                default -> quoted.append(c >= ' ' && c < 0x7F ? String.valueOf(c) : unicode(c));
            }
        }
        return quoted.append('"').toString();
    }

    private static String unicode(char c) {
        return String.format(Locale.ROOT, "\\u%04X", (int) c);
    }
}
