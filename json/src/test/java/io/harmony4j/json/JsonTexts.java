package io.harmony4j.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** JSON texts for the tests of this module, good and bad, and what Jackson's ordinary parser reads in them. */
final class JsonTexts {
    private static final ObjectMapper JACKSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonTexts() {}

    /** Returns what Jackson reads; empty if it is not JSON. */
    static Optional<JsonNode> read(String json) {
        try {
            JsonNode tree = JACKSON.readTree(json);
            return tree.isMissingNode() ? Optional.empty() : Optional.of(tree);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Cuts a text before the given indexes, as far as it has them. */
    static List<String> cut(String text, List<Integer> cuts) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        for (int cut : cuts.stream().sorted().toList()) {
            if (cut < text.length()) {
                pieces.add(text.substring(from, cut));
                from = cut;
            }
        }
        pieces.add(text.substring(from));
        return pieces;
    }

    /** JSON values as text, with white space that a writer would leave out, and repeated names. */
    static Arbitrary<String> values() {
        Arbitrary<String> texts = Arbitraries.of(
                        "", "a", "a", "é", "💖", "\\n", "\\\"", "\\u001f", "\\ud83d\\udc96", "\u007f", "\u2028", "x y")
                .map(text -> '"' + text + '"');
        Arbitrary<String> scalars = Arbitraries.oneOf(
                Arbitraries.of("null", "true", "false", "-0", "1e2", "1E-9", "18446744073709551615", "0.10"),
                Arbitraries.longs().map(String::valueOf),
                Arbitraries.bigIntegers().map(String::valueOf),
                Arbitraries.doubles().map(String::valueOf),
                texts);
        return Arbitraries.lazyOf(
                () -> scalars,
                () -> scalars,
                () -> values().list().ofMaxSize(3).map(values -> "[ " + String.join(" ,", values) + "]"),
                () -> Combinators.combine(texts, values())
                        .as((name, value) -> name + ": " + value)
                        .list()
                        .ofMaxSize(3)
                        .map(members -> "{" + String.join(",\n", members) + " }"));
    }

    /** Objects with white space and escapes in all places where they may be. */
    static Arbitrary<String> objects() {
        return object(2);
    }

    private static Arbitrary<String> object(int depth) {
        Arbitrary<String> field = Combinators.combine(strings(), spaces(), value(depth))
                .as((name, space, value) -> name + space + ":" + value);
        // names must differ: of fields with the same name only one is in the tree
        Arbitrary<List<String>> fields =
                field.list().uniqueElements(JsonTexts::nameOf).ofMaxSize(4);
        return Combinators.combine(fields, spaces())
                .as((list, space) -> list.stream().collect(Collectors.joining(",", "{" + space, space + "}")));
    }

    private static String nameOf(String field) {
        return read("[" + field.replaceFirst("(?s)^(\"(?:\\\\.|[^\"\\\\])*+\").*", "$1") + "]")
                .orElseThrow()
                .get(0)
                .asText();
    }

    private static Arbitrary<String> value(int depth) {
        Arbitrary<String> scalar = Arbitraries.oneOf(
                strings(), Arbitraries.of("true", "false", "null", "0", "-1", "12.50", "-0.1e+2", "7E9", "1e-3"));
        Arbitrary<String> value = scalar;
        if (depth > 0) {
            Arbitrary<String> array = Arbitraries.lazy(() -> value(depth - 1))
                    .list()
                    .ofMaxSize(3)
                    .map(items -> items.stream().collect(Collectors.joining(",", "[", "]")));
            value = Arbitraries.oneOf(scalar, array, Arbitraries.lazy(() -> object(depth - 1)));
        }
        return Combinators.combine(spaces(), value, spaces()).as((before, it, after) -> before + it + after);
    }

    private static Arbitrary<String> strings() {
        return Arbitraries.of(
                        "a",
                        "b",
                        "\\n",
                        "\\\"",
                        "\\\\",
                        "\\/",
                        "\\u00e9",
                        "\\ud83e\\udd84",
                        "\u00e9",
                        "\ud83e\udd84",
                        "{",
                        "}",
                        "[",
                        ":",
                        ",",
                        " ",
                        "'",
                        "`",
                        "1",
                        "\u007f",
                        "\u2028",
                        "\ufeff")
                .list()
                .ofMaxSize(5)
                .map(parts -> '"' + String.join("", parts) + '"');
    }

    private static Arbitrary<String> spaces() {
        return Arbitraries.of("", "", "", " ", "\n", "\t\r\n ");
    }

    /** Anything that is made of what JSON, and what models take for it, is made of. */
    static Arbitrary<String> garbage() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ",",
                        ":",
                        "\"a\"",
                        "\"",
                        "'",
                        "\\",
                        "\\u00e9",
                        "\\u0",
                        "\\q",
                        "\n",
                        "\t",
                        " ",
                        "```",
                        "json",
                        "```json\n",
                        "true",
                        "tru",
                        "True",
                        "No",
                        "null",
                        "1",
                        "0",
                        "-",
                        ".",
                        "e",
                        "+",
                        "a",
                        "_",
                        "{\"a\":1",
                        "\"b\":",
                        "\ud83e\udd84",
                        "\ud83e",
                        "\udd84",
                        "\u00e9",
                        "\u0000",
                        "\u007f",
                        "\ufeff",
                        "/")
                .list()
                .ofMaxSize(14)
                .map(parts -> String.join("", parts));
    }
}
