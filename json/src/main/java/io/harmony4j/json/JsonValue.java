package io.harmony4j.json;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One JSON value. Immutable.
 *
 * <pre>{@code
 * JsonValue weather = Json.parse("{\"city\":\"Tokyo\",\"days\":[1,2]}");
 * weather.get("city").text();                  // Tokyo
 * weather.get("days").elements().size();       // 2
 * weather.get("unit").isNull();                // true: it is not there
 * weather.get("days").text();                  // throws: expected a string but found a list (line 1, column 24)
 * }</pre>
 *
 * <p>Values are equal if their texts are: the order of an object's members counts, and so does the kind of a number
 * ({@code 1} is not {@code 1.0}). Where a value stood in the text that it was read from does not count.
 */
public abstract sealed class JsonValue permits JsonObject, JsonArray, JsonScalar {
    /** How many characters of a value an error message shows. */
    private static final int MAX_SHOWN = 80;

    private static final String ELLIPSIS = "...";

    private final int line;
    private final int column;

    JsonValue(int line, int column) {
        this.line = line;
        this.column = column;
    }

    /** What a value is, as error messages call it. */
    public enum Kind {
        OBJECT("an object"),
        ARRAY("a list"),
        STRING("a string"),
        NUMBER("a number"),
        BOOLEAN("true or false"),
        NULL("null");

        private final String phrase;

        Kind(String phrase) {
            this.phrase = phrase;
        }
    }

    /** Returns a string. */
    public static JsonValue of(String text) {
        return new JsonScalar(Kind.STRING, requireNonNull(text, "text"), 0, 0);
    }

    /** Returns a string, or {@link #ofNull() null}. */
    public static JsonValue ofNullable(@Nullable String text) {
        return text == null ? ofNull() : of(text);
    }

    /** Returns an integer. */
    public static JsonValue of(long integer) {
        return new JsonScalar(Kind.NUMBER, integer, 0, 0);
    }

    /** Returns a number that is written with a fraction or an exponent; {@link #ofNull() null} if it is not finite. */
    public static JsonValue of(double number) {
        return Double.isFinite(number) ? new JsonScalar(Kind.NUMBER, number, 0, 0) : ofNull();
    }

    /** Returns the value {@code null}. */
    public static JsonValue ofNull() {
        return JsonScalar.NULL;
    }

    /** Returns true or false. */
    public static JsonValue of(boolean value) {
        return new JsonScalar(Kind.BOOLEAN, value, 0, 0);
    }

    /** Returns what this is. */
    public abstract Kind kind();

    /** Returns whether this is an object. */
    public final boolean isObject() {
        return kind() == Kind.OBJECT;
    }

    /** Returns whether this is a list. */
    public final boolean isArray() {
        return kind() == Kind.ARRAY;
    }

    /** Returns whether this is a string. */
    public final boolean isString() {
        return kind() == Kind.STRING;
    }

    /** Returns whether this is a number. */
    public final boolean isNumber() {
        return kind() == Kind.NUMBER;
    }

    /** Returns whether this is a number without a fraction and an exponent, of any size. */
    public boolean isInteger() {
        return false;
    }

    /** Returns whether this is true or false. */
    public final boolean isBoolean() {
        return kind() == Kind.BOOLEAN;
    }

    /** Returns whether this is null. */
    public final boolean isNull() {
        return kind() == Kind.NULL;
    }

    /** Returns the member of this object with the given name; {@link #ofNull() null} if it has none, or is no object. */
    public JsonValue get(String name) {
        requireNonNull(name, "name");
        return ofNull();
    }

    /** Returns the members of this object, in order; none if it is no object. */
    public Map<String, JsonValue> members() {
        return Map.of();
    }

    /** Returns the elements of this list; none if it is no list. */
    public List<JsonValue> elements() {
        return List.of();
    }

    /**
     * Returns this string.
     *
     * @throws IllegalArgumentException if it is not a string
     */
    public String text() {
        throw unexpected(Kind.STRING.phrase);
    }

    /** Returns this string, or null if it is not a string. */
    public final @Nullable String textOrNull() {
        return isString() ? text() : null;
    }

    /**
     * Returns this number as the nearest double.
     *
     * @throws IllegalArgumentException if it is not a number
     */
    public double doubleValue() {
        throw unexpected(Kind.NUMBER.phrase);
    }

    /**
     * Returns this integer.
     *
     * @throws IllegalArgumentException if it is not a number, has a fraction, or is too large
     */
    public long longValue() {
        throw unexpected("an integer of 64 bits");
    }

    /**
     * Returns this integer.
     *
     * @throws IllegalArgumentException if it is not a number, has a fraction, or is too large
     */
    public int intValue() {
        throw unexpected("an integer of 32 bits");
    }

    /**
     * Returns this number exactly: the decimal that is written.
     *
     * @throws IllegalArgumentException if it is not a number
     */
    public BigDecimal decimalValue() {
        throw unexpected(Kind.NUMBER.phrase);
    }

    /** Returns this number's text. */
    String numberText() {
        throw unexpected(Kind.NUMBER.phrase);
    }

    /**
     * Returns this truth value.
     *
     * @throws IllegalArgumentException if it is not true or false
     */
    public boolean booleanValue() {
        throw unexpected(Kind.BOOLEAN.phrase);
    }

    /** Returns the line of the first character in the text that this was read from, from 1; 0 if it was not read. */
    public final int line() {
        return line;
    }

    /**
     * Returns the column of the first character in the text that this was read from, from 1, in UTF-16 code units; 0 if it was
     * not read.
     */
    public final int column() {
        return column;
    }

    /**
     * Returns an exception that says that something else was expected in this value's place.
     *
     * @param expected what, as in "a list of messages"
     */
    public final IllegalArgumentException unexpected(String expected) {
        requireNonNull(expected, "expected");
        return new IllegalArgumentException("expected " + expected + " but found " + describe() + place());
    }

    /**
     * Returns an exception that says that something else was expected in this value's place.
     *
     * @param expected what, as in "a list of messages"
     * @param path where this value is, as in {@code $.messages[2].content}
     */
    public final IllegalArgumentException unexpected(String expected, String path) {
        return failure(requireNonNull(expected, "expected"), describe(), requireNonNull(path, "path"));
    }

    /** Returns an exception about this value's place. */
    final IllegalArgumentException failure(String expected, String found, String path) {
        return new UnexpectedJsonException(failureText(expected, found, path), path);
    }

    final String failureText(String expected, String found, String path) {
        return "expected " + expected + " but found " + found + " at " + path + place();
    }

    private String place() {
        return line == 0 ? "" : " (line " + line + ", column " + column + ")";
    }

    /** Returns what this is, for an error message: scalars as they are, the rest by kind. */
    final String describe() {
        if (isObject() || isArray()) {
            return kind().phrase;
        }
        boolean isLong = isString() && text().length() > MAX_SHOWN;
        return shortened((isLong ? of(text().substring(0, MAX_SHOWN)) : this).toString());
    }

    /** Returns a text as an error message shows it: the beginning of a long one. */
    static String shortened(String text) {
        if (text.length() <= MAX_SHOWN) {
            return text;
        }
        int end = MAX_SHOWN - ELLIPSIS.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + ELLIPSIS;
    }

    /** Returns the text, as {@link Json#write}. */
    @Override
    public final String toString() {
        return Json.write(this);
    }
}
