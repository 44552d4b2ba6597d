package io.harmony4j.grammar;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Recipient;
import io.harmony4j.ToolChoice;
import io.harmony4j.json.JsonSchema;
import io.harmony4j.json.JsonValue;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a turn may consist of. Start with {@link #DEFAULT} and change what should be different. Immutable.
 *
 * <pre>{@code
 * GrammarOptions.DEFAULT.withTools(GrammarTool.of(namespace, true)).withToolChoice(ToolChoice.REQUIRED)
 * }</pre>
 */
public final class GrammarOptions {
    /** Any thoughts and any answer, no tools. */
    public static final GrammarOptions DEFAULT = new GrammarOptions(
            List.of(), ToolChoice.AUTO, null, false, false, false, OptionalInt.empty(), SchemaOptions.DEFAULT);

    private final List<GrammarTool> tools;
    private final ToolChoice toolChoice;
    private final @Nullable JsonSchema answer;
    private final boolean parallelCalls;
    private final boolean functionsOnAnalysis;
    private final boolean anyEnd;
    private final OptionalInt maxAnalysisTokens;
    private final SchemaOptions schemas;

    private GrammarOptions(
            List<GrammarTool> tools,
            ToolChoice toolChoice,
            @Nullable JsonSchema answer,
            boolean parallelCalls,
            boolean functionsOnAnalysis,
            boolean anyEnd,
            OptionalInt maxAnalysisTokens,
            SchemaOptions schemas) {
        this.tools = tools;
        this.toolChoice = toolChoice;
        this.answer = answer;
        this.parallelCalls = parallelCalls;
        this.functionsOnAnalysis = functionsOnAnalysis;
        this.anyEnd = anyEnd;
        this.maxAnalysisTokens = maxAnalysisTokens;
        this.schemas = schemas;
    }

    /** Returns the tools that are declared. */
    public List<GrammarTool> tools() {
        return tools;
    }

    /** Returns which of them may be called, and whether one must be. */
    public ToolChoice toolChoice() {
        return toolChoice;
    }

    /** Returns the schema of the answer; empty if it is any text. */
    public Optional<JsonSchema> answer() {
        return Optional.ofNullable(answer);
    }

    /** Returns whether calls may follow calls. */
    public boolean parallelCalls() {
        return parallelCalls;
    }

    /** Returns whether functions may be called on the channel {@code analysis}, too. */
    public boolean functionsOnAnalysis() {
        return functionsOnAnalysis;
    }

    /** Returns whether calls and answers may end in {@code <|end|>}, too. */
    public boolean anyEnd() {
        return anyEnd;
    }

    /** Returns after how many tokens of thoughts there are no more of them; empty for no limit. */
    public OptionalInt maxAnalysisTokens() {
        return maxAnalysisTokens;
    }

    /** Returns how JSON is written. */
    public SchemaOptions schemas() {
        return schemas;
    }

    /**
     * Returns a copy with other tools.
     *
     * @throws IllegalArgumentException if two have the same name
     */
    public GrammarOptions withTools(Collection<GrammarTool> others) {
        Set<Recipient> names = new LinkedHashSet<>();
        for (GrammarTool tool : requireNonNull(others, "others")) {
            if (!names.add(tool.recipient())) {
                throw new IllegalArgumentException(
                        "expected tools with different names but found \"" + tool.recipient() + "\" twice");
            }
        }
        return new GrammarOptions(
                List.copyOf(others),
                toolChoice,
                answer,
                parallelCalls,
                functionsOnAnalysis,
                anyEnd,
                maxAnalysisTokens,
                schemas);
    }

    /** Returns a copy with another choice of tools. */
    public GrammarOptions withToolChoice(ToolChoice choice) {
        requireNonNull(choice, "choice");
        return new GrammarOptions(
                tools, choice, answer, parallelCalls, functionsOnAnalysis, anyEnd, maxAnalysisTokens, schemas);
    }

    /** Returns a copy whose answer is JSON that obeys a schema. */
    public GrammarOptions withAnswer(JsonValue schema) {
        JsonSchema answerSchema = new JsonSchema(requireNonNull(schema, "schema"));
        return new GrammarOptions(
                tools,
                toolChoice,
                answerSchema,
                parallelCalls,
                functionsOnAnalysis,
                anyEnd,
                maxAnalysisTokens,
                schemas);
    }

    /** Returns a copy whose answer is any JSON object. */
    public GrammarOptions withAnyObjectAsAnswer() {
        return withAnswer(HarmonyGrammar.ANY_OBJECT.value());
    }

    /** Returns a copy in which calls may follow calls, or not; {@code <|call|>} must not be a stop token then. */
    public GrammarOptions withParallelCalls(boolean parallel) {
        return new GrammarOptions(
                tools, toolChoice, answer, parallel, functionsOnAnalysis, anyEnd, maxAnalysisTokens, schemas);
    }

    /** Returns a copy in which functions may be called on the channel {@code analysis}, too, or not. */
    public GrammarOptions withFunctionsOnAnalysis(boolean allowed) {
        return new GrammarOptions(
                tools, toolChoice, answer, parallelCalls, allowed, anyEnd, maxAnalysisTokens, schemas);
    }

    /** Returns a copy in which calls and answers may end in {@code <|end|>}, too, or not. */
    public GrammarOptions withAnyEnd(boolean allowed) {
        return new GrammarOptions(
                tools, toolChoice, answer, parallelCalls, functionsOnAnalysis, allowed, maxAnalysisTokens, schemas);
    }

    /**
     * Returns a copy in which thoughts, which are the analysis and preambles, have so many tokens together: then the thought ends, and a
     * call or the answer comes. What stands between two of them counts, too.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public GrammarOptions withMaxAnalysisTokens(int tokens) {
        if (tokens < 0) {
            throw new IllegalArgumentException("expected at least 0 tokens of analysis but found " + tokens);
        }
        return new GrammarOptions(
                this.tools,
                toolChoice,
                answer,
                parallelCalls,
                functionsOnAnalysis,
                anyEnd,
                OptionalInt.of(tokens),
                schemas);
    }

    /** Returns a copy with another way to write JSON. */
    public GrammarOptions withSchemas(SchemaOptions options) {
        requireNonNull(options, "options");
        return new GrammarOptions(
                tools, toolChoice, answer, parallelCalls, functionsOnAnalysis, anyEnd, maxAnalysisTokens, options);
    }
}
