package io.harmony4j.parse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The JSON document that a parser's state is written to: the format's version, the kind of parser, its options, its machine
 * and its input.
 */
final class Snapshot {
    private static final int VERSION = 1;
    private static final JsonMapper JSON = new JsonMapper();

    private Snapshot() {}

    static ObjectNode create(String parser) {
        return JSON.createObjectNode().put("version", VERSION).put("parser", parser);
    }

    static String write(ObjectNode snapshot) {
        return snapshot.toString();
    }

    /**
     * @throws IllegalArgumentException if the text is not a snapshot of the given kind of parser
     */
    static JsonNode read(String snapshot, String parser) {
        try {
            JsonNode node = JSON.readTree(snapshot);
            boolean isSnapshot = node != null
                    && node.path("version").intValue() == VERSION
                    && parser.equals(node.path("parser").textValue())
                    && node.path("options").isObject()
                    && node.path("machine").isObject()
                    && node.path("input").isObject();
            if (isSnapshot) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "expected a snapshot but found something else: " + e.getOriginalMessage(), e);
        }
        throw new IllegalArgumentException("expected a snapshot of a " + parser + " parser, version " + VERSION
                + ", but found other JSON; snapshots come from the snapshot() of the same kind of parser");
    }

    /**
     * Returns the options of a snapshot.
     *
     * @throws IllegalArgumentException if a field is missing or wrong
     */
    static ParseOptions options(JsonNode snapshot) {
        try {
            return ParseOptions.restore(snapshot.path("options"));
        } catch (NullPointerException | IllegalArgumentException e) {
            throw wrongField(e);
        }
    }

    static IllegalArgumentException wrongField(RuntimeException cause) {
        return new IllegalArgumentException("expected a snapshot but found a field that is missing or wrong", cause);
    }
}
