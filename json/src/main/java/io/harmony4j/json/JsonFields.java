package io.harmony4j.json;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The known fields of one JSON object, for a reader of objects: each at most once, others ignored. All failures name the field and
 * its place.
 *
 * <pre>{@code
 * JsonFields fields = JsonFields.ofObject(Json.parse(text), "a city", "$", "name", "country");
 * String name = fields.text("name");                  // required
 * String country = fields.optionalText("country");    // or null
 * }</pre>
 */
public final class JsonFields {
    /** A name that a path has as it is; others are quoted. */
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,79}");

    private final JsonValue value;
    private final String what;
    private final String path;
    private final List<String> names;
    private final Map<String, JsonValue> fields = new HashMap<>();

    private JsonFields(JsonValue value, String what, String path, String... names) {
        this.value = requireNonNull(value, "value");
        this.what = requireNonNull(what, "what");
        this.path = requireNonNull(path, "path");
        this.names = List.of(requireNonNull(names, "names"));
    }

    /**
     * Returns the fields of an object.
     *
     * @param what what the object is, for messages, as in "a message"
     * @param path where it is, as in {@code $.messages[2]}
     * @param names the fields there can be
     * @throws IllegalArgumentException if it is not an object, or has one of these fields twice
     */
    public static JsonFields ofObject(JsonValue value, String what, String path, String... names) {
        JsonFields fields = new JsonFields(value, what, path, names);
        if (!(value instanceof JsonObject object)) {
            throw value.unexpected(what + " as an object", path);
        }
        object.repeated().forEach((name, again) -> {
            if (fields.names.contains(name)) {
                throw again.failure("the field \"" + name + "\" once", "it twice", path);
            }
        });
        for (String name : names) {
            if (object.has(name)) {
                fields.fields.put(name, object.get(name));
            }
        }
        return fields;
    }

    /**
     * As {@link #ofObject}, but accepts a list of the fields' values in the given order too, as openai/harmony does (serde's
     * derived readers) for everything but messages.
     *
     * @throws IllegalArgumentException if it is neither such an object nor such a list
     */
    public static JsonFields ofObjectOrList(JsonValue value, String what, String path, String... names) {
        if (!requireNonNull(value, "value").isArray()) {
            return ofObject(value, what, path, names);
        }
        JsonFields fields = new JsonFields(value, what, path, names);
        if (value.elements().size() != names.length) {
            throw value.unexpected(what + " as an object", path);
        }
        for (int i = 0; i < names.length; i++) {
            fields.fields.put(names[i], value.elements().get(i));
        }
        return fields;
    }

    /** Returns where a field is, as in {@code $.messages[2].content}. */
    public String path(String name) {
        return path(path, name);
    }

    /**
     * Returns where the member of an object is, as in {@code $.tools.browser}, or {@code $.tools["my tools"]} if its name is not a
     * plain one. A long name is cut.
     *
     * @param path where the object is
     */
    public static String path(String path, String name) {
        requireNonNull(path, "path");
        requireNonNull(name, "name");
        return PLAIN_NAME.matcher(name).matches()
                ? path + "." + name
                : path + "[" + JsonValue.of(name).describe() + "]";
    }

    /** Returns the names of the object's members that are none of these fields, in their order. */
    public List<String> others() {
        return value.members().keySet().stream()
                .filter(name -> !names.contains(name))
                .toList();
    }

    /** Returns what to say of such a member: what was expected, what was found, and where. */
    public String unexpectedName(String name) {
        JsonValue found = JsonValue.of(requireNonNull(name, "name"));
        return value.get(name).failureText("only fields of " + what, found.describe(), path(name));
    }

    /** Returns the field that such a member's name may be meant for: it is written almost the same. */
    public Optional<String> nearest(String name) {
        return SimilarName.find(requireNonNull(name, "name"), names);
    }

    /** Returns the field's value, or null if it is missing or JSON's null. */
    public @Nullable JsonValue optional(String name) {
        JsonValue field = fields.get(requireNonNull(name, "name"));
        return field == null || field.isNull() ? null : field;
    }

    /**
     * Returns the field's value, which may be JSON's null.
     *
     * @throws IllegalArgumentException if it is missing
     */
    public JsonValue required(String name) {
        JsonValue field = fields.get(requireNonNull(name, "name"));
        if (field == null) {
            throw new UnexpectedJsonException(
                    value.failureText("the field \"" + name + "\"", "none", path)
                            + SimilarName.find(name, others())
                                    .map(other -> "; is " + JsonValue.of(other) + " meant to be this field?")
                                    .orElse(""),
                    path(name));
        }
        return field;
    }

    /**
     * Returns the field's string, or null if it is missing or JSON's null.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public @Nullable String optionalText(String name) {
        JsonValue field = optional(name);
        return field == null ? null : text(field, path(name));
    }

    /**
     * Returns the field's string.
     *
     * @throws IllegalArgumentException if it is missing, or not a string
     */
    public String text(String name) {
        return text(required(name), path(name));
    }

    /**
     * Returns the field's word. openai/harmony (serde's reader of enums) takes an object for it too, with the word as its only
     * name: {@code {"Low":null}} or {@code {"Low":{}}}.
     *
     * @throws IllegalArgumentException if it is missing, or neither a string nor such an object
     */
    public String word(String name) {
        JsonValue field = required(name);
        if (field instanceof JsonObject object
                && object.members().size() == 1
                && object.repeated().isEmpty()) {
            Map.Entry<String, JsonValue> only =
                    object.members().entrySet().iterator().next();
            if (only.getValue().isNull() || only.getValue().equals(JsonObject.EMPTY)) {
                return only.getKey();
            }
        }
        return text(field, path(name));
    }

    /**
     * Returns the field's truth value.
     *
     * @throws IllegalArgumentException if it is missing, or neither true nor false
     */
    public boolean bool(String name) {
        JsonValue field = required(name);
        if (!field.isBoolean()) {
            throw field.unexpected("true or false", path(name));
        }
        return field.booleanValue();
    }

    /** Returns an exception that says that something else was expected in the place of a field that is there. */
    public IllegalArgumentException unexpected(String name, String expected) {
        requireNonNull(expected, "expected");
        return required(name).unexpected(expected, path(name));
    }

    /**
     * Returns a string.
     *
     * @param path where it is, as in {@code $.messages[2].content}
     * @throws IllegalArgumentException if it is not a string
     */
    public static String text(JsonValue value, String path) {
        requireNonNull(value, "value");
        requireNonNull(path, "path");
        if (!value.isString()) {
            throw value.unexpected("a string", path);
        }
        return value.text();
    }
}
