package io.harmony4j.json;

/**
 * The characters that a JSON string stands for, while it is written: its escapes are resolved one character after the other.
 * What it is given has been checked to be a JSON string's inside. Belongs to one string.
 */
final class JsonStringText {
    private final StringBuilder text = new StringBuilder();
    private boolean isEscape;

    /** How many digits of {@code \\u0000} are still to come. */
    private int digitsLeft;

    private int unit;

    /** Returns what a string's inside stands for. */
    static String of(CharSequence json, int from, int to) {
        JsonStringText string = new JsonStringText();
        string.accept(json, from, to);
        return string.text.toString();
    }

    void accept(CharSequence json, int from, int to) {
        for (int at = from; at < to; at++) {
            accept(json.charAt(at));
        }
    }

    private void accept(char c) {
        if (digitsLeft > 0) {
            unit = unit << 4 | Character.digit(c, 16);
            digitsLeft--;
            if (digitsLeft == 0) {
                text.append((char) unit);
            }
        } else if (isEscape) {
            isEscape = false;
            escaped(c);
        } else if (c == '\\') {
            isEscape = true;
        } else {
            text.append(c);
        }
    }

    private void escaped(char c) {
        switch (c) {
            case 'u' -> {
                digitsLeft = 4;
                unit = 0;
            }
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            default -> text.append(c);
        }
    }

    /** Returns the text so far, without half a surrogate pair at its end. */
    String soFar() {
        int length = text.length();
        boolean isHalfPair = length > 0 && Character.isHighSurrogate(text.charAt(length - 1));
        return text.substring(0, isHalfPair ? length - 1 : length);
    }
}
