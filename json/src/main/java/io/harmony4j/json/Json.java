package io.harmony4j.json;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * JSON as openai/harmony reads and writes it (serde_json with its map in insertion order). Prompts hold JSON, in the defaults of
 * a tool's parameters, so its exact text matters: {@code 100.0} for {@code 1e2}, {@code 1e16} for {@code 1E+16}, no spaces.
 */
public final class Json {
    private Json() {}

    /**
     * Reads one JSON value. A name that occurs twice in an object keeps its first place and its last value. Integers of 64 bits
     * (signed or unsigned) stay integers, all other numbers become doubles.
     *
     * @throws IllegalArgumentException if the text is not one JSON value, holds an unpaired surrogate or a number beyond the
     *     range of a double, nests deeper than 127 levels or has more than 25 million tokens; the text of the exception has line
     *     and column
     * @throws IllegalStateException if Jackson is older than 2.15
     */
    public static JsonValue parse(String json) {
        return new JsonReader(requireNonNull(json, "json"), false).read();
    }

    /**
     * Reads one JSON value as {@link #parse}, but also what JSON allows and the format does not: a string (though not a member's
     * name) may hold an unpaired surrogate, written as an escape, and a number may be of any size, and keeps the digits that a
     * double cannot hold ({@link JsonValue#decimalValue}). For what other programs write.
     *
     * @throws IllegalArgumentException if the text is not one JSON value, nests deeper than 900 levels, has a number of more
     *     than 1,000 characters or with an exponent beyond 32 bits, or has more than 25 million tokens; the text of the exception
     *     has line and column
     * @throws IllegalStateException if Jackson is older than 2.15
     */
    public static JsonValue parseAny(String json) {
        return new JsonReader(requireNonNull(json, "json"), true).read();
    }

    /**
     * Reads one JSON value as {@link #parseAny(String)} does, of the bytes of its text.
     *
     * @param utf8 the text in UTF-8
     * @throws IllegalArgumentException as {@link #parseAny(String)}, or if the bytes are not UTF-8
     * @throws IllegalStateException if Jackson is older than 2.15
     */
    public static JsonValue parseAny(byte[] utf8) {
        return new JsonReader(requireNonNull(utf8, "utf8")).read();
    }

    /**
     * Returns a value of any JSON as {@link #parse} reads its text: the value itself, unless it has what the format does not.
     *
     * @throws IllegalArgumentException as {@link #parse}
     */
    public static JsonValue toFormat(JsonValue value) {
        requireNonNull(value, "value");
        return isOfFormat(value, Jackson.MAX_DEPTH) ? value : parse(write(value));
    }

    private static boolean isOfFormat(JsonValue value, int levels) {
        if (value instanceof JsonScalar scalar) {
            return scalar.isOfFormat();
        }
        if (levels == 0) {
            return false;
        }
        for (JsonValue element : value.elements()) {
            if (!isOfFormat(element, levels - 1)) {
                return false;
            }
        }
        for (Map.Entry<String, JsonValue> member : value.members().entrySet()) {
            boolean isName = JsonReader.unpairedSurrogate(member.getKey(), 0) < 0;
            if (!isName || !isOfFormat(member.getValue(), levels - 1)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the value's text: no spaces, members in their order, control characters and unpaired surrogates escaped and nothing
     * else.
     *
     * @throws IllegalArgumentException if the value nests deeper than 1,000 levels
     */
    public static String write(JsonValue value) {
        return JsonWriter.write(requireNonNull(value, "value"), false);
    }

    /**
     * Returns the value's text for human readers: each member and element on a line of its own, indented by two spaces.
     *
     * @throws IllegalArgumentException if the value nests deeper than 1,000 levels
     */
    public static String writeIndented(JsonValue value) {
        return JsonWriter.write(requireNonNull(value, "value"), true);
    }
}
