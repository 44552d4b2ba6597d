package io.harmony4j.openai;

import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A value of a request and its path, as in {@code messages[0].role}. What is not as it should be is refused with OpenAI's words
 * and codes. A field that is null counts as absent where it is optional.
 */
final class Field {
    private final JsonValue value;

    /** The object or list that this is in; null if it is in none. */
    private final @Nullable Field parent;

    /** The name of this member, or the index of this element. */
    private final Object place;

    private final boolean isMissing;

    private Field(JsonValue value, @Nullable Field parent, Object place, boolean isMissing) {
        this.value = value;
        this.parent = parent;
        this.place = place;
        this.isMissing = isMissing;
    }

    /** Returns the request itself, which has no path. */
    static Field root(JsonObject request) {
        return of(request, "");
    }

    /** Returns a value that is not a field of this request. */
    static Field of(JsonValue value, String path) {
        return new Field(value, null, path, false);
    }

    JsonValue value() {
        return value;
    }

    /** Returns the path; it is put together only here, since it is seldom asked for. */
    String path() {
        String before = parent == null ? "" : parent.path();
        if (place instanceof Integer index) {
            return before + '[' + index + ']';
        }
        return before.isEmpty() ? place.toString() : before + '.' + place;
    }

    /** Returns the member with a name; it may be missing. */
    Field get(String name) {
        boolean has = value instanceof JsonObject object && object.has(name);
        return new Field(value.get(name), this, name, !has);
    }

    /** Returns whether there is no value, or null. */
    boolean isAbsent() {
        return value.isNull();
    }

    boolean isString() {
        return value.isString();
    }

    boolean isArray() {
        return value.isArray();
    }

    boolean isObject() {
        return value.isObject();
    }

    /** Returns this field, which must be there; null is refused by its type. */
    Field required() {
        if (isMissing) {
            throw missing();
        }
        return this;
    }

    /** Returns the refusal of a request without this field. */
    ApiException missing() {
        return invalid("missing_required_parameter", "Missing required parameter: '" + path() + "'.");
    }

    /** Returns this string, which must be there. */
    String text() {
        if (!required().isString()) {
            throw wrongType("a string");
        }
        return value.text();
    }

    /** Returns this string, or null. */
    @Nullable
    String optionalText() {
        return isAbsent() ? null : text();
    }

    /** Returns this string, or another if it is absent. */
    String text(String fallback) {
        return isAbsent() ? fallback : text();
    }

    /** Returns this truth value, or another if it is absent. */
    boolean flag(boolean fallback) {
        if (isAbsent()) {
            return fallback;
        }
        if (!value.isBoolean()) {
            throw wrongType("a boolean");
        }
        return value.booleanValue();
    }

    /** Returns this object, which must be there. */
    Field object() {
        if (!required().isObject()) {
            throw wrongType("an object");
        }
        return this;
    }

    /** Returns this object, or null if it is absent. */
    @Nullable
    Field optionalObject() {
        return isAbsent() ? null : object();
    }

    Map<String, JsonValue> members() {
        return value.members();
    }

    /** Returns the elements of this list, which must be there. */
    List<Field> elements() {
        if (!required().isArray()) {
            throw wrongType("an array");
        }
        List<Field> elements = new ArrayList<>();
        for (JsonValue element : value.elements()) {
            elements.add(new Field(element, this, elements.size(), false));
        }
        return elements;
    }

    /** Returns the elements of this list; none if it is absent. */
    List<Field> optionalElements() {
        return isAbsent() ? List.of() : elements();
    }

    /** Returns the elements of this list, of which there must be some. */
    List<Field> someElements() {
        List<Field> elements = elements();
        if (elements.isEmpty()) {
            throw invalid(
                    "empty_array",
                    "Invalid '" + path()
                            + "': empty array. Expected an array with minimum length 1, but got an empty array"
                            + " instead.");
        }
        return elements;
    }

    /** Returns this number, or null if it is absent. */
    @Nullable
    Double decimal(double min, double max) {
        if (isAbsent()) {
            return null;
        }
        if (!value.isNumber()) {
            throw wrongType("a decimal");
        }
        double number = value.doubleValue();
        if (number < min) {
            throw tooLow("decimal", plain(min));
        }
        if (!(number <= max)) {
            throw tooHigh("decimal", plain(max));
        }
        return number;
    }

    /** Returns this integer, or null if it is absent. */
    @Nullable
    Long integer(long min, long max) {
        if (isAbsent()) {
            return null;
        }
        if (!value.isInteger()) {
            throw wrongType("an integer");
        }
        BigDecimal number = value.decimalValue();
        if (number.compareTo(BigDecimal.valueOf(min)) < 0) {
            throw tooLow("integer", Long.toString(min));
        }
        if (number.compareTo(BigDecimal.valueOf(max)) > 0) {
            throw tooHigh("integer", Long.toString(max));
        }
        return number.longValueExact();
    }

    private static String plain(double limit) {
        return limit == Math.rint(limit) ? Long.toString((long) limit) : Double.toString(limit);
    }

    private ApiException tooLow(String kind, String min) {
        return invalid(
                kind + "_below_min_value",
                "Invalid '" + path() + "': " + kind + " below minimum value. Expected a value >= " + min + ", but got "
                        + shown() + " instead.");
    }

    private ApiException tooHigh(String kind, String max) {
        return invalid(
                kind + "_above_max_value",
                "Invalid '" + path() + "': " + kind + " above maximum value. Expected a value <= " + max + ", but got "
                        + shown() + " instead.");
    }

    /** Returns the refusal of a list that is too long. */
    ApiException tooLong(int max) {
        return invalid(
                "array_above_max_length",
                "Invalid '" + path() + "': array too long. Expected an array with maximum length " + max
                        + ", but got an array with length " + value.elements().size() + " instead.");
    }

    /** Returns the refusal of a value of another type. */
    ApiException wrongType(String expected) {
        return invalid(
                "invalid_type",
                "Invalid type for '" + path() + "': expected " + expected + ", but got " + kind() + " instead.");
    }

    /** Returns the refusal of a word that is none of a few. */
    ApiException wrongValue(List<String> supported) {
        return invalid(
                "invalid_value",
                "Invalid value: " + shown() + ". Supported values are: "
                        + supported.stream().map(word -> "'" + word + "'").collect(Collectors.joining(", ")) + ".");
    }

    /** Returns a refusal that names this field. */
    ApiException invalid(@Nullable String code, String message) {
        return new ApiException(400, path(), code, message);
    }

    /** Checks the type of a field that has no meaning here, if it is there. */
    void optional(JsonValue.Kind kind) {
        if (!isAbsent() && value.kind() != kind) {
            throw wrongType(phrase(kind));
        }
    }

    private String kind() {
        return value.isInteger() ? "an integer" : phrase(value.kind());
    }

    private static String phrase(JsonValue.Kind kind) {
        return switch (kind) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case STRING -> "a string";
            case NUMBER -> "a decimal";
            case BOOLEAN -> "a boolean";
            case NULL -> "null";
        };
    }

    /** Returns this value as a message shows it: the beginning of a long one. */
    private String shown() {
        return value.isString() ? "'" + shortened(value.text()) + "'" : shortened(value.toString());
    }

    private static String shortened(String text) {
        int most = 100;
        return text.length() <= most ? text : text.substring(0, text.offsetByCodePoints(0, most / 2)) + "…";
    }
}
