package io.harmony4j.grammar;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.JsonPointer;
import io.harmony4j.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The part of JSON Schema that OpenAI's API takes where {@code strict} is true. Grammars here take much more; check with this whether a schema can be used
 * there as well.
 *
 * @see <a href="https://platform.openai.com/docs/guides/structured-outputs#supported-schemas">OpenAI: supported schemas</a>
 */
public final class OpenAiStrictSchema {
    /** The most properties of a schema, all objects together. */
    private static final int MAX_PROPERTIES = 5_000;

    /** The most objects and lists around one, itself counted. */
    private static final int MAX_LEVELS = 10;

    /** The most characters of all names of properties and definitions, and all values of enum and const, together. */
    private static final int MAX_CHARACTERS = 120_000;

    /** The most values of all enums together. */
    private static final int MAX_ENUM_VALUES = 1_000;

    private static final Set<String> KEYWORDS = Set.of(
            "type",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "minItems",
            "maxItems",
            "enum",
            "const",
            "anyOf",
            "$ref",
            "$defs",
            "definitions",
            "pattern",
            "format",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf");

    private static final Set<String> FORMATS =
            Set.of("date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid");

    private final SchemaDocument document;
    private final List<UnsupportedSchemaException.Place> places = new ArrayList<>();

    private OpenAiStrictSchema(JsonValue schema) {
        this.document = new SchemaDocument(schema);
    }

    /** Returns what a schema has that OpenAI's API does not take, in the order of the schema; nothing if it takes it. */
    public static List<UnsupportedSchemaException.Place> violations(JsonValue schema) {
        OpenAiStrictSchema check = new OpenAiStrictSchema(requireNonNull(schema, "schema"));
        check.root();
        check.document.all().forEach(check::schema);
        check.size();
        return List.copyOf(check.places);
    }

    private void root() {
        Subschema root = document.root();
        if (!root.get("type").equals(JsonValue.of("object"))) {
            add(root, "type", "expected a root of type \"object\" but found " + found(root, "type"));
        }
        if (root.has("anyOf")) {
            add(root, "anyOf", "expected a root without \"anyOf\"; put it into a property");
        }
    }

    private void schema(Subschema schema) {
        if (schema.value().isBoolean() && !schema.pointer().endsWith("/additionalProperties")) {
            add(schema, "", "expected an object but found " + schema.value());
        }
        schema.value().members().forEach((keyword, value) -> keyword(schema, keyword, value));
        boolean isObject = schema.has("properties") || hasType(schema, "object");
        if (isObject) {
            object(schema);
        }
        int levels = levels(schema.pointer());
        if ((isObject || hasType(schema, "array")) && levels == MAX_LEVELS + 1) {
            add(schema, "", "expected at most " + MAX_LEVELS + " levels of objects and lists but found " + levels);
        }
    }

    private static boolean hasType(Subschema schema, String type) {
        JsonValue types = schema.get("type");
        return types.equals(JsonValue.of(type)) || types.elements().contains(JsonValue.of(type));
    }

    private void keyword(Subschema schema, String keyword, JsonValue value) {
        if (!KEYWORDS.contains(keyword) && !Keywords.ANNOTATION.contains(keyword)) {
            add(schema, keyword, "expected one of the keywords that OpenAI takes but found \"" + keyword + "\"");
        } else if (keyword.equals("format") && !FORMATS.contains(value.isString() ? value.text() : "")) {
            add(schema, keyword, "expected one of the formats that OpenAI takes but found " + value);
        } else if (keyword.equals("items") && value.isArray()) {
            add(schema, keyword, "expected one schema for all items but found a list");
        } else if ((keyword.equals("enum") && value.elements().stream().anyMatch(OpenAiStrictSchema::isMade))
                || (keyword.equals("const") && isMade(value))) {
            add(schema, keyword, "expected strings, numbers, true, false and null but found an object or a list");
        }
    }

    private static boolean isMade(JsonValue value) {
        return value.isObject() || value.isArray();
    }

    private void object(Subschema schema) {
        if (!schema.get("additionalProperties").equals(JsonValue.of(false))) {
            add(
                    schema,
                    "additionalProperties",
                    "expected \"additionalProperties\": false but found " + found(schema, "additionalProperties"));
        }
        List<JsonValue> required = schema.get("required").elements();
        List<String> missing = schema.get("properties").members().keySet().stream()
                .filter(name -> !required.contains(JsonValue.of(name)))
                .toList();
        if (!missing.isEmpty()) {
            add(
                    schema,
                    "required",
                    "expected all properties to be required but found that " + missing
                            + " may be missing; let them be null instead");
        }
    }

    /** Checks what is limited for the schema as a whole. */
    private void size() {
        int properties = 0;
        int characters = 0;
        int enumValues = 0;
        for (Subschema schema : document.all()) {
            properties += schema.get("properties").members().size();
            enumValues += schema.get("enum").elements().size();
            for (Map<String, JsonValue> named : List.of(
                    schema.get("properties").members(),
                    schema.get("$defs").members(),
                    schema.get("definitions").members())) {
                characters += named.keySet().stream().mapToInt(String::length).sum();
            }
            for (JsonValue value : schema.get("enum").elements()) {
                characters += length(value);
            }
            characters += schema.has("const") ? length(schema.get("const")) : 0;
        }
        limit("properties", properties, MAX_PROPERTIES, "properties");
        limit("enum", enumValues, MAX_ENUM_VALUES, "values of \"enum\"");
        limit("properties", characters, MAX_CHARACTERS, "characters of names and constants");
    }

    private static int length(JsonValue value) {
        return value.isString() ? value.text().length() : value.toString().length();
    }

    private void limit(String keyword, int count, int max, String what) {
        if (count > max) {
            places.add(new UnsupportedSchemaException.Place(
                    keyword, "", "expected at most " + max + " " + what + " in all but found " + count));
        }
    }

    /** Returns how many objects and lists are around a schema by its pointer, itself counted; a definition begins anew. */
    private static int levels(String pointer) {
        int levels = 1;
        String[] tokens = pointer.split("/", -1);
        for (int i = 1; i < tokens.length; i++) {
            switch (tokens[i]) {
                case "properties", "patternProperties", "prefixItems" -> {
                    levels++;
                    i++; // its name
                }
                case "items", "additionalProperties" -> levels++;
                case "$defs", "definitions" -> {
                    levels = 1;
                    i++;
                }
                default -> {}
            }
        }
        return levels;
    }

    private static String found(Subschema schema, String keyword) {
        return schema.has(keyword) ? schema.get(keyword).toString() : "none";
    }

    private void add(Subschema schema, String keyword, String problem) {
        String pointer = schema.pointer() + (keyword.isEmpty() ? "" : "/" + JsonPointer.step(keyword));
        places.add(new UnsupportedSchemaException.Place(keyword, pointer, problem));
    }
}
