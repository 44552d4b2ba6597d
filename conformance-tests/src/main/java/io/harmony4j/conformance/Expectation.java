package io.harmony4j.conformance;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a vector expects of an answer.
 *
 * @param expect the fields that the answer must have, or {@code error} with the kind of error; empty if only {@code never} counts
 * @param accept other answers that will do
 * @param compare how fields are compared, by their paths, as in {@code chat.content}; a field inside of one that is named is
 *     compared in the same way
 * @param never what must not happen, whatever else the answer is
 */
public record Expectation(JsonObject expect, List<Alternative> accept, Map<String, Comparison> compare, Never never) {
    public Expectation {
        requireNonNull(expect, "expect");
        accept = List.copyOf(requireNonNull(accept, "accept"));
        compare = Map.copyOf(requireNonNull(compare, "compare"));
        requireNonNull(never, "never");
    }

    /**
     * An answer that is not strictly right, but accepted.
     *
     * @param why what can be said for it
     */
    public record Alternative(String why, JsonObject expect) {
        public Alternative {
            requireNonNull(why, "why");
            requireNonNull(expect, "expect");
        }
    }

    /** How two values are compared. */
    public enum Comparison {
        /** As JSON values. */
        EXACT,
        /** As EXACT, but strings apart from white space: none at the ends, and one space for each run of it. */
        TRIMMED,
        /** As EXACT, but two strings that are JSON objects or lists are equal if what they say is. */
        JSON_EQUAL,
        /** As EXACT, but objects may have more fields than are expected, and {@link Matchers} stand for values. */
        SUBSET,
        /** As EXACT, but the order of a list does not count, nor how often an element is in it. */
        SET
    }

    /**
     * What must not happen.
     *
     * @param error whether the answer must not be an error
     * @param controlTokenInText whether no text that is shown may have a special token of the format in it
     * @param lose the texts that must be found in the answer
     */
    public record Never(boolean error, boolean controlTokenInText, List<Kept> lose) {
        public Never {
            lose = List.copyOf(requireNonNull(lose, "lose"));
        }
    }

    /**
     * A text that must be found in the answer.
     *
     * @param after the number of tokens from which on it must be there, where only some are given
     */
    public record Kept(String text, int after) {
        public Kept {
            requireNonNull(text, "text");
        }
    }

    static Expectation of(JsonValue vector) {
        List<Alternative> accept = new ArrayList<>();
        for (JsonValue other : vector.get("accept").elements()) {
            accept.add(new Alternative(other.get("why").text(), object(other.get("expect"))));
        }
        JsonValue expect = vector.get("expect");
        Map<String, Comparison> compare = new LinkedHashMap<>();
        compare.put("chat", Comparison.TRIMMED);
        if (ApiAnswer.isAskedBy(vector.get("given"))) {
            expect.members().keySet().forEach(field -> compare.put(field, Comparison.SUBSET));
            accept.forEach(
                    other -> other.expect().members().keySet().forEach(field -> compare.put(field, Comparison.SUBSET)));
        }
        vector.get("compare").members().forEach((path, rule) -> compare.put(path, comparison(rule.text())));
        return new Expectation(
                expect.isNull() ? JsonObject.EMPTY : object(expect), accept, compare, never(vector.get("never")));
    }

    private static JsonObject object(JsonValue value) {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw value.unexpected("an object of expected fields");
    }

    private static Comparison comparison(String name) {
        return Comparison.valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
    }

    private static Never never(JsonValue never) {
        List<Kept> lose = new ArrayList<>();
        for (JsonValue kept : never.get("lose").elements()) {
            JsonValue after = kept.get("after");
            String text = kept.isString() ? kept.text() : kept.get("text").text();
            lose.add(new Kept(text, after.isNull() ? 0 : after.intValue()));
        }
        return new Never(isTrue(never.get("throw")), isTrue(never.get("controlTokenInText")), lose);
    }

    private static boolean isTrue(JsonValue value) {
        return value.isBoolean() && value.booleanValue();
    }

    /** Returns what is expected when only the first tokens are given: what is not there yet cannot be lost. */
    Expectation after(int tokens) {
        List<Kept> lose =
                never.lose().stream().filter(kept -> kept.after() <= tokens).toList();
        return new Expectation(expect, accept, compare, new Never(never.error(), never.controlTokenInText(), lose));
    }

    /** Returns what is expected, human-readable: the fields, and what must not happen. */
    JsonObject shown() {
        if (never.equals(new Never(false, false, List.of()))) {
            return expect;
        }
        JsonObject.Builder invariants = JsonObject.builder();
        if (never.error()) {
            invariants.put("throw", true);
        }
        if (never.controlTokenInText()) {
            invariants.put("controlTokenInText", true);
        }
        if (!never.lose().isEmpty()) {
            invariants.put(
                    "lose",
                    JsonArray.ofTexts(never.lose().stream().map(Kept::text).toList()));
        }
        return expect.toBuilder().put("never", invariants.build()).build();
    }
}
