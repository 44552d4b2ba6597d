package io.harmony4j.cli;

import java.util.Map;

/**
 * What is known of the terminal. Java cannot say whether a stream is one, so the launcher tells it in system properties;
 * without it, nothing is taken for a terminal.
 */
final class Terminal {
    private static final String RESET = "\u001B[0m";

    /** Background colours that are easy to tell apart beside each other, from the 256-colour palette. */
    private static final int[] BACKGROUNDS = {153, 157, 223, 219, 229};

    private static final int SPECIAL_BACKGROUND = 203;

    private Terminal() {}

    static boolean isOutput() {
        return Boolean.getBoolean("harmony.terminal.stdout");
    }

    static boolean isError() {
        return Boolean.getBoolean("harmony.terminal.stderr");
    }

    /** Returns whether to write colours: to a terminal, unless NO_COLOR is set (https://no-color.org). */
    static boolean hasColor(Map<String, String> environment) {
        return isOutput() && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** Returns a text on one of the backgrounds, which alternate with the index. */
    static String token(String text, int index, boolean isSpecial) {
        return colored(text, isSpecial ? SPECIAL_BACKGROUND : BACKGROUNDS[index % BACKGROUNDS.length]);
    }

    /** Returns the text in black on a background; each of its lines for itself, so that none colours the whole row. */
    private static String colored(String text, int background) {
        String begin = "\u001B[30;48;5;" + background + "m";
        return begin + text.replace("\n", "\u23CE" + RESET + "\n" + begin) + RESET;
    }
}
