package io.harmony4j.grammar;

import java.util.List;

/**
 * A grammar in the notation of another runtime.
 *
 * @param text the grammar
 * @param notes what the runtime allows and we do not, or the other way round: one sentence each
 * @param stopTokens the ids of the tokens that the runtime is to take for the end of the generation, and no others
 */
public record GrammarExport(String text, List<String> notes, List<Integer> stopTokens) {
    public GrammarExport {
        notes = List.copyOf(notes);
        stopTokens = List.copyOf(stopTokens);
    }
}
