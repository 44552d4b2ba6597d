package io.harmony4j.grammar;

import io.harmony4j.SpecialToken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
 *
 * <p>After the last thought, {@code NEXT} is followed by the same without thoughts.
 */
final class TurnRules {
    private final Regexes regexes;
    private final TurnForm form;
    private final Function<TurnForm.Content, List<Symbol>> contents;
    private final Map<TurnForm.Content, List<Symbol>> known = new HashMap<>();
    private final Map<Symbol, Symbol> afterLastThought = new LinkedHashMap<>();

    private TurnRules(Regexes regexes, TurnForm form, Function<TurnForm.Content, List<Symbol>> contents) {
        this.regexes = regexes;
        this.form = form;
        this.contents = contents;
    }

    /**
     * The whole of a turn.
     *
     * @param afterLastThought what follows a thought if no other one may, by the mark that stands below the end of that thought
     */
    record Turn(Symbol start, Map<Symbol, Symbol> afterLastThought) {}

    /**
     * Returns what a turn is.
     *
     * @param contents what a message has between {@code <|message|>} and its end
     */
    static Turn of(Regexes regexes, TurnForm form, Function<TurnForm.Content, List<Symbol>> contents) {
        TurnRules rules = new TurnRules(regexes, form, contents);
        Symbol start = rules.turn();
        return new Turn(start, rules.afterLastThought);
    }

    private Symbol turn() {
        Choice afterCall = Choice.of(List.of());
        Choice afterLastCall = Choice.of(List.of());
        if (form.parallel()) {
            Choice lastCall = calls(afterLastCall);
            afterLastCall.add(next(lastCall));
            afterCall.add(next(thoughtsAnd(calls(afterCall), lastCall)));
        }
        return thoughtsAnd(withAnswer(calls(afterCall)), withAnswer(calls(afterLastCall)));
    }

    private Choice calls(Symbol after) {
        Choice calls = new Choice();
        form.calls().forEach(call -> add(calls, call, List.of(after)));
        return calls;
    }

    private Choice withAnswer(Choice messages) {
        TurnForm.Message answer = form.answer();
        if (answer != null) {
            add(messages, answer, List.of());
        }
        return messages;
    }

    /**
     * Adds thoughts to other messages; after each, the same may come again.
     *
     * @param last what comes after the last thought
     */
    private Choice thoughtsAnd(Choice messages, Symbol last) {
        Choice mark = Choice.of(List.of());
        afterLastThought.put(mark, Choice.of(next(last)));
        List<Symbol> after = join(List.of(mark), next(messages));
        form.thoughts().forEach(thought -> add(messages, thought, after));
        return messages;
    }

    private List<Symbol> next(Symbol message) {
        return join(symbols(TurnForm.NEXT), List.of(message));
    }

    private void add(Choice turn, TurnForm.Message message, List<Symbol> after) {
        List<Symbol> rest = new ArrayList<>();
        message.opening().stream().skip(1).forEach(piece -> rest.add(choice(piece)));
        rest.addAll(known.computeIfAbsent(message.content(), contents));
        rest.add(choice(message.ends().stream()
                .map(end -> List.<TurnForm.Part>of(new TurnForm.Token(end)))
                .toList()));
        rest.addAll(after);
        message.opening().get(0).forEach(header -> turn.add(join(symbols(header), rest)));
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
