package io.harmony4j.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.harmony4j.SpecialToken;
import io.harmony4j.conformance.Expectation.Alternative;
import io.harmony4j.conformance.Expectation.Kept;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an answer is worth.
 *
 * @param reason why, in a line; empty if the answer is as expected
 */
record Judgement(Verdict verdict, String reason) {
    private static final String ERROR = "error";
    private static final String KIND = "kind";

    /** Where an answer has what was read: where a text that was given must be found again. */
    private static final List<String> READ = List.of("messages", "chat", "text", "json");

    /** Where an answer has what people or programs are shown. */
    private static final List<String> SHOWN = List.of("messages", "chat", "steps");

    /** A field that may have a control token in it: {@code <|constrain|>json}. */
    private static final String CONTENT_TYPE = "content_type";

    /** Judges an answer to a vector's request. */
    static Judgement of(Vector vector, ObjectNode answer) {
        if (answer.has("skipped")) {
            return new Judgement(Verdict.SKIP, answer.path("skipped").asText());
        }
        String kind = answer.path(ERROR).path(KIND).asText();
        if (kind.equals("exception")) {
            return new Judgement(
                    Verdict.ERROR,
                    "exception: " + answer.path(ERROR).path("message").asText());
        }
        String broken = broken(vector.expectation().never(), answer);
        if (broken != null) {
            return new Judgement(Verdict.FAIL, broken);
        }
        Expectation expectation = vector.expectation();
        String difference = difference(expectation.expect(), answer, expectation.compare());
        if (difference == null) {
            return new Judgement(Verdict.PASS, "");
        }
        for (Alternative other : expectation.accept()) {
            if (difference(other.expect(), answer, expectation.compare()) == null) {
                return new Judgement(Verdict.NON_STRICT, other.why());
            }
        }
        return new Judgement(Verdict.FAIL, difference);
    }

    /** Returns, for people, the fields of an answer that are expected, and its error; all of it if there is neither. */
    static ObjectNode shown(ObjectNode expect, ObjectNode answer) {
        ObjectNode shown = answer.objectNode();
        for (Map.Entry<String, JsonNode> field : expect.properties()) {
            JsonNode actual = actual(field.getKey(), answer);
            if (!actual.isMissingNode()) {
                shown.set(field.getKey(), actual);
            }
        }
        if (answer.has(ERROR)) {
            shown.set(ERROR, answer.path(ERROR));
        }
        return shown.isEmpty() ? answer : shown;
    }

    private static @Nullable String difference(
            ObjectNode expect, ObjectNode answer, Map<String, Expectation.Comparison> rules) {
        Difference differences = new Difference(rules);
        for (Map.Entry<String, JsonNode> field : expect.properties()) {
            JsonNode actual = actual(field.getKey(), answer);
            if (actual.isMissingNode() && answer.has(ERROR)) {
                JsonNode error = answer.path(ERROR);
                return "expected " + field.getKey() + " but found the error "
                        + error.path(KIND).asText() + ": "
                        + error.path("message").asText();
            }
            String difference = differences.between(field.getKey(), field.getValue(), actual);
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    private static JsonNode actual(String field, ObjectNode answer) {
        return switch (field) {
            case ERROR -> kindOnly(answer.path(ERROR));
            case CodePointBlock.COUNT -> CodePointBlock.count(answer);
            case CodePointBlock.HASH -> CodePointBlock.hash(answer);
            default -> answer.path(field);
        };
    }

    /** Errors are compared by their kind; the wording is everybody's own. */
    private static JsonNode kindOnly(JsonNode error) {
        return error instanceof ObjectNode object ? object.deepCopy().retain(KIND) : error;
    }

    /** Returns what happened that must never happen, or null. */
    private static @Nullable String broken(Expectation.Never never, ObjectNode answer) {
        if (never.error() && answer.has(ERROR)) {
            return "must never throw, but found " + answer.path(ERROR);
        }
        if (never.controlTokenInText()) {
            List<String> shown = new ArrayList<>();
            SHOWN.forEach(field -> collect(answer.path(field), shown));
            for (String text : shown) {
                for (SpecialToken token : SpecialToken.values()) {
                    if (text.contains(token.literal())) {
                        return "must never show a control token, but found " + token.literal() + " in \"" + text + "\"";
                    }
                }
            }
        }
        if (!never.lose().isEmpty()) {
            List<String> read = new ArrayList<>();
            READ.forEach(field -> collect(answer.path(field), read));
            for (Kept kept : never.lose()) {
                if (read.stream().noneMatch(text -> text.contains(kept.text()))) {
                    return "must never lose a text, but \"" + kept.text() + "\" is not in the answer";
                }
            }
        }
        return null;
    }

    private static void collect(JsonNode node, List<String> texts) {
        if (node.isTextual()) {
            texts.add(node.textValue());
        } else if (node.isArray()) {
            node.forEach(element -> collect(element, texts));
        } else {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                if (!field.getKey().equals(CONTENT_TYPE)) {
                    collect(field.getValue(), texts);
                }
            }
        }
    }
}
