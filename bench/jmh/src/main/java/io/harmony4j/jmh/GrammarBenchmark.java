package io.harmony4j.jmh;

import io.harmony4j.Recipient;
import io.harmony4j.ToolChoice;
import io.harmony4j.grammar.GrammarMatcher;
import io.harmony4j.grammar.GrammarOptions;
import io.harmony4j.grammar.GrammarTool;
import io.harmony4j.grammar.HarmonyGrammar;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What a grammar costs: making it, its masks when it is new and when they are remembered, and accepting tokens. An operation is a token, or a grammar. */
@State(Scope.Benchmark)
public class GrammarBenchmark {
    private static final JsonValue SCHEMA = Json.parse("""
            {"type": "object", "properties": {
               "title": {"type": "string", "minLength": 1, "maxLength": 80},
               "when": {"type": "string", "format": "date-time"},
               "minutes": {"type": "integer", "minimum": 5, "maximum": 480},
               "guests": {"type": "array", "items": {"type": "object", "properties": {
                  "name": {"type": "string"}, "mail": {"type": "string", "pattern": "^[a-z.]+@[a-z.]+$"}},
                  "required": ["name"], "additionalProperties": false}, "maxItems": 10},
               "place": {"anyOf": [{"enum": ["office", "home"]}, {"type": "null"}]}},
             "required": ["title", "when", "minutes", "guests"], "additionalProperties": false}""");

    private static final String TURN =
            "<|channel|>analysis<|message|>The user wants a meeting with Ann.<|end|><|start|>assistant<|channel|>commentary to=functions.meet"
                    + " <|constrain|>json<|message|>{\"title\":\"Talk about the plan\",\"when\":\"2026-11-30T09:30:00Z\",\"minutes\":45,"
                    + "\"guests\":[{\"name\":\"Ann\",\"mail\":\"ann@example.org\"},{\"name\":\"Bob\"}],\"place\":\"office\"}<|call|>";

    /** The tokens of {@link #TURN}. */
    static final int TOKENS = 78;

    private final int[] tokens = Tokenizer.o200kHarmony().encode(TURN, AllowedSpecial.ALL);
    private final float[] logits = new float[201_088];
    private final HarmonyGrammar grammar = grammar();

    private static HarmonyGrammar grammar() {
        return HarmonyGrammar.of(GrammarOptions.DEFAULT
                .withTools(List.of(GrammarTool.strict(Recipient.function("meet"), SCHEMA)))
                .withToolChoice(ToolChoice.REQUIRED));
    }

    /** Makes a grammar. */
    @Benchmark
    public HarmonyGrammar make() {
        return grammar();
    }

    /** Makes a grammar, and all masks of a turn. */
    @Benchmark
    @OperationsPerInvocation(TOKENS)
    public void newMasks(Blackhole blackhole) {
        follow(grammar(), blackhole);
    }

    /** Asks for masks that are remembered. */
    @Benchmark
    @OperationsPerInvocation(TOKENS)
    public void knownMasks(Blackhole blackhole) {
        follow(grammar, blackhole);
    }

    private void follow(HarmonyGrammar of, Blackhole blackhole) {
        GrammarMatcher matcher = of.newMatcher();
        for (int token : tokens) {
            blackhole.consume(matcher.mask());
            matcher.accept(token);
        }
    }

    /** Follows a turn without masks. */
    @Benchmark
    @OperationsPerInvocation(TOKENS)
    public GrammarMatcher accept() {
        GrammarMatcher matcher = grammar.newMatcher();
        for (int token : tokens) {
            matcher.accept(token);
        }
        return matcher;
    }

    /** Applies masks to logits. */
    @Benchmark
    @OperationsPerInvocation(TOKENS)
    public float[] process() {
        GrammarMatcher matcher = grammar.newMatcher();
        for (int token : tokens) {
            matcher.process(logits);
            matcher.accept(token);
        }
        return logits;
    }

    /** Returns how many tokens the turn has. */
    int tokens() {
        return tokens.length;
    }
}
