package io.harmony4j.grammar;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.ToolChoice;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import io.harmony4j.parser.HarmonyParser;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.parser.ParseResult;
import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What may come next, and what came. */
class GrammarMatcherTest {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();
    private static final HarmonyGrammar ALL = HarmonyGrammar.of(GrammarOptions.DEFAULT.withTools(Tools.all()));
    private static final HarmonyGrammar REQUIRED =
            HarmonyGrammar.of(GrammarOptions.DEFAULT.withTools(Tools.all()).withToolChoice(ToolChoice.REQUIRED));
    private static final List<GrammarTool> NOW = List.of(GrammarTool.withoutParameters(Recipient.function("now")));

    /** 1 for a fifth of what is done at night. */
    private static final int PART = Integer.getInteger("harmony.grammar.part", 1);

    private static final int WALKS = PART * 2_000;
    private static final int CONFIGURATIONS = PART * 200;

    /** The twin of all that makes masks fast: each token is tried on its own, byte by byte. */
    @Test
    void aMaskHasTheTokensThatAreAllowed() {
        Random random = new Random(1);
        for (int i = 0; i < CONFIGURATIONS; ) {
            Walk walk = new Walk(ALL);
            for (int length = random.nextInt(60);
                    i < CONFIGURATIONS && length > 0 && !walk.matcher().mustStop();
                    length--) {
                walk.step(random);
                if (random.nextInt(8) == 0) {
                    i++;
                    TokenMask mask = walk.matcher().mask();
                    for (int id = 0; id < TOKENIZER.vocabularySize(); id++) {
                        if (mask.contains(id) != walk.matcher().allows(id)) {
                            throw new AssertionError(
                                    Expectation.token(id) + " after " + TOKENIZER.decode(walk.tokens()));
                        }
                    }
                }
            }
        }
    }

    /** Texts whose masks are found from those of similar ones: with limits near and far, exceptions, and first characters that differ from the others. */
    @Test
    void aMaskOfATextIsThatOfASimilarOneButForWhatDiffers() {
        Map<String, String> valueOfSchema = Map.ofEntries(
                Map.entry("""
                        {"type": "string", "format": "email", "maxLength": 40}""", "\"ada.lovelace@example.org\""),
                Map.entry("""
                        {"type": "string", "maxLength": 70}""", "\"a string, not so short\""),
                Map.entry("""
                        {"type": "string", "minLength": 9, "maxLength": 24}""", "\"twenty characters!!\""),
                Map.entry("""
                        {"type": "string", "maxLength": 50, "pattern": "^(?:\\\\S+\\\\s+){0,9}\\\\S+$"}""", "\"at most ten words, here\""),
                Map.entry("""
                        {"type": "string", "pattern": "^[^ ].*$", "maxLength": 500}""", "\"no space first\""),
                Map.entry("""
                        {"type": "string", "pattern": "^[a-z_][a-z0-9_]{0,39}$"}""", "\"snake_case_9\""),
                Map.entry("""
                        {"type": "string", "pattern": "^(ab){1,30}$"}""", "\"abababab\""),
                Map.entry("""
                        {"properties": {"name": {"type": "string"}, "names": {"type": "integer"}}}""", """
                        {"name": "x", "na": {"names": 1}}"""),
                Map.entry("""
                        {"properties": {"name": {}}, "patternProperties": {"^name_[a-z]+$": {"type": "null"}}}""", """
                        {"name": 1, "name_en": null, "other": true}"""));
        valueOfSchema.forEach((schema, value) -> {
            GrammarMatcher matcher = HarmonyGrammar.ofValue(Json.parse(schema), SchemaOptions.DEFAULT)
                    .newMatcher();
            for (int token : TOKENIZER.encode(value)) {
                TokenMask mask = matcher.mask();
                for (int id = 0; id < TOKENIZER.vocabularySize(); id++) {
                    if (mask.contains(id) != matcher.allows(id)) {
                        throw new AssertionError(Expectation.token(id) + " in " + value + " for " + schema);
                    }
                }
                matcher.accept(token);
            }
            assertThat(matcher.isComplete()).as(schema).isTrue();
        });
    }

    @Test
    void whatMasksAllowIsHarmonyAndObeysTheSchemas() {
        Map<String, Schema> schemas = new HashMap<>();
        Tools.SCHEMAS.forEach((name, schema) -> schemas.put("functions." + name, schema(schema)));
        List<Recipient> declared =
                Tools.all().stream().map(GrammarTool::recipient).toList();
        Random random = new Random(2);
        int calls = 0;
        for (int i = 0; i < WALKS; i++) {
            Walk walk = new Walk(i % 2 == 0 ? ALL : REQUIRED);
            for (int length = random.nextInt(40); length > 0 && !walk.matcher().mustStop(); length--) {
                walk.step(random);
            }
            walk.close();

            String text = TOKENIZER.decode(walk.tokens());
            ParseResult parsed = HarmonyParser.parse(
                    walk.tokens(), ParseOptions.forRole(Role.ASSISTANT).strict());
            assertThat(parsed.diagnostics()).as(text).isEmpty();
            for (Message message : parsed.messages()) {
                if (message.isToolCall()) {
                    calls++;
                    Recipient recipient = requireNonNull(message.recipient());
                    assertThat(declared).as(text).contains(recipient);
                    Schema schema = schemas.get(recipient.name());
                    if (schema != null) {
                        assertThat(schema.validate(message.text(), InputFormat.JSON))
                                .as(text)
                                .isEmpty();
                    }
                }
            }
        }
        assertThat(calls).isGreaterThan(WALKS / 2);
    }

    private static Schema schema(JsonValue schema) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Json.write(schema), InputFormat.JSON);
    }

    @Test
    void eachControlTokenHasItsPlaceAndSpelledOnesAreText() {
        assertThat(ALL.check(
                                "<|channel|>analysis<|message|>x<|end|><|start|>assistant<|channel|>final<|message|>y<|return|>")
                        .isComplete())
                .isTrue();
        assertThat(ALL.check("<|channel|>final<|message|>x<|channel|>").at())
                .isEqualTo("<|channel|>final<|message|>x".length());
        int[] spelled = TOKENIZER.encode("<|return|>");
        GrammarMatcher matcher = matcher(ALL, "<|channel|>final<|message|>");
        for (int token : spelled) {
            matcher.accept(token);
        }
        assertThat(matcher.isComplete()).isFalse();
        matcher.accept(SpecialToken.RETURN.id());
        assertThat(matcher.isComplete()).isTrue();
        assertThat(matcher.mustStop()).isTrue();
    }

    @Test
    void aTokenThatMayNotComeChangesNothing() {
        GrammarMatcher matcher = matcher(REQUIRED, "<|channel|>commentary to=functions.");

        assertThatThrownBy(() -> matcher.accept(TOKENIZER.encode("rm")[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "expected \"weather\", \"book\", \"note\", \"tree\", \"shape\" or others but found \"rm\" (21373) at token 7");
        assertThatThrownBy(() -> matcher.accept(-1)).hasMessageContaining("found the unknown token -1 at token 7");
        assertThat(matcher.length()).isEqualTo(7);
        matcher.accept(TOKENIZER.encode("weather")[0]);
        assertThat(matcher.length()).isEqualTo(8);
    }

    @Test
    void tokensAreTakenBackAndForksGoTheirOwnWay() {
        GrammarMatcher matcher = matcher(ALL, "<|channel|>final<|message|>");
        GrammarMatcher fork = matcher.fork();
        matcher.accept(TOKENIZER.encode("yes")[0]);
        matcher.accept(SpecialToken.RETURN.id());

        assertThat(fork.length()).isEqualTo(3);
        assertThat(fork.allows(SpecialToken.RETURN.id())).isTrue();
        matcher.rollback(2);
        assertThat(matcher.mask()).isEqualTo(fork.mask());
        assertThatThrownBy(() -> matcher.rollback(4)).hasMessage("expected 0 to 3 tokens to take back but found 4");
    }

    @Test
    void forcedTextIsCutAsTheTokenizerCutsIt() {
        HarmonyGrammar named = HarmonyGrammar.of(GrammarOptions.DEFAULT
                .withTools(Tools.all())
                .withToolChoice(new ToolChoice(ToolChoice.Mode.NAMED, List.of(Recipient.function("weather")))));

        assertThat(forced(matcher(named, "<|channel|>commentary to"))).isEqualTo("=functions.weather");
        assertThat(forced(matcher(named, " to=functions.weather<|channel|>commentary<|message|>{")))
                .isEmpty();
        assertThat(forced(matcher(named, " to=functions.weather<|channel|>commentary<|message|>{\"city\":\"x\"}")))
                .isEqualTo("<|call|>");
        assertThat(forced(matcher(ALL, "<|channel|>final<|message|>x"))).isEmpty();
    }

    @Test
    void forcedTextThatMayBeginALongerTokenIsNotForced() {
        HarmonyGrammar keys = HarmonyGrammar.ofValue(
                Json.parse("""
                        {"type": "object", "properties": {"class": {}, "clamp": {}},
                         "minProperties": 1, "additionalProperties": false}"""), SchemaOptions.DEFAULT.withWhiteSpace(SchemaOptions.WhiteSpace.COMPACT));
        GrammarMatcher matcher = keys.newMatcher();

        assertThat(forced(matcher)).as("{\"cla is not: class is a token").isEqualTo("{\"");
    }

    @Test
    void anAnalysisEndsAfterItsMostTokens() {
        HarmonyGrammar brief = HarmonyGrammar.of(GrammarOptions.DEFAULT.withMaxAnalysisTokens(2));
        GrammarMatcher matcher = matcher(brief, "<|channel|>analysis<|message|>one two");

        assertThat(matcher.mask().ids()).containsExactly(SpecialToken.END.id());
        assertThat(matcher.allows(TOKENIZER.encode(" three")[0])).isFalse();
        assertThatThrownBy(() -> matcher.accept(TOKENIZER.encode(" three")[0])).hasMessageContaining("at token 5");
        GrammarMatcher answer = matcher(brief, "<|channel|>final<|message|>one two three four");
        assertThat(answer.mask().size()).isGreaterThan(100_000);

        HarmonyGrammar longer = brief.withMaxAnalysisTokens(3);
        assertThat(matcher(longer, "<|channel|>analysis<|message|>one two three")
                        .mask()
                        .ids())
                .containsExactly(SpecialToken.END.id());
        assertThat(longer.automaton()).isSameAs(brief.automaton());
    }

    @Test
    void thoughtsHaveTheirMostTokensTogether() {
        GrammarOptions options = GrammarOptions.DEFAULT.withTools(NOW).withMaxAnalysisTokens(13);
        HarmonyGrammar required = HarmonyGrammar.of(options.withToolChoice(ToolChoice.REQUIRED));
        String thought = "<|channel|>analysis<|message|>one two<|end|><|start|>assistant";
        String preamble = "<|channel|>commentary<|message|>three four five six";
        assertThat(matcher(required, thought + preamble.replace(" six", ""))
                        .mask()
                        .size())
                .isGreaterThan(100_000);
        GrammarMatcher matcher = matcher(required, thought + preamble);
        assertThat(matcher.mask().ids()).containsExactly(SpecialToken.END.id());
        GrammarMatcher fork = matcher.fork();
        matcher.accept(SpecialToken.END.id());
        String toCall = "<|start|>assistant<|channel|>commentary to=functions.";
        assertThat(forced(matcher)).isEqualTo("<|start|>assistant");
        accept(matcher, toCall + "now<|message|><|call|>");
        assertThat(matcher.mustStop()).isTrue();

        matcher.rollback(matcher.length() - fork.length());
        assertThat(matcher.mask().ids()).containsExactly(SpecialToken.END.id());
        accept(matcher, "<|end|><|start|>assistant<|channel|>");
        assertThat(matcher.allows(TOKENIZER.encode("analysis")[0])).isFalse();
        assertThat(matcher.allows(TOKENIZER.encode("final")[0])).isFalse();
        GrammarMatcher automatic = matcher(HarmonyGrammar.of(options), thought + preamble + "<|end|>");
        accept(automatic, "<|start|>assistant<|channel|>final<|message|>one two three four five six seven<|return|>");
        assertThat(automatic.mustStop()).isTrue();
    }

    @Test
    void afterTheMostTokensOfThoughtsCallsMayFollowCallsStill() {
        HarmonyGrammar parallel = HarmonyGrammar.of(
                GrammarOptions.DEFAULT.withTools(NOW).withParallelCalls(true).withMaxAnalysisTokens(1));
        String thought = "<|channel|>analysis<|message|>one<|end|><|start|>assistant";
        String call = "<|channel|>commentary to=functions.now<|message|><|call|>";
        GrammarMatcher matcher = matcher(parallel, thought + call);
        assertThat(matcher.isComplete()).isTrue();
        accept(matcher, "<|start|>assistant" + call + "<|start|>assistant<|channel|>");
        assertThat(matcher.allows(TOKENIZER.encode("analysis")[0])).isFalse();

        GrammarMatcher between = matcher(parallel, call + "<|start|>assistant" + thought + "<|channel|>");
        assertThat(between.allows(TOKENIZER.encode("analysis")[0])).isFalse();
        assertThat(between.allows(TOKENIZER.encode("final")[0])).isFalse();
        assertThat(between.allows(TOKENIZER.encode("commentary")[0])).isTrue();
    }

    @Test
    void logitsOfOtherTokensAreNegativeInfinity() {
        GrammarMatcher matcher = ALL.newMatcher();
        float[] logits = new float[201_088];
        matcher.process(logits);

        TokenMask mask = matcher.mask();
        for (int id = 0; id < logits.length; id++) {
            assertThat(logits[id]).isEqualTo(mask.contains(id) ? 0 : Float.NEGATIVE_INFINITY);
        }
        GrammarMatcher done = matcher(ALL, "<|channel|>final<|message|><|return|>");
        assertThatThrownBy(() -> done.process(logits)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void callsMayFollowCallsIfTheyMayBeParallel() {
        String call = " to=functions.now<|channel|>commentary<|message|><|call|>";
        HarmonyGrammar parallel =
                HarmonyGrammar.of(GrammarOptions.DEFAULT.withTools(Tools.all()).withParallelCalls(true));

        assertThat(parallel.check(call + "<|start|>assistant" + call).isComplete())
                .isTrue();
        assertThat(parallel.check(call).isComplete()).isTrue();
        assertThat(parallel.check(call + "<|start|>assistant<|channel|>final").isPrefix())
                .isFalse();
        assertThat(ALL.check(call + "<|start|>").isPrefix()).isFalse();
    }

    @Test
    void aChoiceMustBeAmongTheTools() {
        GrammarOptions options = GrammarOptions.DEFAULT.withToolChoice(ToolChoice.REQUIRED);
        assertThatThrownBy(() -> HarmonyGrammar.of(options))
                .hasMessage("expected a tool to call, since a call is required, but found none");
        ToolChoice other = new ToolChoice(ToolChoice.Mode.NAMED, List.of(Recipient.function("other")));
        assertThatThrownBy(
                        () -> HarmonyGrammar.of(options.withTools(Tools.all()).withToolChoice(other)))
                .hasMessageStartingWith("expected a choice among the tools [functions.weather, ")
                .hasMessageEndingWith("but found \"functions.other\"");
        List<GrammarTool> twice = List.of(Tools.all().get(0), Tools.all().get(0));
        assertThatThrownBy(() -> options.withTools(twice))
                .hasMessage("expected tools with different names but found \"functions.weather\" twice");
    }

    private static GrammarMatcher matcher(HarmonyGrammar grammar, String text) {
        GrammarMatcher matcher = grammar.newMatcher();
        accept(matcher, text);
        return matcher;
    }

    private static void accept(GrammarMatcher matcher, String text) {
        for (int token : TOKENIZER.encode(text, AllowedSpecial.ALL)) {
            matcher.accept(token);
        }
    }

    private static String forced(GrammarMatcher matcher) {
        int[] tokens = new int[20];
        int count = matcher.forcedTokens(tokens);
        return TOKENIZER.decode(Arrays.copyOf(tokens, count));
    }
}
