package io.harmony4j.conformance;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
public record Expectation(ObjectNode expect, List<Alternative> accept, Map<String, Comparison> compare, Never never) {
    public Expectation {
        expect = expect.deepCopy();
        accept = List.copyOf(accept);
        compare = Map.copyOf(compare);
        requireNonNull(never, "never");
    }

    /**
     * An answer that is not strictly right, but accepted.
     *
     * @param why what can be said for it
     */
    public record Alternative(String why, ObjectNode expect) {
        public Alternative {
            requireNonNull(why, "why");
            expect = expect.deepCopy();
        }

        @Override
        public ObjectNode expect() {
            return expect.deepCopy();
        }
    }

    /** How two values are compared. */
    public enum Comparison {
        /** As JSON values. */
        EXACT,
        /** As EXACT, but strings apart from white space: none at the ends, and one space for each run of it. */
        TRIMMED,
        /** As EXACT, but two strings that are JSON objects or lists are equal if what they say is. */
        JSON_EQUAL
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
            lose = List.copyOf(lose);
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

    static Expectation of(JsonNode vector) {
        List<Alternative> accept = new ArrayList<>();
        vector.path("accept")
                .forEach(other ->
                        accept.add(new Alternative(other.path("why").textValue(), (ObjectNode) other.path("expect"))));
        Map<String, Comparison> compare = new LinkedHashMap<>();
        compare.put("chat", Comparison.TRIMMED);
        vector.path("compare")
                .properties()
                .forEach(rule ->
                        compare.put(rule.getKey(), comparison(rule.getValue().textValue())));
        return new Expectation(
                vector.path("expect") instanceof ObjectNode expect ? expect : JsonNodeFactory.instance.objectNode(),
                accept,
                compare,
                never(vector.path("never")));
    }

    private static Comparison comparison(String name) {
        return Comparison.valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
    }

    private static Never never(JsonNode never) {
        List<Kept> lose = new ArrayList<>();
        for (JsonNode kept : never.path("lose")) {
            lose.add(
                    kept.isTextual()
                            ? new Kept(kept.textValue(), 0)
                            : new Kept(
                                    kept.path("text").textValue(),
                                    kept.path("after").intValue()));
        }
        return new Never(
                never.path("throw").booleanValue(),
                never.path("controlTokenInText").booleanValue(),
                lose);
    }

    @Override
    public ObjectNode expect() {
        return expect.deepCopy();
    }

    /** Returns what is expected when only the first tokens are given: what is not there yet cannot be lost. */
    Expectation after(int tokens) {
        List<Kept> lose =
                never.lose().stream().filter(kept -> kept.after() <= tokens).toList();
        return new Expectation(expect, accept, compare, new Never(never.error(), never.controlTokenInText(), lose));
    }

    /** Returns what is expected, for people: the fields, and what must not happen. */
    ObjectNode shown() {
        ObjectNode shown = expect();
        if (!never.equals(new Never(false, false, List.of()))) {
            ObjectNode invariants = shown.putObject("never");
            if (never.error()) {
                invariants.put("throw", true);
            }
            if (never.controlTokenInText()) {
                invariants.put("controlTokenInText", true);
            }
            if (!never.lose().isEmpty()) {
                ArrayNode lose = invariants.putArray("lose");
                never.lose().forEach(kept -> lose.add(kept.text()));
            }
        }
        return shown;
    }
}
