package io.harmony4j.conformance;

import io.harmony4j.SpecialToken;
import io.harmony4j.conformance.Expectation.Alternative;
import io.harmony4j.conformance.Expectation.Kept;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
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
    static Judgement of(TestVector vector, JsonObject answer) {
        if (answer.has("skipped")) {
            return new Judgement(Verdict.SKIP, Lenient.text(answer.get("skipped")));
        }
        JsonValue error = answer.get(ERROR);
        if (Lenient.text(error.get(KIND)).equals("exception")) {
            return new Judgement(Verdict.ERROR, inWords(error));
        }
        String broken = broken(vector.expectation().never(), answer);
        if (broken == null) {
            broken = ApiAnswer.broken(vector.given(), answer);
        }
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

    private static String inWords(JsonValue error) {
        return Lenient.text(error.get(KIND)) + ": " + Lenient.text(error.get("message"));
    }

    /** Returns the fields of an answer that are expected, and its error; all of it if there is neither. */
    static JsonObject shown(JsonObject expect, JsonObject answer) {
        JsonObject.Builder shown = JsonObject.builder();
        for (String field : expect.members().keySet()) {
            JsonValue actual = actual(field, answer);
            if (actual != null) {
                shown.put(field, actual);
            }
        }
        if (answer.has(ERROR)) {
            shown.put(ERROR, answer.get(ERROR));
        }
        JsonObject fields = shown.build();
        return fields.members().isEmpty() ? answer : fields;
    }

    private static @Nullable String difference(
            JsonObject expect, JsonObject answer, Map<String, Expectation.Comparison> rules) {
        Difference differences = new Difference(rules);
        for (Map.Entry<String, JsonValue> field : expect.members().entrySet()) {
            JsonValue actual = actual(field.getKey(), answer);
            if (actual == null && answer.has(ERROR)) {
                return "expected " + field.getKey() + " but found the error " + inWords(answer.get(ERROR));
            }
            if (actual == null && answer.has(ApiAnswer.REFUSAL) && !Matchers.isMatcher(field.getValue())) {
                return "expected " + field.getKey() + " but found the refusal " + answer.get(ApiAnswer.REFUSAL);
            }
            String difference = differences.between(field.getKey(), field.getValue(), actual);
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    /** Returns what an answer has in a field, or null if it does not have the field. */
    private static @Nullable JsonValue actual(String field, JsonObject answer) {
        return switch (field) {
            case ERROR -> kindOnly(answer.members().get(ERROR));
            case CodePointBlock.COUNT -> CodePointBlock.count(answer);
            case CodePointBlock.HASH -> CodePointBlock.hash(answer);
            case ApiAnswer.STREAM -> ApiAnswer.stream(answer);
            default -> answer.members().get(field);
        };
    }

    /** Errors are compared by their kind: each implementation words them in its own way. */
    private static @Nullable JsonValue kindOnly(@Nullable JsonValue error) {
        if (!(error instanceof JsonObject object)) {
            return error;
        }
        return object.has(KIND) ? JsonObject.of(KIND, object.get(KIND)) : JsonObject.EMPTY;
    }

    /** Returns what happened that must never happen, or null. */
    private static @Nullable String broken(Expectation.Never never, JsonObject answer) {
        if (never.error() && answer.has(ERROR)) {
            return "must never throw, but found " + answer.get(ERROR);
        }
        if (never.controlTokenInText()) {
            List<String> shown = new ArrayList<>();
            SHOWN.forEach(field -> collect(answer.get(field), shown));
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
            READ.forEach(field -> collect(answer.get(field), read));
            for (Kept kept : never.lose()) {
                if (read.stream().noneMatch(text -> text.contains(kept.text()))) {
                    return "must never lose a text, but \"" + kept.text() + "\" is not in the answer";
                }
            }
        }
        return null;
    }

    private static void collect(JsonValue value, List<String> texts) {
        if (value.isString()) {
            texts.add(value.text());
        }
        value.elements().forEach(element -> collect(element, texts));
        value.members().forEach((name, member) -> {
            if (!name.equals(CONTENT_TYPE)) {
                collect(member, texts);
            }
        });
    }
}
