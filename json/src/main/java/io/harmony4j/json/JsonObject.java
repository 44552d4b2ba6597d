package io.harmony4j.json;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object. Immutable.
 *
 * <pre>{@code
 * JsonObject weather = JsonObject.builder().put("city", "Tokyo").put("degrees", 21).build();
 * weather.toString();      // {"city":"Tokyo","degrees":21}
 * }</pre>
 */
public final class JsonObject extends JsonValue {
    /** An object without members. */
    public static final JsonObject EMPTY = builder().build();

    private final Map<String, JsonValue> members;

    /** The values of names that came again; the format refuses those in its own objects, not in a schema. */
    private final Map<String, JsonValue> repeated;

    /** Takes the maps over. */
    JsonObject(Map<String, JsonValue> members, Map<String, JsonValue> repeated, int line, int column) {
        super(line, column);
        this.members = Collections.unmodifiableMap(members);
        this.repeated = repeated;
    }

    /** Returns a builder of an object that is still empty. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns an object of one member. */
    public static JsonObject of(String name, JsonValue value) {
        return builder().put(name, value).build();
    }

    @Override
    public Kind kind() {
        return Kind.OBJECT;
    }

    @Override
    public JsonValue get(String name) {
        JsonValue value = members.get(requireNonNull(name, "name"));
        return value == null ? ofNull() : value;
    }

    /** Returns whether there is a member with the given name, be it null. */
    public boolean has(String name) {
        return members.containsKey(requireNonNull(name, "name"));
    }

    /** Of members with the same name it has the first one's place and the last one's value. */
    @Override
    public Map<String, JsonValue> members() {
        return members;
    }

    /** Returns the names that came more than once, with the value that came last. */
    Map<String, JsonValue> repeated() {
        return repeated;
    }

    /** Returns a copy without the member of the given name. */
    public JsonObject without(String name) {
        Map<String, JsonValue> others = new LinkedHashMap<>(members);
        others.remove(requireNonNull(name, "name"));
        return new JsonObject(others, Map.of(), line(), column());
    }

    /** Returns a builder that begins with this object's members. */
    public Builder toBuilder() {
        Builder builder = builder();
        members.forEach(builder::put);
        return builder;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonObject that
                && new ArrayList<>(members.entrySet()).equals(new ArrayList<>(that.members.entrySet()));
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    /** Makes an object, member by member. Not thread-safe. */
    public static final class Builder {
        private final Map<String, JsonValue> members = new LinkedHashMap<>();

        private Builder() {}

        /** Adds a member; one of the same name keeps its place and gets the new value. */
        public Builder put(String name, JsonValue value) {
            members.put(requireNonNull(name, "name"), requireNonNull(value, "value"));
            return this;
        }

        /** Adds a string, or null. */
        public Builder put(String name, @Nullable String text) {
            return put(name, JsonValue.ofNullable(text));
        }

        /** Adds an integer. */
        public Builder put(String name, long integer) {
            return put(name, JsonValue.of(integer));
        }

        /** Adds a number. */
        public Builder put(String name, double number) {
            return put(name, JsonValue.of(number));
        }

        /** Adds true or false. */
        public Builder put(String name, boolean value) {
            return put(name, JsonValue.of(value));
        }

        /** Returns whether there is a member with the given name. */
        public boolean has(String name) {
            return members.containsKey(requireNonNull(name, "name"));
        }

        /** Returns the object of all that was added so far. */
        public JsonObject build() {
            return new JsonObject(new LinkedHashMap<>(members), Map.of(), 0, 0);
        }
    }
}
