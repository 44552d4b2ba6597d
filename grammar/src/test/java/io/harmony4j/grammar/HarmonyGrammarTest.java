package io.harmony4j.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Grammars of JSON Schemas: what they refuse, how they can be changed, and that threads can share them. What they allow is in the conformance suite. */
class HarmonyGrammarTest {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();

    private static HarmonyGrammar grammar(String schema) {
        return grammar(schema, SchemaOptions.DEFAULT);
    }

    private static HarmonyGrammar grammar(String schema, SchemaOptions options) {
        return HarmonyGrammar.ofValue(Json.parseAny(schema), options);
    }

    private static boolean allows(HarmonyGrammar grammar, String text) {
        return grammar.check(TOKENIZER.encode(text)).isComplete();
    }

    @Test
    void whatCannotBeEnforcedIsNamedInAllPlaces() {
        String schema = """
                {"type": "object", "properties": {
                   "a/b": {"contains": {"const": 1}},
                   "list": {"type": "array", "items": {"pattern": "(a)\\\\1"}},
                   "not": {"not": {"additionalProperties": {"type": "string"}}},
                   "far": {"$ref": "https://example.com/x"}}}""";

        assertThatThrownBy(() -> grammar(schema))
                .isInstanceOfSatisfying(
                        UnsupportedSchemaException.class,
                        e -> assertThat(e.places())
                                .extracting(UnsupportedSchemaException.Place::pointer)
                                .containsExactlyInAnyOrder(
                                        "/properties/a~1b/contains",
                                        "/properties/list/items/pattern",
                                        "/properties/not/not",
                                        "/properties/far/$ref"))
                .hasMessageStartingWith("expected a schema that can be enforced but found ")
                .hasMessageContaining("or leave it unchecked with lenient(\"contains\")")
                .hasMessageContaining("(\"$ref\" at /properties/far/$ref)");
    }

    @Test
    void whatIsLeftUncheckedIsInTheNotes() {
        String schema = "{\"type\": \"array\", \"items\": {\"type\": \"integer\"}, \"contains\": {\"const\": 1}}";
        HarmonyGrammar lenient = grammar(schema, SchemaOptions.DEFAULT.withLenient(List.of("contains")));

        assertThat(allows(lenient, "[2]")).isTrue();
        assertThat(allows(lenient, "[\"a\"]")).isFalse();
        assertThat(lenient.notes())
                .singleElement()
                .asString()
                .startsWith("\"contains\" at /contains is left unchecked: ");
        assertThatThrownBy(() -> grammar(schema, SchemaOptions.DEFAULT.withLenient(List.of("not"))))
                .isInstanceOf(UnsupportedSchemaException.class);
    }

    @Test
    void aSchemaThatIsWrongIsNotLeftUnchecked() {
        SchemaOptions lenient = SchemaOptions.DEFAULT.withLenient(List.of("type", "minLength", "pattern", "anyOf"));

        assertThatThrownBy(() -> grammar("{\"type\": \"strnig\"}", lenient))
                .hasMessageContaining("expected the name of a type but found \"strnig\" (\"type\" at /type)");
        assertThatThrownBy(() -> grammar("{\"minLength\": -1}", lenient))
                .hasMessageContaining("expected a whole number that is not negative but found -1");
        assertThatThrownBy(() -> grammar("{\"pattern\": \"(\"}", lenient)).hasMessageContaining("/pattern");
        assertThatThrownBy(() -> grammar("{\"anyOf\": []}", lenient))
                .hasMessageContaining("expected a list of at least one schema but found []");
    }

    @Test
    void aSchemaThatNothingObeysIsRefused() {
        for (String schema : List.of(
                "false",
                "{\"type\": \"string\", \"const\": 1}",
                "{\"type\": \"integer\", \"minimum\": 3, \"maximum\": 2}",
                "{\"type\": \"object\", \"required\": [\"a\"], \"properties\": {\"a\": false}}",
                "{\"$ref\": \"#/$defs/endless\", \"$defs\": {\"endless\": {\"type\": \"object\", \"required\": [\"a\"],"
                        + " \"properties\": {\"a\": {\"$ref\": \"#/$defs/endless\"}}}}}",
                "{\"type\": \"array\", \"items\": {\"enum\": [1, 2]}, \"uniqueItems\": true, \"minItems\": 3}")) {
            assertThatThrownBy(() -> grammar(schema))
                    .as(schema)
                    .isInstanceOf(UnsatisfiableSchemaException.class)
                    .hasMessageContaining("nothing obeys");
        }
    }

    @Test
    void whatIsUnknownSaysNothingAndIsNoted() {
        HarmonyGrammar grammar =
                grammar("{\"type\": \"integer\", \"format\": \"int32\", \"x-order\": 3, \"title\": \"t\"}");

        assertThat(allows(grammar, "5")).isTrue();
        assertThat(grammar.notes())
                .containsExactlyInAnyOrder(
                        "The format \"int32\" at /format is unknown, and says nothing",
                        "The keyword \"x-order\" at /x-order is unknown, and says nothing");
    }

    @Test
    void whiteSpaceIsAsTheOptionsHaveIt() {
        String schema = "{\"type\": \"object\", \"properties\": {\"a\": {}, \"b\": {}}}";
        HarmonyGrammar compact =
                grammar(schema, SchemaOptions.DEFAULT.withWhiteSpace(SchemaOptions.WhiteSpace.COMPACT));
        HarmonyGrammar spaced = grammar(schema, SchemaOptions.DEFAULT.withWhiteSpace(SchemaOptions.WhiteSpace.SPACED));

        assertThat(allows(compact, "{\"a\":[1,2],\"b\":{}}")).isTrue();
        assertThat(allows(compact, "{\"a\": 1}")).isFalse();
        assertThat(allows(spaced, "{\"a\": [1, 2], \"b\": {}}")).isTrue();
        assertThat(allows(spaced, "{\"a\":1}")).isFalse();
        assertThat(allows(spaced, "{ \"a\": 1}")).isFalse();
        assertThat(allows(grammar(schema), " {}")).isFalse();
        assertThat(allows(grammar(schema, SchemaOptions.DEFAULT.withSpaceAround(true)), " {}\n"))
                .isTrue();
    }

    @Test
    void propertiesMayComeInAnyOrderOnce() {
        String schema = """
                {"type": "object", "properties": {"a": {"type": "integer"}, "b": {}, "c": {}}, "required": ["a", "c"],
                 "additionalProperties": {"type": "boolean"}, "maxProperties": 4}""";
        HarmonyGrammar any = grammar(schema, SchemaOptions.DEFAULT.withPropertyOrder(SchemaOptions.PropertyOrder.ANY));

        assertThat(allows(any, "{\"c\":1,\"a\":2}")).isTrue();
        assertThat(allows(any, "{\"x\":true,\"c\":1,\"b\":null,\"a\":2}")).isTrue();
        assertThat(allows(any, "{\"c\":1,\"a\":2,\"c\":1}")).isFalse();
        assertThat(allows(any, "{\"c\":1,\"b\":2}")).isFalse();
        assertThat(any.check(TOKENIZER.encode("{\"x\":true,\"y\":true,\"b\":null"))
                        .isPrefix())
                .as("two required ones would be too many")
                .isFalse();
        assertThat(allows(grammar(schema), "{\"c\":1,\"a\":2}")).isFalse();
    }

    @Test
    void propertiesInAnyOrderAreAtMostTwenty() {
        StringBuilder properties = new StringBuilder();
        for (int i = 0; i < 21; i++) {
            properties.append(i == 0 ? "" : ",").append("\"p").append(i).append("\":{}");
        }
        String schema = "{\"properties\":{" + properties + "}}";
        assertThatThrownBy(
                        () -> grammar(schema, SchemaOptions.DEFAULT.withPropertyOrder(SchemaOptions.PropertyOrder.ANY)))
                .hasMessageContaining("expected at most 20 properties, since they may come in any order, but found 21");
    }

    @Test
    void oneOfMayBeReadAsAnyOf() {
        String schema =
                "{\"oneOf\": [{\"items\": {\"type\": \"string\"}}, {\"items\": {\"minLength\": 2}}], \"type\": \"array\"}";

        assertThatThrownBy(() -> grammar(schema))
                .hasMessageContaining("\"oneOf\" with variants that may hold together, /oneOf/0 and /oneOf/1");
        HarmonyGrammar coerced = grammar(schema, SchemaOptions.DEFAULT.withCoerceOneOf(true));
        assertThat(allows(coerced, "[\"a\"]")).isTrue();
        assertThat(allows(coerced, "[\"a\",1]")).isFalse();
        assertThat(coerced.notes()).anyMatch(note -> note.endsWith("is read as anyOf"));
    }

    @Test
    void variantsThatContainThemselvesAreToldApart() {
        HarmonyGrammar grammar = grammar("""
                {"$ref": "#/$defs/t", "$defs": {"t": {"oneOf": [
                   {"type": "object", "properties": {"not": {"$ref": "#/$defs/t"}}, "required": ["not"], "additionalProperties": false},
                   {"type": "object", "properties": {"or": {"$ref": "#/$defs/t"}}, "required": ["or"], "additionalProperties": false},
                   {"type": "boolean"}]}}}""");

        assertThat(allows(grammar, "{\"not\":{\"or\":{\"not\":true}}}")).isTrue();
        assertThat(allows(grammar, "{\"not\":{\"and\":true}}")).isFalse();
        assertThatThrownBy(() -> grammar("""
                {"$ref": "#/$defs/t", "$defs": {"t": {"oneOf": [
                   {"type": "object", "properties": {"a": {"$ref": "#/$defs/t"}}, "required": ["a"]},
                   {"type": "object", "properties": {"a": {"oneOf": [{"$ref": "#/$defs/t"}, {"items": {"$ref": "#/$defs/t"}}]}}, "required": ["a"]}]}}}""")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void constraintsThatTakeTooLongToCombineAreRefused() {
        String schema = """
                {"type": "object", "properties": {"a": {"type": "string", "pattern": "^(ab|cd)*$", "minLength": 200000}}}""";

        assertThatThrownBy(() -> grammar(schema))
                .isInstanceOf(UnsupportedSchemaException.class)
                .hasMessageContaining(
                        "within 60000 steps, but found none so far; write simpler patterns (at \"/properties/a\")");
    }

    @Test
    void aNameThatComesTwiceIsOnePropertyWhereThereMustBeMore() {
        HarmonyGrammar three = grammar("{\"type\": \"object\", \"required\": [\"z\"], \"minProperties\": 4}");
        assertThat(allows(three, "{\"z\":1,\"a\":1,\"b\":1,\"c\":1}")).isTrue();
        assertThat(allows(three, "{\"z\":1,\"a\":1,\"b\":1,\"a\":1,\"c\":1}")).isFalse();
        assertThat(allows(three, "{\"z\":1,\"a\":1,\"b\":1,\"\\u0061\":1,\"c\":1}"))
                .isFalse();
        assertThat(allows(three, "{\"z\":1,\"a\":1,\"b\":1,\"ab\":1}")).isTrue();
        assertThat(allows(three, "{\"z\":1,\"a\":1,\"b\":1,\"c\":1,\"a\":1}"))
                .as("there are enough without it")
                .isTrue();

        HarmonyGrammar few = grammar("""
                {"type": "object", "propertyNames": {"enum": ["a", "b"]}, "patternProperties": {"b": {"type": "integer"}}, "minProperties": 2}""");
        assertThat(allows(few, "{\"b\":1,\"a\":1}")).isTrue();
        assertThat(few.check(TOKENIZER.encode("{\"b\":1,\"b\"")).isPrefix()).isFalse();
        assertThatThrownBy(() -> grammar(
                        "{\"type\": \"object\", \"propertyNames\": {\"enum\": [\"a\", \"b\"]}, \"minProperties\": 3}"))
                .isInstanceOf(UnsatisfiableSchemaException.class);
        HarmonyGrammar impossibleValue = grammar("""
                {"type": "object", "propertyNames": {"enum": ["a", "b", "c"]}, "patternProperties": {"b": false}, "minProperties": 2}""");
        assertThat(allows(impossibleValue, "{\"c\":1,\"a\":1}")).isTrue();
        assertThat(impossibleValue.check(TOKENIZER.encode("{\"b\"")).isPrefix()).isFalse();
    }

    @Test
    void anObjectThatLacksPropertiesIsNotClosed() {
        HarmonyGrammar grammar = grammar("""
                {"type": "object", "properties": {"a": {}, "b": {}, "c": {}}, "minProperties": 2, "additionalProperties": false}""");

        assertThat(allows(grammar, "{\"a\":1,\"c\":1}")).isTrue();
        assertThat(grammar.check(TOKENIZER.encode("{\"c\"")).isPrefix())
                .as("nothing comes after c")
                .isFalse();
    }

    @Test
    void aTextIsCheckedUpToTheCharacterThatIsNotAllowed() {
        HarmonyGrammar grammar = grammar("{\"enum\": [\"日本\", \"日記\"]}");

        assertThat(grammar.check(TOKENIZER.encode("\"日x")))
                .isEqualTo(new GrammarCheck(false, false, 2, "\"本\"\", \"記\"\""));
        assertThat(grammar.check(TOKENIZER.encode("\"日")).isPrefix()).isTrue();
        assertThatThrownBy(() -> grammar.check(300_000)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aValueCanNestWithoutEnd() {
        HarmonyGrammar any = grammar("true");
        int depth = 20_000;

        assertThat(allows(any, "[".repeat(depth) + "]".repeat(depth))).isTrue();
    }

    @Test
    void memoryIsBoundedHoweverLongATextIs() {
        HarmonyGrammar grammar = grammar("{\"type\": \"string\", \"maxLength\": 100000}");
        GrammarMatcher matcher = grammar.newMatcher();
        matcher.accept(TOKENIZER.encode("\"")[0]);
        TokenMask first = matcher.mask();
        int word = TOKENIZER.encode("a")[0];
        for (int i = 0; i < 50_000; i++) {
            matcher.accept(word);
        }

        assertThat(matcher.mask()).isSameAs(first);
        assertThat(grammar.automaton().size()).isLessThanOrEqualTo(16_384);
        matcher.rollback(50_000);
        assertThat(matcher.allows(word)).isTrue();
    }

    @Test
    void threadsShareAGrammar() throws Exception {
        HarmonyGrammar shared = HarmonyGrammar.of(GrammarOptions.DEFAULT.withTools(Tools.all()));
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<Integer>>> walks = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                walks.add(pool.submit(() -> sizes(shared)));
            }
            List<Integer> alone = sizes(HarmonyGrammar.of(GrammarOptions.DEFAULT.withTools(Tools.all())));
            for (Future<List<Integer>> walk : walks) {
                assertThat(walk.get()).isEqualTo(alone);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** Returns the sizes of masks on some ways. */
    private static List<Integer> sizes(HarmonyGrammar grammar) {
        Random random = new Random(3);
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Walk walk = new Walk(grammar);
            for (int length = 30; length > 0 && !walk.matcher().mustStop(); length--) {
                sizes.add(walk.matcher().mask().size());
                walk.step(random);
            }
        }
        return sizes;
    }

    @Test
    void aMaskIsTheSameAsListAndAsBits() {
        Random random = new Random(4);
        for (int size : new int[] {0, 1, 1023, 1024, 1025, 5000}) {
            TokenMask.Builder builder = new TokenMask.Builder();
            boolean[] expected = new boolean[TokenMask.SIZE];
            for (int i = 0; i < size; i++) {
                int id = random.nextInt(TokenMask.SIZE);
                builder.add(id);
                expected[id] = true;
            }
            TokenMask mask = builder.build();
            float[] logits = new float[TokenMask.SIZE + 5];
            mask.applyTo(logits);
            long[] words = mask.words();
            int count = 0;
            for (int id = 0; id < logits.length; id++) {
                boolean isIn = id < TokenMask.SIZE && expected[id];
                count += isIn ? 1 : 0;
                assertThat(mask.contains(id)).isEqualTo(isIn);
                assertThat(logits[id]).isEqualTo(isIn ? 0 : Float.NEGATIVE_INFINITY);
                assertThat(id < TokenMask.SIZE && ((words[id >> 6] >>> id) & 1) != 0)
                        .isEqualTo(isIn);
            }
            assertThat(mask.size()).isEqualTo(count);
            assertThat(mask.ids()).hasSize(count).isSorted();
            TokenMask.Builder again = new TokenMask.Builder();
            again.addAll(mask);
            assertThat(again.build()).isEqualTo(mask).hasSameHashCodeAs(mask);
        }
    }

    @Test
    void jsonIsAValueOfTheSchema() {
        JsonValue any = JsonValue.of(true);
        assertThat(allows(HarmonyGrammar.ofValue(any, SchemaOptions.DEFAULT), "{\"a\":[1,null,\"\\u00e9\"]}"))
                .isTrue();
    }
}
