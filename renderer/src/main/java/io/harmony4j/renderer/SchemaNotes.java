package io.harmony4j.renderer;

import io.harmony4j.json.JsonSchema;
import io.harmony4j.json.JsonValue;
import io.harmony4j.renderer.TypeNode.Typed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is said of a type in comments: what TypeScript has no types for. */
final class SchemaNotes {
    /** What stands in one line, in this order. */
    private static final List<String> CONSTRAINTS = List.of(
            "format",
            "pattern",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "minContains",
            "maxContains",
            "minProperties",
            "maxProperties",
            "multipleOf",
            "uniqueItems",
            "contentEncoding",
            "contentMediaType",
            "contentSchema",
            "deprecated",
            "readOnly",
            "writeOnly");

    /** What has a line of its own, as JSON. */
    private static final List<String> OWN_LINES = List.of(
            "patternProperties",
            "propertyNames",
            "not",
            "if",
            "then",
            "else",
            "contains",
            "dependentRequired",
            "dependentSchemas",
            "dependencies",
            "unevaluatedItems",
            "unevaluatedProperties",
            "$dynamicRef",
            "$recursiveRef");

    private static final Set<String> FLAGS = Set.of("uniqueItems", "deprecated", "readOnly", "writeOnly");

    private SchemaNotes() {}

    /**
     * Returns what stands in one line.
     *
     * @param expressed keywords that the type shows
     */
    static List<String> constraints(JsonValue schema, Set<String> expressed) {
        List<String> constraints = new ArrayList<>();
        for (String keyword : CONSTRAINTS) {
            JsonValue value = schema.members().get(keyword);
            if (value == null || expressed.contains(keyword)) {
                continue;
            }
            if (!FLAGS.contains(keyword)) {
                constraints.add(
                        keyword + ": " + (keyword.equals("pattern") ? TypeScriptTokens.json(value) : bare(value)));
            } else if (value.equals(JsonValue.of(true))) {
                constraints.add(keyword);
            }
        }
        return constraints;
    }

    /** Returns what stands in lines of its own. */
    static List<String> lines(JsonValue schema, Set<String> expressed) {
        List<String> lines = new ArrayList<>();
        for (String keyword : OWN_LINES) {
            JsonValue value = schema.members().get(keyword);
            if (value != null && !expressed.contains(keyword)) {
                lines.add(line(keyword, value));
            }
        }
        return lines;
    }

    /** Returns a keyword and its value. */
    static String line(String keyword, JsonValue value) {
        return keyword + ": " + TypeScriptTokens.json(value);
    }

    /** Returns a string without quotes if it is on one line, and the JSON of everything else. */
    static String bare(JsonValue value) {
        String text = value.textOrNull();
        return text == null || TypeScriptTokens.hasLineEnd(text) ? TypeScriptTokens.json(value) : text;
    }

    /** Returns what is said of the default; parity: a string is bare if it is one of several values. */
    static Optional<String> defaultOf(JsonSchema schema) {
        return schema.defaultValue()
                .map(value -> "default: " + (schema.isEnum() ? bare(value) : TypeScriptTokens.json(value)));
    }

    /** Returns all that is said of a type where there is no line for each, but for its description if that is shown elsewhere. */
    static List<String> all(Typed typed, boolean withDescription) {
        List<String> notes = new ArrayList<>();
        if (withDescription) {
            typed.schema()
                    .description()
                    .ifPresent(description -> notes.add(String.join(" ", TypeScriptTokens.lines(description))));
        }
        if (!typed.constraints().isEmpty()) {
            notes.add(String.join(", ", typed.constraints()));
        }
        notes.addAll(typed.lines());
        if (typed.schema().hasExamples()) {
            notes.add(line("examples", typed.schema().value().get("examples")));
        }
        defaultOf(typed.schema()).ifPresent(notes::add);
        return notes;
    }
}
