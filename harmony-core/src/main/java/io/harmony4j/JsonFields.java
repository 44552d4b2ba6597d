package io.harmony4j;

import com.fasterxml.jackson.core.JsonToken;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The known fields of one JSON object: each at most once, others ignored. All failures name the field and its place. */
final class JsonFields {
    private final JsonTree tree;
    private final String path;
    private final Map<String, JsonTree> fields = new HashMap<>();

    private JsonFields(JsonTree tree, String path) {
        this.tree = tree;
        this.path = path;
    }

    /** Returns the fields of an object; {@code what} names it in messages. */
    static JsonFields ofObject(JsonTree tree, String what, String path, String... names) {
        if (tree.kind() != JsonToken.START_OBJECT) {
            throw tree.unexpected(what + " as an object", path);
        }
        JsonFields fields = new JsonFields(tree, path);
        List<String> known = List.of(names);
        for (int i = 0; i < tree.names().size(); i++) {
            String name = tree.names().get(i);
            JsonTree value = tree.values().get(i);
            if (known.contains(name) && fields.fields.put(name, value) != null) {
                throw value.failure("the field \"" + name + "\" once", "it twice", path);
            }
        }
        return fields;
    }

    /**
     * As {@link #ofObject}, but accepts a list of the fields' values in the given order too, as the reference does (serde's
     * derived readers) for everything but messages.
     */
    static JsonFields ofObjectOrList(JsonTree tree, String what, String path, String... names) {
        if (tree.kind() != JsonToken.START_ARRAY) {
            return ofObject(tree, what, path, names);
        }
        if (tree.values().size() != names.length) {
            throw tree.unexpected(what + " as an object", path);
        }
        JsonFields fields = new JsonFields(tree, path);
        for (int i = 0; i < names.length; i++) {
            fields.fields.put(names[i], tree.values().get(i));
        }
        return fields;
    }

    String path(String name) {
        return path + "." + name;
    }

    /** Returns the field's value, or null if it is missing or null. */
    @Nullable
    JsonTree optional(String name) {
        JsonTree value = fields.get(name);
        return value == null || value.isNull() ? null : value;
    }

    JsonTree required(String name) {
        JsonTree value = fields.get(name);
        if (value == null) {
            throw tree.failure("the field \"" + name + "\"", "none", path);
        }
        return value;
    }

    @Nullable
    String optionalText(String name) {
        JsonTree value = optional(name);
        return value == null ? null : text(value, path(name));
    }

    String text(String name) {
        return text(required(name), path(name));
    }

    /**
     * Returns the field's word. The reference (serde's reader of enums) takes an object for it too, with the word as its only
     * name: {@code {"Low":null}} or {@code {"Low":{}}}.
     */
    String word(String name) {
        JsonTree value = required(name);
        if (value.kind() == JsonToken.START_OBJECT && value.values().size() == 1) {
            JsonTree only = value.values().get(0);
            if (only.isNull()
                    || (only.kind() == JsonToken.START_OBJECT && only.values().isEmpty())) {
                return value.names().get(0);
            }
        }
        return text(value, path(name));
    }

    boolean bool(String name) {
        JsonTree value = required(name);
        if (value.kind() != JsonToken.VALUE_TRUE && value.kind() != JsonToken.VALUE_FALSE) {
            throw value.unexpected("true or false", path(name));
        }
        return value.kind() == JsonToken.VALUE_TRUE;
    }

    IllegalArgumentException unexpected(String name, String expected) {
        return required(name).unexpected(expected, path(name));
    }

    static String text(JsonTree value, String path) {
        if (value.kind() != JsonToken.VALUE_STRING) {
            throw value.unexpected("a string", path);
        }
        return value.toNode().textValue();
    }
}
