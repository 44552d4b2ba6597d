package io.harmony4j.json;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON Schema as the format reads it: a keyword whose value has another kind than expected counts as absent, and so does every
 * keyword of a schema that is not an object. Keywords without an accessor here are not rendered.
 *
 * @param value the schema's JSON
 */
public record JsonSchema(JsonValue value) {
    public JsonSchema {
        requireNonNull(value, "value");
    }

    /** Returns the type, if it is one word. */
    public Optional<String> type() {
        return text("type");
    }

    /** Returns the types, if they are a list; what is not a string in it is left out. */
    public List<String> types() {
        return texts("type");
    }

    /** Returns the title. */
    public Optional<String> title() {
        return text("title");
    }

    /** Returns the description. */
    public Optional<String> description() {
        return text("description");
    }

    /** Returns whether there are examples of any kind. */
    public boolean hasExamples() {
        return !value.get("examples").elements().isEmpty();
    }

    /** Returns the examples that are strings. */
    public List<String> examples() {
        return texts("examples");
    }

    /** Returns whether there are enum values of any kind. */
    public boolean isEnum() {
        return !value.get("enum").elements().isEmpty();
    }

    /** Returns the enum values that are strings. */
    public List<String> enumValues() {
        return texts("enum");
    }

    /** Returns the default, which may be JSON's null. */
    public Optional<JsonValue> defaultValue() {
        return member("default");
    }

    /** Returns whether {@code nullable} is true. */
    public boolean isNullable() {
        return value.get("nullable").equals(JsonValue.of(true));
    }

    /** Returns the alternatives of {@code oneOf}, if it is a list; it may be empty. */
    public Optional<List<JsonSchema>> oneOf() {
        return member("oneOf")
                .filter(JsonValue::isArray)
                .map(variants ->
                        variants.elements().stream().map(JsonSchema::new).toList());
    }

    /** Returns whether there is a {@code oneOf}, be it a list or not. */
    public boolean hasOneOfKey() {
        return member("oneOf").isPresent();
    }

    /** Returns what all items of an array are. */
    public Optional<JsonSchema> items() {
        return member("items").map(JsonSchema::new);
    }

    /** Returns the properties of an object in their order in the JSON; none if they are not an object. */
    public Map<String, JsonSchema> properties() {
        Map<String, JsonSchema> properties = new LinkedHashMap<>();
        value.get("properties").members().forEach((name, schema) -> properties.put(name, new JsonSchema(schema)));
        return properties;
    }

    /** Returns the names of the properties that must be there. */
    public Set<String> required() {
        return new HashSet<>(texts("required"));
    }

    private Optional<JsonValue> member(String keyword) {
        return Optional.ofNullable(value.members().get(keyword));
    }

    private Optional<String> text(String keyword) {
        return Optional.ofNullable(value.get(keyword).textOrNull());
    }

    private List<String> texts(String keyword) {
        return value.get(keyword).elements().stream()
                .filter(JsonValue::isString)
                .map(JsonValue::text)
                .toList();
    }
}
