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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** Leads to the beginning of what may be written. This token and those with lower ids stand before places in the grammar; no text has them. */
    private static final ControlToken ENTRY = new ControlToken(-1);

    private final GrammarOptions options;
    private final Automaton automaton;
    private final Masks masks;
    private final boolean isValue;
    private final Map<Symbol, ControlToken> afterLastThought;
    private final List<String> notes;
    private final TokenMask endOfMessage;

    private HarmonyGrammar(
            GrammarOptions options, boolean isValue, Regexes regexes, TurnRules.Turn turn, List<String> notes) {
        this.options = options;
        this.isValue = isValue;
        this.afterLastThought = new HashMap<>();
        Choice entries = Choice.of(List.of(ENTRY, turn.start()));
        turn.afterLastThought().forEach((mark, symbol) -> {
            ControlToken entry = new ControlToken(ENTRY.id() - afterLastThought.size() - 1);
            afterLastThought.put(mark, entry);
            entries.add(List.of(entry, symbol));
        });
        this.automaton = new Automaton(regexes, entries);
        this.masks = new Masks(automaton, regexes);
        this.notes = notes;
        TokenMask.Builder end = new TokenMask.Builder();
        end.add(SpecialToken.END.id());
        this.endOfMessage = end.build();
    }

    /** Makes a copy with other options that change no rule. */
    private HarmonyGrammar(HarmonyGrammar other, GrammarOptions options) {
        this.options = options;
        this.isValue = other.isValue;
        this.afterLastThought = other.afterLastThought;
        this.automaton = other.automaton;
        this.masks = other.masks;
        this.notes = other.notes;
        this.endOfMessage = other.endOfMessage;
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
        return new HarmonyGrammar(options, false, regexes, turn, compiler.finish());
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
                true,
                regexes,
                new TurnRules.Turn(value, Map.of()),
                compiler.finish());
    }

    /**
     * Returns this grammar with another limit of thoughts, as {@link GrammarOptions#withMaxAnalysisTokens} has it. What one finds out about texts, both know.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public HarmonyGrammar withMaxAnalysisTokens(int tokens) {
        return new HarmonyGrammar(this, options.withMaxAnalysisTokens(tokens));
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
        return export(format, isValue ? null : TurnForm.of(options));
    }

    private GrammarExport export(ExportFormat format, @Nullable TurnForm form) {
        return switch (format) {
            case LARK -> LarkExport.of(options, form);
            case STRUCTURAL_TAG -> StructuralTagExport.of(options, form);
            case GBNF -> GbnfExport.of(options, form);
            case REGEX -> RegexExport.of(options, form);
        };
    }

    /** As {@link #export(ExportFormat)}, for what is left after the beginning of a message; see {@link TurnForm#after}. */
    GrammarExport exportAfter(ExportFormat format, boolean isFirst, boolean hasCalled, List<TurnForm.Part> beginning) {
        if (isValue || format == ExportFormat.REGEX) {
            throw new IllegalArgumentException(
                    "expected a turn that goes on after the header of a message, in a format that has headers, but found "
                            + (isValue ? "a value" : format));
        }
        return export(format, TurnForm.of(options).after(isFirst, hasCalled, beginning));
    }

    Automaton automaton() {
        return automaton;
    }

    Masks masks() {
        return masks;
    }

    /** Returns where the empty text stands. */
    Configuration start() {
        return automaton.afterControl(automaton.start(), ENTRY.id());
    }

    /** Returns where the end of a thought leads if no other one may come. */
    Configuration afterLastThought(Configuration inThought) {
        ControlToken entry = afterLastThought.get(requireNonNull(thoughtMark(inThought)));
        return automaton.afterControl(automaton.start(), requireNonNull(entry).id());
    }

    /** Returns the tokens that may come after the most tokens of thoughts. */
    TokenMask endOfMessage() {
        return endOfMessage;
    }

    /** Returns how many tokens thoughts may have; {@link Integer#MAX_VALUE} for no limit. */
    int maxAnalysisTokens() {
        return options.maxAnalysisTokens().orElse(Integer.MAX_VALUE);
    }

    /** Returns whether the text of a thought goes on. */
    boolean isInThought(Configuration configuration) {
        return thoughtMark(configuration) != null;
    }

    private @Nullable Symbol thoughtMark(Configuration configuration) {
        for (Stack stack : configuration.stacks()) {
            Stack below = stack.below();
            if (stack.top() instanceof ControlToken && below != null && afterLastThought.containsKey(below.top())) {
                return below.top();
            }
        }
        return null;
    }
}
