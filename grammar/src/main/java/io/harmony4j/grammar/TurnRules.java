package io.harmony4j.grammar;

import io.harmony4j.Channel;
import io.harmony4j.ContentType;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.ToolChoice;
import io.harmony4j.ToolNamespace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Writes down what may follow {@code <|start|>assistant}: thoughts and preambles, then a call or the answer.
 *
 * <pre>
 * turn     = { thought } ( call { start { thought } call } | answer )   the repetition if calls may be parallel
 * thought  = analysis end | preamble end                                a preamble only where a call is possible
 * </pre>
 */
final class TurnRules {
    private final Regexes regexes;
    private final GrammarOptions options;
    private final Function<GrammarTool, List<Symbol>> contents;
    private final List<GrammarTool> callable;

    /** Stands after the end of an analysis, so that its text is told from others. */
    private final Choice analysisEnd = Choice.of(List.of());

    private TurnRules(Regexes regexes, GrammarOptions options, Function<GrammarTool, List<Symbol>> contents) {
        this.regexes = regexes;
        this.options = options;
        this.contents = contents;
        this.callable = callable(options);
    }

    /** The whole of a turn, and what stands below the text of an analysis. */
    record Turn(Symbol start, Symbol analysisEnd) {}

    /**
     * Returns what a turn is.
     *
     * @param contents what a call of a tool has between {@code <|message|>} and its end
     * @param answer what an answer has there
     * @throws IllegalArgumentException if a tool is chosen that is not there
     */
    static Turn of(
            Regexes regexes,
            GrammarOptions options,
            Function<GrammarTool, List<Symbol>> contents,
            List<Symbol> answer) {
        TurnRules rules = new TurnRules(regexes, options, contents);
        return new Turn(rules.turn(answer), rules.analysisEnd);
    }

    /** Returns the tools that the choice leaves. */
    static List<GrammarTool> callable(GrammarOptions options) {
        ToolChoice choice = options.toolChoice();
        if (choice.mode() == ToolChoice.Mode.NONE) {
            return List.of();
        }
        List<GrammarTool> left = options.tools().stream()
                .filter(tool -> choice.tools().isEmpty() || choice.tools().contains(tool.recipient()))
                .toList();
        for (var wanted : choice.tools()) {
            if (left.stream().noneMatch(tool -> tool.recipient().equals(wanted))) {
                throw new IllegalArgumentException(
                        "expected a choice among the tools " + options.tools() + " but found \"" + wanted + "\"");
            }
        }
        if (left.isEmpty() && mustCall(choice)) {
            throw new IllegalArgumentException("expected a tool to call, since a call is required, but found none");
        }
        return left;
    }

    private static boolean mustCall(ToolChoice choice) {
        return choice.mode() == ToolChoice.Mode.REQUIRED || choice.mode() == ToolChoice.Mode.NAMED;
    }

    private Symbol turn(List<Symbol> answer) {
        Choice turn = new Choice();
        Choice afterCall = Choice.of(List.of());
        addThoughts(turn);
        addCalls(turn, afterCall);
        if (options.parallelCalls() && !callable.isEmpty()) {
            Choice next = new Choice();
            addThoughts(next);
            addCalls(next, afterCall);
            afterCall.add(List.of(token(SpecialToken.START), text(Role.ASSISTANT.wireName()), next));
        }
        if (!mustCall(options.toolChoice())) {
            turn.add(message(List.of(channel(Channel.FINAL), answerType()), answer, ends(SpecialToken.RETURN)));
        }
        return turn;
    }

    /** Adds a thought or a preamble, after which the same may come again. */
    private void addThoughts(Choice turn) {
        List<Symbol> again = List.of(token(SpecialToken.START), text(Role.ASSISTANT.wireName()), turn);
        Symbol end = token(SpecialToken.END);
        turn.add(join(
                message(List.of(channel(Channel.ANALYSIS)), List.of(regexes.anything()), end),
                List.of(analysisEnd),
                again));
        if (!callable.isEmpty()) {
            turn.add(join(message(List.of(channel(Channel.COMMENTARY)), List.of(regexes.anything()), end), again));
        }
    }

    private void addCalls(Choice turn, Symbol after) {
        for (GrammarTool tool : callable) {
            List<Symbol> rest = join(
                    List.of(type(tool), token(SpecialToken.MESSAGE)),
                    contents.apply(tool),
                    List.of(ends(SpecialToken.CALL), after));
            Symbol to = text(" to=" + tool.recipient().name());
            for (Channel channel : channels(tool)) {
                turn.add(join(List.of(channel(channel), to), rest));
                turn.add(join(List.of(to, channel(channel)), rest));
            }
        }
    }

    private List<Channel> channels(GrammarTool tool) {
        boolean onAnalysis = tool.recipient().isBuiltIn() || options.functionsOnAnalysis();
        return onAnalysis ? List.of(Channel.ANALYSIS, Channel.COMMENTARY) : List.of(Channel.COMMENTARY);
    }

    /** Returns the content type of a call; built-in tools take code. */
    private Symbol type(GrammarTool tool) {
        boolean isBuiltIn = !tool.recipient().namespace().equals(ToolNamespace.FUNCTIONS);
        return isBuiltIn ? text(" " + ContentType.CODE.name()) : jsonType();
    }

    private Symbol answerType() {
        return options.answer().isPresent() ? jsonType() : text("");
    }

    /** Returns the ways in which models say that JSON follows. */
    private Symbol jsonType() {
        Symbol json = text(ContentType.JSON.name());
        Symbol constrain = token(SpecialToken.CONSTRAIN);
        return Choice.of(
                List.of(),
                List.of(text(" " + ContentType.JSON.name())),
                List.of(constrain, json),
                List.of(text(" "), constrain, json));
    }

    private Symbol channel(Channel channel) {
        return Choice.of(List.of(token(SpecialToken.CHANNEL), text(channel.name())));
    }

    private Symbol ends(SpecialToken end) {
        return options.anyEnd() ? Choice.of(List.of(token(end)), List.of(token(SpecialToken.END))) : token(end);
    }

    private List<Symbol> message(List<Symbol> header, List<Symbol> content, Symbol end) {
        return join(header, List.of(token(SpecialToken.MESSAGE)), content, List.of(end));
    }

    private static Symbol token(SpecialToken token) {
        return new ControlToken(token.id());
    }

    private Symbol text(String text) {
        return regexes.literal(text);
    }

    @SafeVarargs
    private static List<Symbol> join(List<Symbol>... parts) {
        List<Symbol> all = new ArrayList<>();
        for (List<Symbol> part : parts) {
            all.addAll(part);
        }
        return all;
    }
}
