package io.harmony4j.grammar;

import io.harmony4j.json.JsonSchema;
import io.harmony4j.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects what another runtime cannot be told about a grammar: one sentence each, none twice. Not thread-safe. */
final class ExportNotes {
    static final String NO_LEAP_SECONDS = "times have no leap seconds";
    static final String EQUAL_ITEMS = "items of arrays may be equal where \"uniqueItems\" forbids it";

    private final Set<String> sentences = new LinkedHashSet<>();

    void add(String sentence) {
        sentences.add(sentence);
    }

    /** Adds a sentence if something is so. */
    void addIf(boolean condition, String sentence) {
        if (condition) {
            add(sentence);
        }
    }

    /**
     * Adds a sentence for each place of a schema with one of some keywords.
     *
     * @param owner whose schema it is
     * @param keywords what the runtime does with each, as in "is ignored"
     * @param formats the formats that the runtime knows
     * @param otherFormat what it does with others
     */
    void addKeywords(
            JsonSchema schema, String owner, Map<String, String> keywords, Set<String> formats, String otherFormat) {
        for (Subschema at : new SchemaDocument(schema.value()).all()) {
            at.value().members().forEach((keyword, value) -> {
                String format = keyword.equals("format") ? value.textOrNull() : null;
                String place = " at " + at.pointer() + "/" + keyword + " in the schema of " + owner + " ";
                if (keywords.containsKey(keyword) && !saysNothing(keyword, value)) {
                    add("\"" + keyword + "\"" + place + keywords.get(keyword));
                } else if (format != null && !formats.contains(format)) {
                    add("the format \"" + format + "\"" + place + otherFormat);
                }
            });
        }
    }

    /** Returns whether a keyword has the value that allows everything. */
    private static boolean saysNothing(String keyword, JsonValue value) {
        return keyword.equals("uniqueItems") && value.equals(JsonValue.of(false));
    }

    List<String> sentences() {
        return new ArrayList<>(sentences);
    }
}
