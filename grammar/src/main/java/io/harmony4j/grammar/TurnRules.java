package io.harmony4j.grammar;

import io.harmony4j.SpecialToken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Writes down the rules of a {@link TurnForm}.
 *
 * <pre>
 * turn   = thought NEXT turn | call after | answer
 * after  = nothing | NEXT next                 the second if calls may be parallel
 * next   = thought NEXT next | call after
 * </pre>
 */
final class TurnRules {
    private final Regexes regexes;
    private final TurnForm form;
    private final Function<TurnForm.Content, List<Symbol>> contents;
    private final Map<TurnForm.Content, List<Symbol>> known = new HashMap<>();

    /** Stands after the end of an analysis, so that its text is told from others. */
    private final Choice analysisEnd = Choice.of(List.of());

    private TurnRules(Regexes regexes, TurnForm form, Function<TurnForm.Content, List<Symbol>> contents) {
        this.regexes = regexes;
        this.form = form;
        this.contents = contents;
    }

    /** The whole of a turn, and what stands below the text of an analysis. */
    record Turn(Symbol start, Symbol analysisEnd) {}

    /**
     * Returns what a turn is.
     *
     * @param contents what a message has between {@code <|message|>} and its end
     */
    static Turn of(Regexes regexes, TurnForm form, Function<TurnForm.Content, List<Symbol>> contents) {
        TurnRules rules = new TurnRules(regexes, form, contents);
        return new Turn(rules.turn(), rules.analysisEnd);
    }

    private Symbol turn() {
        Choice turn = new Choice();
        Choice afterCall = Choice.of(List.of());
        addThoughtsAndCalls(turn, afterCall);
        if (form.parallel()) {
            Choice next = new Choice();
            addThoughtsAndCalls(next, afterCall);
            afterCall.add(join(symbols(TurnForm.NEXT), List.of(next)));
        }
        TurnForm.Message answer = form.answer();
        if (answer != null) {
            add(turn, answer, List.of());
        }
        return turn;
    }

    /** Adds thoughts, after which the same may come again, and calls. */
    private void addThoughtsAndCalls(Choice turn, Symbol afterCall) {
        List<Symbol> again = join(symbols(TurnForm.NEXT), List.of(turn));
        for (TurnForm.Message thought : form.thoughts()) {
            boolean isAnalysis = thought.kind() == TurnForm.Kind.ANALYSIS;
            add(turn, thought, isAnalysis ? join(List.of(analysisEnd), again) : again);
        }
        form.calls().forEach(call -> add(turn, call, List.of(afterCall)));
    }

    private void add(Choice turn, TurnForm.Message message, List<Symbol> after) {
        List<Symbol> rest = new ArrayList<>(List.of(choice(message.types()), token(SpecialToken.MESSAGE)));
        rest.addAll(known.computeIfAbsent(message.content(), contents));
        rest.add(choice(message.ends().stream()
                .map(end -> List.<TurnForm.Part>of(new TurnForm.Token(end)))
                .toList()));
        rest.addAll(after);
        message.headers().forEach(header -> turn.add(join(symbols(header), rest)));
    }

    private Symbol choice(List<List<TurnForm.Part>> alternatives) {
        Choice choice = new Choice();
        alternatives.forEach(parts -> choice.add(symbols(parts)));
        return choice;
    }

    private List<Symbol> symbols(List<TurnForm.Part> parts) {
        return parts.stream()
                .map(part -> part instanceof TurnForm.Token token
                        ? token(token.token())
                        : regexes.literal(((TurnForm.Text) part).text()))
                .toList();
    }

    private static Symbol token(SpecialToken token) {
        return new ControlToken(token.id());
    }

    private static List<Symbol> join(List<Symbol> first, List<Symbol> second) {
        List<Symbol> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
