package io.harmony4j.renderer;

import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonSchema;
import io.harmony4j.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Two schemas of one value as one schema, where the nearer one counts: that beside a {@code $ref} or an {@code allOf}. */
final class SchemaMerge {
    /** What is said of a value without saying of which type it is. */
    private static final Set<String> ANNOTATIONS =
            Set.of("title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "nullable");

    /** What says of which type a value is, besides {@code type}. If both schemas have one of them, both hold. */
    private static final Set<String> STRUCTURE = Set.of(
            "const",
            "enum",
            "properties",
            "additionalProperties",
            "patternProperties",
            "propertyNames",
            "items",
            "additionalItems",
            "prefixItems",
            "allOf",
            "anyOf",
            "oneOf",
            "not",
            "if");

    private SchemaMerge() {}

    /** Returns both as one schema. */
    static JsonObject merged(JsonValue farther, JsonObject nearer) {
        boolean bothHold = STRUCTURE.stream()
                .anyMatch(keyword -> farther.members().containsKey(keyword)
                        && nearer.members().containsKey(keyword));
        Map<String, JsonValue> members = new LinkedHashMap<>(farther.members());
        members.putAll(nearer.members());
        if (bothHold) {
            members.keySet().retainAll(ANNOTATIONS);
            members.put("allOf", JsonArray.of(List.of(withoutAnnotations(farther), withoutAnnotations(nearer))));
        } else {
            Set<String> required = new LinkedHashSet<>(new JsonSchema(farther).required());
            required.addAll(new JsonSchema(nearer).required());
            if (!required.isEmpty()) {
                members.put("required", JsonArray.ofTexts(List.copyOf(required)));
            }
        }
        return object(members);
    }

    /** Returns whether a schema says of which type a value is by nothing but an {@code allOf} with one schema. */
    static boolean isOneOfAll(JsonObject schema) {
        List<JsonValue> all = schema.get("allOf").elements();
        return all.size() == 1
                && all.get(0).isObject()
                && schema.members().keySet().stream()
                        .noneMatch(keyword -> STRUCTURE.contains(keyword) && !keyword.equals("allOf"));
    }

    /** Returns whether a schema does nothing but refer to another. */
    static boolean isReference(JsonValue schema) {
        return schema.get("$ref").isString()
                && schema.members().keySet().stream()
                        .allMatch(keyword -> keyword.equals("$ref") || ANNOTATIONS.contains(keyword));
    }

    private static JsonValue withoutAnnotations(JsonValue schema) {
        Map<String, JsonValue> members = new LinkedHashMap<>(schema.members());
        members.keySet().removeAll(ANNOTATIONS);
        return object(members);
    }

    private static JsonObject object(Map<String, JsonValue> members) {
        JsonObject.Builder object = JsonObject.builder();
        members.forEach(object::put);
        return object.build();
    }
}
