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
import java.util.function.Consumer;
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
    public static final GrammarOptions DEFAULT = new GrammarOptions();

    private List<GrammarTool> tools = List.of();
    private ToolChoice toolChoice = ToolChoice.AUTO;
    private @Nullable JsonSchema answer;
    private boolean parallelCalls;
    private boolean functionsOnAnalysis;
    private boolean anyEnd;
    private OptionalInt maxAnalysisTokens = OptionalInt.empty();
    private SchemaOptions schemas = SchemaOptions.DEFAULT;

    private GrammarOptions() {}

    private GrammarOptions with(Consumer<GrammarOptions> change) {
        GrammarOptions copy = new GrammarOptions();
        copy.tools = tools;
        copy.toolChoice = toolChoice;
        copy.answer = answer;
        copy.parallelCalls = parallelCalls;
        copy.functionsOnAnalysis = functionsOnAnalysis;
        copy.anyEnd = anyEnd;
        copy.maxAnalysisTokens = maxAnalysisTokens;
        copy.schemas = schemas;
        change.accept(copy);
        return copy;
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
        return with(options -> options.tools = List.copyOf(others));
    }

    /** Returns a copy with another choice of tools. */
    public GrammarOptions withToolChoice(ToolChoice choice) {
        requireNonNull(choice, "choice");
        return with(options -> options.toolChoice = choice);
    }

    /** Returns a copy whose answer is JSON that obeys a schema. */
    public GrammarOptions withAnswer(JsonValue schema) {
        JsonSchema answerSchema = new JsonSchema(requireNonNull(schema, "schema"));
        return with(options -> options.answer = answerSchema);
    }

    /** Returns a copy whose answer is any JSON object. */
    public GrammarOptions withAnyObjectAsAnswer() {
        return withAnswer(HarmonyGrammar.ANY_OBJECT.value());
    }

    /** Returns a copy in which calls may follow calls, or not; {@code <|call|>} must not be a stop token then. */
    public GrammarOptions withParallelCalls(boolean parallel) {
        return with(options -> options.parallelCalls = parallel);
    }

    /** Returns a copy in which functions may be called on the channel {@code analysis}, too, or not. */
    public GrammarOptions withFunctionsOnAnalysis(boolean allowed) {
        return with(options -> options.functionsOnAnalysis = allowed);
    }

    /** Returns a copy in which calls and answers may end in {@code <|end|>}, too, or not. */
    public GrammarOptions withAnyEnd(boolean allowed) {
        return with(options -> options.anyEnd = allowed);
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
        return with(options -> options.maxAnalysisTokens = OptionalInt.of(tokens));
    }

    /** Returns a copy with another way to write JSON. */
    public GrammarOptions withSchemas(SchemaOptions newSchemas) {
        requireNonNull(newSchemas, "newSchemas");
        return with(options -> options.schemas = newSchemas);
    }
}
