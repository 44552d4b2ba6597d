package io.harmony4j.openai;

import io.harmony4j.Recipient;
import io.harmony4j.ToolChoice;
import io.harmony4j.ToolDescription;
import io.harmony4j.ToolNamespace;
import io.harmony4j.grammar.GrammarOptions;
import io.harmony4j.grammar.GrammarTool;
import io.harmony4j.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request lets the model write in a turn. Equal where the grammars are.
 *
 * @param tools the tools of the prompt
 * @param strictTools those of them whose calls must obey their schemas
 * @param customTools those of them that take a text, within JSON; calls of all others are any JSON object
 * @param choice which may be called, and whether one must be
 * @param answer what the text of the answer must be; null for any
 * @param parallelCalls whether calls may follow calls
 */
record BoundTurn(
        List<ToolNamespace> tools,
        Set<Recipient> strictTools,
        Set<Recipient> customTools,
        ToolChoice choice,
        @Nullable OutputConstraint answer,
        boolean parallelCalls) {
    /** How many tokens are left for the call or the answer after all thoughts, unless these are more than half. */
    private static final int ROOM = 128;

    BoundTurn {
        tools = List.copyOf(tools);
        strictTools = Set.copyOf(strictTools);
        customTools = Set.copyOf(customTools);
    }

    /** Returns what a request lets the model write in its first turn. */
    static BoundTurn of(ApiRequest request) {
        ApiRequest.Parts parts = request.parts();
        DeclaredTools declared = parts.tools();
        boolean hasTools = parts.toolChoice().mode() != ToolChoice.Mode.NONE;
        List<ToolNamespace> tools = new ArrayList<>();
        if (hasTools) {
            tools.addAll(declared.declared());
            tools.addAll(declared.builtIn());
        }
        return new BoundTurn(
                tools,
                hasTools ? declared.strictTools().keySet() : Set.of(),
                hasTools ? declared.customTools() : Set.of(),
                parts.toolChoice(),
                request.constraint().orElse(null),
                parts.parallelToolCalls());
    }

    /** Returns the turn in which a call that was required has been made. */
    BoundTurn later() {
        return choice.mustCall()
                ? new BoundTurn(tools, strictTools, customTools, ToolChoice.AUTO, answer, parallelCalls)
                : this;
    }

    /** Returns the turn in which no call is demanded, but no other tool can be called: the call is put into the model's mouth. */
    BoundTurn asked() {
        ToolChoice free = new ToolChoice(ToolChoice.Mode.AUTO, choice.tools());
        return choice.mustCall() ? new BoundTurn(tools, strictTools, customTools, free, answer, parallelCalls) : this;
    }

    /** Returns the turn in which the answer is any text. */
    BoundTurn withoutAnswer() {
        return new BoundTurn(tools, strictTools, customTools, choice, null, parallelCalls);
    }

    /** Returns whether there is anything that the model would not be free to write otherwise. */
    boolean isBinding() {
        return choice.mustCall() || !choice.tools().isEmpty() || !strictTools.isEmpty() || answer != null;
    }

    /** Returns how many characters its schemas have. */
    int length() {
        int length = answer == null ? 0 : answer.schema().length();
        for (ToolNamespace namespace : tools) {
            for (ToolDescription tool : namespace.tools()) {
                String parameters = tool.parameters();
                length += tool.description().length() + (parameters == null ? 0 : parameters.length());
            }
        }
        return length;
    }

    /** Returns the options of its grammar. */
    GrammarOptions options() {
        List<GrammarTool> all = new ArrayList<>();
        for (ToolNamespace namespace : tools) {
            List<GrammarTool> strict = GrammarTool.of(namespace, true);
            List<GrammarTool> loose = GrammarTool.of(namespace, false);
            for (int i = 0; i < strict.size(); i++) {
                Recipient tool = strict.get(i).recipient();
                boolean isStrict = tool.isBuiltIn() || customTools.contains(tool) || strictTools.contains(tool);
                all.add(isStrict ? strict.get(i) : loose.get(i));
            }
        }
        GrammarOptions options =
                GrammarOptions.DEFAULT.withTools(all).withToolChoice(choice).withParallelCalls(parallelCalls);
        return answer == null ? options : options.withAnswer(Json.parse(answer.schema()));
    }

    /** Returns how many tokens thoughts may have in a turn of so many: what is demanded needs the others. */
    static int maxThoughtTokens(int maxTokens) {
        return maxTokens - Math.min(maxTokens / 2, Math.max(ROOM, maxTokens / 4));
    }
}
