package io.harmony4j;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the values of the format hold: text that can be written as UTF-8, JSON that can be read within a conversation's, and lists
 * without null. A surrogate without its other
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
     * Returns the text of JSON, which must not nest so deep that the JSON of its conversation cannot be read.
     *
     * @param value as {@link Json#parse} gives it
     * @param maxDepth the most levels of nesting
     * @param what what the value is, for the error message
     * @param owner what it belongs to
     */
    static String json(JsonValue value, int maxDepth, String what, String owner) {
        int depth = depth(value);
        if (depth > maxDepth) {
            throw new IllegalArgumentException("expected " + what + " of at most " + maxDepth
                    + " levels of nesting, to be within the 127 of a conversation's JSON, but found " + depth + " in "
                    + owner);
        }
        return Json.write(value);
    }

    private static int depth(JsonValue value) {
        int deepest = 0;
        for (JsonValue element : value.elements()) {
            deepest = Math.max(deepest, depth(element));
        }
        for (JsonValue member : value.members().values()) {
            deepest = Math.max(deepest, depth(member));
        }
        return value.isArray() || value.isObject() ? deepest + 1 : 0;
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
