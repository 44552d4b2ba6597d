package io.harmony4j.parser;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;

/**
 * The JSON document that a parser's state is written to: the format's version, the kind of parser, its options, its machine
 * and its input.
 */
final class Snapshot {
    private static final int VERSION = 2;

    private Snapshot() {}

    static String write(String parser, JsonObject options, JsonObject machine, JsonObject input) {
        return Json.write(JsonObject.builder()
                .put("version", VERSION)
                .put("parser", parser)
                .put("options", options)
                .put("machine", machine)
                .put("input", input)
                .build());
    }

    /**
     * @throws IllegalArgumentException if the text is not a snapshot of the given kind of parser
     */
    static JsonValue read(String snapshot, String parser) {
        JsonValue value;
        try {
            value = Json.parse(snapshot);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("expected a snapshot but found something else: " + e.getMessage(), e);
        }
        boolean isSnapshot = value.get("version").equals(JsonValue.of(VERSION))
                && value.get("parser").equals(JsonValue.of(parser))
                && value.get("options").isObject()
                && value.get("machine").isObject()
                && value.get("input").isObject();
        if (!isSnapshot) {
            throw new IllegalArgumentException("expected a snapshot of a " + parser + " parser, version " + VERSION
                    + ", but found other JSON; snapshots come from the snapshot() of the same kind of parser");
        }
        return value;
    }

    /**
     * Returns the options of a snapshot.
     *
     * @throws IllegalArgumentException if a field is missing or wrong
     */
    static ParseOptions options(JsonValue snapshot) {
        try {
            return ParseOptions.restore(snapshot.get("options"));
        } catch (IllegalArgumentException e) {
            throw wrongField(e);
        }
    }

    /** Returns a text as JSON: a string, or its code units if one of them is half of a surrogate pair. */
    static JsonValue text(CharSequence text) {
        boolean isWhole =
                text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        return isWhole
                ? JsonValue.of(text.toString())
                : JsonArray.ofIntegers(text.chars().toArray());
    }

    /**
     * Returns the text that was written as JSON.
     *
     * @throws IllegalArgumentException if it is no text
     */
    static String text(JsonValue value) {
        if (!value.isArray()) {
            return value.text();
        }
        StringBuilder text = new StringBuilder();
        value.elements().forEach(unit -> text.append((char) unit.intValue()));
        return text.toString();
    }

    static IllegalArgumentException wrongField(IllegalArgumentException cause) {
        return new IllegalArgumentException(
                "expected a snapshot but found a field that is missing or wrong: " + cause.getMessage(), cause);
    }
}
