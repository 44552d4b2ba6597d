package io.harmony4j.openai;

import io.harmony4j.Recipient;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a request says about the model's turn.
 *
 * @param callsAreContent whether a call is read as content, as after {@code tool_choice: "none"}
 * @param onlyFirstCall whether the turn is over after its first call, as after {@code parallel_tool_calls: false}
 * @param logProbabilities whether the log-probabilities of visible tokens are part of the answer
 * @param stop the strings that end the turn where they occur in the content; those that no text can contain are left out
 * @param tools the tools that were declared
 * @param customTools those of them that take free text in place of JSON
 * @param namespaces the names of declared namespaces, apart from that of functions
 * @param hostedTools those of the tools that the server runs itself: a call of one ends the turn
 */
record AnswerRules(
        boolean callsAreContent,
        boolean onlyFirstCall,
        boolean logProbabilities,
        List<String> stop,
        Set<Recipient> tools,
        Set<Recipient> customTools,
        Set<String> namespaces,
        Set<Recipient> hostedTools) {

    /** No tools, no stop strings, no log-probabilities. */
    static final AnswerRules DEFAULT =
            new AnswerRules(false, false, false, List.of(), Set.of(), Set.of(), Set.of(), Set.of());

    AnswerRules {
        stop = stop.stream().filter(AnswerRules::mayOccur).toList();
        tools = Set.copyOf(tools);
        customTools = Set.copyOf(customTools);
        namespaces = Set.copyOf(namespaces);
        hostedTools = Set.copyOf(hostedTools);
    }

    private static boolean mayOccur(String stop) {
        return !stop.isEmpty()
                && stop.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    /** Returns rules that end the turn after its first call. */
    AnswerRules withOnlyFirstCall() {
        return new AnswerRules(
                callsAreContent, true, logProbabilities, stop, tools, customTools, namespaces, hostedTools);
    }

    /** Returns the declared namespace that a tool is in; empty for functions, and for tools that were not declared. */
    Optional<String> namespaceOf(Recipient tool) {
        return namespaces.stream()
                .filter(namespace -> tool.name().startsWith(namespace + "."))
                .max(Comparator.comparingInt(String::length));
    }
}
