package io.harmony4j.renderer;

import io.harmony4j.json.JsonValue;
import io.harmony4j.renderer.Finding.Code;
import java.util.List;
import java.util.Set;

/** Findings in the schema of a tool's parameters: what its TypeScript in the prompt does not show, or shows as something else. */
final class SchemaLint {
    /** Keywords that {@link TypeScriptWriter} leaves out, whatever their value. */
    private static final List<String> NOT_SHOWN = List.of(
            "$ref",
            "anyOf",
            "allOf",
            "const",
            "not",
            "if",
            "prefixItems",
            "patternProperties",
            "propertyNames",
            "format",
            "pattern",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "uniqueItems",
            "minProperties",
            "maxProperties",
            "contains",
            "minContains",
            "maxContains",
            "dependentRequired",
            "dependentSchemas",
            "unevaluatedItems",
            "unevaluatedProperties",
            "deprecated",
            "readOnly",
            "writeOnly",
            "contentEncoding",
            "contentMediaType");

    private static final Set<Integer> LINE_ENDS = Set.of((int) '\n', (int) '\r', 0x2028, 0x2029);

    private static final String FAITHFUL =
            ", or show all of it: RenderOptions.withFaithfulTypeScript, --faithful-schemas";
    private static final String LOSSY_SUGGESTION = "say it in the description, in words" + FAITHFUL;
    private static final String ENUM = "enum";
    private static final String ITEMS = "items";

    private final int index;
    private final boolean isFaithful;
    private final Findings findings;

    /** Where a schema stands, which decides what is shown of it. */
    private enum Place {
        TOP,
        PROPERTY,
        VARIANT,
        ITEMS
    }

    /**
     * @param index the index of the message that declares the tool
     * @param isFaithful whether the TypeScript is {@link FaithfulTypeScriptWriter}'s, which shows all
     */
    SchemaLint(int index, boolean isFaithful, Findings findings) {
        this.index = index;
        this.isFaithful = isFaithful;
        this.findings = findings;
    }

    void check(JsonValue parameters, String pointer) {
        if (!"object".equals(parameters.get("type").textOrNull())) {
            findings.add(
                    index,
                    Code.PARAMETERS_NOT_OBJECT,
                    pointer,
                    "the parameters are not of the type object",
                    "declare {\"type\":\"object\",\"properties\":{...}}: a call's arguments are an object");
        }
        if (!isFaithful) {
            schema(parameters, pointer, Place.TOP);
        }
    }

    private void schema(JsonValue schema, String pointer, Place place) {
        if (schema.isBoolean()) {
            lossy(pointer, "the schema " + schema);
            return;
        }
        for (String keyword : NOT_SHOWN) {
            if (schema.members().containsKey(keyword)) {
                lossy(pointer, keyword, schema);
            }
        }
        if (schema.get("additionalProperties").isObject()) {
            lossy(pointer, "additionalProperties", schema);
        }
        if (schema.get(ITEMS).isArray()) {
            lossy(pointer, ITEMS, schema);
        }
        boolean hidesNull = place == Place.ITEMS || place == Place.TOP;
        if (hidesNull && schema.get("nullable").equals(JsonValue.of(true))) {
            lossy(pointer, "nullable", schema);
        }
        values(schema, pointer);
        comments(schema, pointer, place);
        children(schema, pointer);
    }

    private void lossy(String pointer, String keyword, JsonValue schema) {
        lossy(Findings.member(pointer, keyword), keyword + ": " + shortened(schema.get(keyword)));
    }

    private void lossy(String pointer, String what) {
        findings.add(index, Code.SCHEMA_LOSSY, pointer, "the prompt does not show " + what, LOSSY_SUGGESTION);
    }

    private static String shortened(JsonValue value) {
        String text = value.toString();
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }

    private void values(JsonValue schema, String pointer) {
        List<JsonValue> values = schema.get(ENUM).elements();
        if (values.isEmpty()) {
            return;
        }
        if (!"string".equals(schema.get("type").textOrNull())
                || !values.stream().allMatch(JsonValue::isString)) {
            lossy(pointer, ENUM, schema);
        } else if (values.stream().anyMatch(value -> breaks(value.text(), true))) {
            broken(pointer + "/" + ENUM, "a value has a quote, a backslash or a line end, and is not escaped");
        }
    }

    private void comments(JsonValue schema, String pointer, Place place) {
        boolean isShown = place == Place.PROPERTY || place == Place.VARIANT;
        if (isShown || "object".equals(schema.get("type").textOrNull())) {
            comment(schema, pointer, "description");
        }
        if (isShown) {
            comment(schema, pointer, "default");
        }
        if (place == Place.PROPERTY) {
            comment(schema, pointer, "title");
            if (schema.get("examples").elements().stream().anyMatch(example -> breaks(example, false))) {
                broken(pointer + "/examples", "an example has a line end, after which nothing is a comment");
            }
        }
    }

    private void comment(JsonValue schema, String pointer, String keyword) {
        if (breaks(schema.get(keyword), false)) {
            broken(pointer + "/" + keyword, "the " + keyword + " has a line end, after which nothing is a comment");
        }
    }

    private void children(JsonValue schema, String pointer) {
        schema.get("properties").members().forEach((name, property) -> {
            String place = Findings.member(pointer + "/properties", name);
            if (!ToolLint.IDENTIFIER.matcher(name).matches()) {
                broken(place, "the name \"" + name + "\" is no identifier, and stands without quotes");
            }
            schema(property, place, Place.PROPERTY);
        });
        JsonValue items = schema.get(ITEMS);
        if (items.isObject() || items.isBoolean()) {
            if (isUnion(items)) {
                findings.add(
                        index,
                        Code.ARRAY_OF_UNION,
                        pointer + "/" + ITEMS,
                        "the items are one of several types or values, and the prompt has no parentheses around them",
                        "say in the description that each item is one of them" + FAITHFUL);
            }
            schema(items, pointer + "/" + ITEMS, Place.ITEMS);
        }
        List<JsonValue> variants = schema.get("oneOf").elements();
        for (int i = 0; i < variants.size(); i++) {
            schema(variants.get(i), pointer + "/oneOf/" + i, Place.VARIANT);
        }
    }

    /** Returns whether the TypeScript of a schema is a union, as {@link TypeScriptWriter} writes it. */
    private static boolean isUnion(JsonValue schema) {
        if (schema.get("oneOf").isArray()) {
            return schema.get("oneOf").elements().size() > 1;
        }
        if (schema.get("type").isArray()) {
            return schema.get("type").elements().size() > 1;
        }
        return "string".equals(schema.get("type").textOrNull())
                && schema.get(ENUM).elements().stream()
                                .filter(JsonValue::isString)
                                .count()
                        > 1;
    }

    private void broken(String pointer, String what) {
        findings.add(
                index,
                Code.TYPESCRIPT_BREAKS,
                pointer,
                "the prompt's TypeScript is none: " + what,
                "write it otherwise" + FAITHFUL);
    }

    private static boolean breaks(JsonValue value, boolean isQuoted) {
        return value.isString() && breaks(value.text(), isQuoted);
    }

    private static boolean breaks(String text, boolean isQuoted) {
        return text.chars().anyMatch(c -> LINE_ENDS.contains(c) || (isQuoted && (c == '"' || c == '\\')));
    }
}
