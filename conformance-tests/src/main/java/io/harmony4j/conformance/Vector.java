package io.harmony4j.conformance;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One case of the suite: a request of the driver protocol and the answer that is expected.
 *
 * @param id its permanent name, as in {@code parse-0006}
 * @param kind what is tested, as in {@code parse}
 * @param description what the case shows, in one line
 * @param level how binding it is
 * @param given the request, without {@code seq}
 * @param expect the fields that the answer must have, or {@code error} with the kind of error
 * @param source where the expectation comes from
 */
public record Vector(
        String id, String kind, String description, Level level, ObjectNode given, ObjectNode expect, String source) {
    public Vector {
        requireNonNull(id, "id");
        requireNonNull(kind, "kind");
        requireNonNull(description, "description");
        requireNonNull(level, "level");
        requireNonNull(source, "source");
        given = given.deepCopy();
        expect = expect.deepCopy();
    }

    /** How binding a vector is, in the sense of RFC 2119. */
    public enum Level {
        MUST,
        SHOULD,
        MAY
    }

    @Override
    public ObjectNode given() {
        return given.deepCopy();
    }

    @Override
    public ObjectNode expect() {
        return expect.deepCopy();
    }

    /** Returns the request to send: what is given, where a text may stand as a range of code points, written out. */
    public ObjectNode request() {
        ObjectNode request = given.deepCopy();
        JsonNode range = request.remove(CodePointBlock.FIELD);
        if (range != null) {
            request.put("text", CodePointBlock.of(range).text());
        }
        return request;
    }

    /**
     * Returns what is wrong with an answer, a line for each field that differs; nothing if the answer is as expected. Fields
     * that are not expected may have any value.
     */
    public List<String> differences(JsonNode answer) {
        List<String> differences = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : expect.properties()) {
            String name = field.getKey();
            JsonNode expected = field.getValue();
            JsonNode actual = switch (name) {
                case "error" -> kindOnly(answer.path(name));
                case CodePointBlock.COUNT -> CodePointBlock.count(answer);
                case CodePointBlock.HASH -> CodePointBlock.hash(answer);
                default -> answer.path(name);
            };
            if (!(name.equals("chat") ? trimmed(expected).equals(trimmed(actual)) : expected.equals(actual))) {
                differences.add(name + ": expected " + expected + " but found "
                        + (actual.isMissingNode() ? "nothing in " + answer : actual));
            }
        }
        return differences;
    }

    /** Texts for people are compared apart from white space. */
    private static JsonNode trimmed(JsonNode node) {
        if (node.isTextual()) {
            return TextNode.valueOf(node.textValue().strip().replaceAll("\\s+", " "));
        }
        if (node instanceof ObjectNode object) {
            ObjectNode copy = object.objectNode();
            object.properties().forEach(field -> copy.set(field.getKey(), trimmed(field.getValue())));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = array.arrayNode();
            array.forEach(element -> copy.add(trimmed(element)));
            return copy;
        }
        return node;
    }

    /** Errors are compared by their kind; the wording is everybody's own. */
    private static JsonNode kindOnly(JsonNode error) {
        return error instanceof ObjectNode object ? object.deepCopy().retain("kind") : error;
    }
}
