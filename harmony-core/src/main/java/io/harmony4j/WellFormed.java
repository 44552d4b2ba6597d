package io.harmony4j;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the values of the format hold: text that can be written as UTF-8, and lists without null. A surrogate without its other
 * half, as a cut through an emoji leaves it, has no UTF-8; U+FFFD stands in its place, as it does in the tokens.
 */
final class WellFormed {
    private static final char REPLACEMENT = '\uFFFD';

    private WellFormed() {}

    /**
     * Returns a text as the format can hold it.
     *
     * @param name the argument's name
     */
    static String text(String text, String name) {
        requireNonNull(text, name);
        int at = half(text, 0);
        if (at < 0) {
            return text;
        }
        StringBuilder whole = new StringBuilder(text);
        for (; at >= 0; at = half(text, at + 1)) {
            whole.setCharAt(at, REPLACEMENT);
        }
        return whole.toString();
    }

    /** Returns a text that may be absent as the format can hold it. */
    static @Nullable String optional(@Nullable String text) {
        return text == null ? null : text(text, "text");
    }

    /**
     * Returns an unmodifiable copy.
     *
     * @param name the argument's name
     */
    static <T> List<T> copy(List<T> list, String name) {
        int index = 0;
        for (T element : requireNonNull(list, name)) {
            if (element == null) {
                throw new NullPointerException(name + "[" + index + "]");
            }
            index++;
        }
        return List.copyOf(list);
    }

    /** Returns the index of the first surrogate without its other half, from an index on, or a negative number. */
    private static int half(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }
}
