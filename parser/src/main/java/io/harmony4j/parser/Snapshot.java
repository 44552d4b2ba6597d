package io.harmony4j.parser;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.List;

/**
 * The JSON document that a parser's state is written to: the format's version, the kind of parser, its options, its machine,
 * the symbols held back before it, its input, and how much it has collected.
 */
final class Snapshot {
    private static final int VERSION = 3;

    private static final List<String> PARTS = List.of("options", "machine", "symbols", "input", "collected");

    private Snapshot() {}

    /** Writes a snapshot of its parts. */
    static String write(String parser, JsonObject.Builder parts) {
        return Json.write(parts.put("version", VERSION).put("parser", parser).build());
    }

    /**
     * @throws IllegalArgumentException if the text is not a snapshot of the given kind of parser
     */
    static JsonValue read(String snapshot, String parser) {
        requireNonNull(snapshot, "snapshot");
        JsonValue value;
        try {
            value = Json.parse(snapshot);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("expected a snapshot but found something else: " + e.getMessage(), e);
        }
        boolean isSnapshot = value.get("version").equals(JsonValue.of(VERSION))
                && value.get("parser").equals(JsonValue.of(parser))
                && PARTS.stream().allMatch(part -> value.get(part).isObject());
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
