package io.harmony4j.grammar;

import static java.util.Objects.requireNonNull;

import io.harmony4j.SpecialToken;
import io.harmony4j.generation.LogitsProcessor;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonSchema;
import io.harmony4j.json.JsonValue;
import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model may write: a turn with its thoughts, calls and answer, or one JSON value. Immutable; what it finds out about texts is kept for all who use it.
 * Thread-safe. Making one costs about a millisecond, so keep it while tools and schemas stay the same.
 *
 * <pre>{@code
 * HarmonyGrammar grammar = HarmonyGrammar.of(GrammarOptions.DEFAULT
 *         .withTools(GrammarTool.of(namespace, true))
 *         .withToolChoice(ToolChoice.REQUIRED));
 * TokenGenerator bound = grammar.bind(generator);
 * }</pre>
 */
public final class HarmonyGrammar {
    /** Any JSON object. */
    static final JsonSchema ANY_OBJECT = new JsonSchema(Json.parse("{\"type\":\"object\"}"));

    private final GrammarOptions options;
    private final Automaton automaton;
    private final Masks masks;
    private final @Nullable Symbol analysisEnd;
    private final List<String> notes;
    private final TokenMask endOfMessage;

    private HarmonyGrammar(
            GrammarOptions options, Regexes regexes, Symbol start, @Nullable Symbol analysisEnd, List<String> notes) {
        this.options = options;
        this.automaton = new Automaton(regexes, start);
        this.masks = new Masks(automaton, regexes);
        this.analysisEnd = analysisEnd;
        this.notes = notes;
        TokenMask.Builder end = new TokenMask.Builder();
        end.add(SpecialToken.END.id());
        this.endOfMessage = end.build();
    }

    /**
     * Returns the grammar of a turn: of what follows {@code <|start|>assistant}.
     *
     * @throws UnsupportedSchemaException if a schema has something that cannot be enforced; it names all places
     * @throws UnsatisfiableSchemaException if no value obeys a schema
     * @throws IllegalArgumentException if a tool is chosen that is not declared, or a call is required and there is no tool
     */
    public static HarmonyGrammar of(GrammarOptions options) {
        requireNonNull(options, "options");
        Regexes regexes = CommonTexts.newRegexes();
        SchemaCompiler compiler = new SchemaCompiler(regexes, options.schemas());
        TurnRules.Turn turn =
                TurnRules.of(regexes, TurnForm.of(options), content -> content(content, regexes, compiler));
        return new HarmonyGrammar(options, regexes, turn.start(), turn.analysisEnd(), compiler.finish());
    }

    static List<Symbol> content(TurnForm.Content content, Regexes regexes, SchemaCompiler compiler) {
        JsonSchema schema = content.schema();
        if (schema == null) {
            return List.of(regexes.anything());
        }
        List<Symbol> json = compiler.compile(schema, content.owner());
        return content.optional() ? List.of(Choice.of(List.of(), json)) : json;
    }

    /**
     * Returns the grammar of one JSON value and nothing around it.
     *
     * @throws UnsupportedSchemaException if the schema has something that cannot be enforced; it names all places
     * @throws UnsatisfiableSchemaException if no value obeys it
     */
    public static HarmonyGrammar ofValue(JsonValue schema, SchemaOptions options) {
        requireNonNull(schema, "schema");
        Regexes regexes = CommonTexts.newRegexes();
        SchemaCompiler compiler = new SchemaCompiler(regexes, requireNonNull(options, "options"));
        Symbol value = Choice.of(compiler.compile(new JsonSchema(schema), "the schema"));
        return new HarmonyGrammar(
                GrammarOptions.DEFAULT.withSchemas(options).withAnswer(schema),
                regexes,
                value,
                null,
                compiler.finish());
    }

    /** Returns a matcher for one generation. */
    public GrammarMatcher newMatcher() {
        return new GrammarMatcher(this);
    }

    /** Returns a generator that writes by this grammar what another one generates, besides the logits processors of the options. */
    public TokenGenerator bind(TokenGenerator generator) {
        requireNonNull(generator, "generator");
        return (prompt, options, tokens) -> generator.generate(
                prompt, options.withLogitsProcessor(() -> newMatcherAfter(options.newLogitsProcessor())), tokens);
    }

    /** Returns a matcher behind another processor, or the matcher itself if that changes nothing: runtimes elsewhere look for it. */
    private LogitsProcessor newMatcherAfter(LogitsProcessor first) {
        GrammarMatcher matcher = newMatcher();
        if (first == LogitsProcessor.NONE) {
            return matcher;
        }
        return new LogitsProcessor() {
            @Override
            public void process(float[] logits) {
                first.process(logits);
                matcher.process(logits);
            }

            @Override
            public void accept(int token) {
                first.accept(token);
                matcher.accept(token);
            }
        };
    }

    /** Returns whether what was written is allowed; the names of control tokens stand for these, as in {@code <|call|>}. */
    public GrammarCheck check(String text) {
        return check(Tokenizer.o200kHarmony().encode(text, AllowedSpecial.ALL));
    }

    /**
     * Returns whether tokens are allowed.
     *
     * @throws IllegalArgumentException if an id is not that of a token
     */
    public GrammarCheck check(int... tokens) {
        return GrammarCheck.of(this, requireNonNull(tokens, "tokens"));
    }

    /** Returns what is not as the schemas say, since the options allow that, or since a keyword only annotates: one sentence each. */
    public List<String> notes() {
        return notes;
    }

    /**
     * Writes this grammar in the notation of another runtime.
     *
     * @throws IllegalArgumentException if that cannot be said in it; the message tells why
     */
    public GrammarExport export(ExportFormat format) {
        requireNonNull(format, "format");
        boolean isValue = analysisEnd == null;
        return switch (format) {
            case LARK -> LarkExport.of(options, isValue);
            case STRUCTURAL_TAG -> StructuralTagExport.of(options, isValue);
            case GBNF -> GbnfExport.of(options, isValue);
            case REGEX -> RegexExport.of(options, isValue);
        };
    }

    Automaton automaton() {
        return automaton;
    }

    Masks masks() {
        return masks;
    }

    /** Returns the tokens that may come after the most tokens of analysis. */
    TokenMask endOfMessage() {
        return endOfMessage;
    }

    /** Returns how many tokens a thought may have; {@link Integer#MAX_VALUE} for no limit. */
    int maxAnalysisTokens() {
        return options.maxAnalysisTokens().orElse(Integer.MAX_VALUE);
    }

    /** Returns whether the text of an analysis goes on. */
    boolean isInAnalysis(Configuration configuration) {
        return configuration.stacks().stream().anyMatch(stack -> {
            Stack below = stack.below();
            return stack.top() instanceof ControlToken && below != null && below.top() == analysisEnd;
        });
    }
}
