package io.harmony4j.grammar;

import java.util.Set;

/** The keywords of JSON Schema, by what is done with them. */
final class Keywords {
    /** What says something about arrays. */
    static final Set<String> ARRAY =
            Set.of("items", "prefixItems", "additionalItems", "minItems", "maxItems", "uniqueItems");

    /** What says something about objects. */
    static final Set<String> OBJECT = Set.of(
            "properties",
            "patternProperties",
            "additionalProperties",
            "unevaluatedProperties",
            "required",
            "propertyNames",
            "minProperties",
            "maxProperties");

    /** What says something about numbers and strings, or about all values. */
    static final Set<String> SCALAR = Set.of(
            "type",
            "enum",
            "const",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "minLength",
            "maxLength",
            "pattern",
            "format");

    /** What hands on to other schemas for the same value. */
    static final Set<String> APPLICATOR = Set.of(
            "$ref",
            "allOf",
            "anyOf",
            "oneOf",
            "not",
            "if",
            "then",
            "else",
            "dependentRequired",
            "dependentSchemas",
            "dependencies");

    /** What cannot be enforced. */
    static final Set<String> REFUSED =
            Set.of("contains", "minContains", "maxContains", "unevaluatedItems", "$dynamicRef", "$recursiveRef");

    /** What says nothing about a value. */
    static final Set<String> ANNOTATION = Set.of(
            "$schema",
            "$id",
            "id",
            "$anchor",
            "$dynamicAnchor",
            "$recursiveAnchor",
            "$vocabulary",
            "$defs",
            "definitions",
            "$comment",
            "title",
            "description",
            "default",
            "examples",
            "deprecated",
            "readOnly",
            "writeOnly",
            "contentEncoding",
            "contentMediaType",
            "contentSchema");

    private Keywords() {}

    /** Returns whether a keyword is said by a schema itself, and not by others that it hands on to. */
    static boolean isDirect(String keyword) {
        return SCALAR.contains(keyword)
                || ARRAY.contains(keyword)
                || OBJECT.contains(keyword)
                || REFUSED.contains(keyword);
    }

    static boolean isKnown(String keyword) {
        return isDirect(keyword) || APPLICATOR.contains(keyword) || ANNOTATION.contains(keyword);
    }
}
