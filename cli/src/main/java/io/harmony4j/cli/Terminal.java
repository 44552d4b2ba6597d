package io.harmony4j.cli;

import java.util.Map;

/**
 * What is known about the terminal. Java cannot say whether a stream is one, so the launcher says so in system
 * properties; without the launcher, no stream counts as a terminal.
 */
final class Terminal {
    private static final String RESET = "\u001B[0m";

    /** Background colours that are easy to tell apart side by side, from the 256-colour palette. */
    private static final int[] BACKGROUNDS = {153, 157, 223, 219, 229};

    private static final int SPECIAL_BACKGROUND = 203;

    private static final char DELETE = 0x7F;

    /** The pictures of the control characters U+0000 to U+001F, in their order. */
    private static final char FIRST_CONTROL_PICTURE = 0x2400;

    private static final char DELETE_PICTURE = 0x2421;
    private static final char RETURN_SYMBOL = 0x23CE;
    private static final char REPLACEMENT = 0xFFFD;

    private Terminal() {}

    static boolean isInput() {
        return Boolean.getBoolean("harmony.terminal.stdin");
    }

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

    /**
     * Returns a text in black on one of the backgrounds, which alternate with the index. Each line is coloured by itself,
     * so that none colours the rest of its row.
     */
    static String token(String text, int index, boolean isSpecial) {
        int background = isSpecial ? SPECIAL_BACKGROUND : BACKGROUNDS[index % BACKGROUNDS.length];
        String begin = "\u001B[30;48;5;" + background + "m";
        StringBuilder colored = new StringBuilder(begin);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                colored.append(RETURN_SYMBOL).append(RESET).append(c).append(begin);
            } else {
                colored.append(visible(c));
            }
        }
        return colored.append(RESET).toString();
    }

    /** Returns the character to show for another: itself, unless that is a control character, which might change the terminal. */
    static char visible(char c) {
        if (c == '\t' || !Character.isISOControl(c)) {
            return c;
        }
        if (c == DELETE) {
            return DELETE_PICTURE;
        }
        return c < DELETE ? (char) (FIRST_CONTROL_PICTURE + c) : REPLACEMENT;
    }
}
