package io.harmony4j.render;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON Schema as the format reads it: a keyword whose value has another kind than expected counts as absent, and so does
 * every keyword of a schema that is not an object. Keywords without an accessor here are not rendered.
 *
 * @param node the schema's JSON
 */
record Schema(JsonNode node) {

    /** Returns the type, if it is one word. */
    Optional<String> type() {
        return text("type");
    }

    /** Returns the types, if they are a list; what is not a string in it is left out. */
    List<String> types() {
        return texts("type");
    }

    Optional<String> title() {
        return text("title");
    }

    Optional<String> description() {
        return text("description");
    }

    /** Returns whether there are examples of any kind. */
    boolean hasExamples() {
        return list("examples").filter(examples -> !examples.isEmpty()).isPresent();
    }

    /** Returns the examples that are strings. */
    List<String> examples() {
        return texts("examples");
    }

    /** Returns whether there are enum values of any kind. */
    boolean isEnum() {
        return list("enum").filter(values -> !values.isEmpty()).isPresent();
    }

    /** Returns the enum values that are strings. */
    List<String> enumValues() {
        return texts("enum");
    }

    /** Returns the default, which may be JSON's null. */
    Optional<JsonNode> defaultValue() {
        return Optional.ofNullable(node.get("default"));
    }

    boolean isNullable() {
        JsonNode nullable = node.get("nullable");
        return nullable != null && nullable.isBoolean() && nullable.booleanValue();
    }

    /** Returns the alternatives of {@code oneOf}, if it is a list; it may be empty. */
    Optional<List<Schema>> oneOf() {
        return list("oneOf").map(variants -> {
            List<Schema> schemas = new ArrayList<>(variants.size());
            variants.forEach(variant -> schemas.add(new Schema(variant)));
            return schemas;
        });
    }

    /** Returns whether there is a {@code oneOf}, be it a list or not. */
    boolean hasOneOfKey() {
        return node.has("oneOf");
    }

    /** Returns what all items of an array are. */
    Optional<Schema> items() {
        return Optional.ofNullable(node.get("items")).map(Schema::new);
    }

    /** Returns the properties of an object in their order in the JSON; none if they are not an object. */
    Set<Map.Entry<String, JsonNode>> properties() {
        JsonNode properties = node.get("properties");
        return properties == null ? Set.of() : properties.properties();
    }

    Set<String> required() {
        return new HashSet<>(texts("required"));
    }

    private Optional<String> text(String keyword) {
        return Optional.ofNullable(node.get(keyword)).map(JsonNode::textValue);
    }

    private List<String> texts(String keyword) {
        List<String> texts = new ArrayList<>();
        list(keyword)
                .ifPresent(list -> list.forEach(element -> {
                    if (element.isTextual()) {
                        texts.add(element.textValue());
                    }
                }));
        return texts;
    }

    private Optional<JsonNode> list(String keyword) {
        return Optional.ofNullable(node.get(keyword)).filter(JsonNode::isArray);
    }
}
