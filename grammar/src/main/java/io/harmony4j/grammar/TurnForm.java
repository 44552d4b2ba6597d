package io.harmony4j.grammar;

import io.harmony4j.Channel;
import io.harmony4j.ContentType;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.ToolChoice;
import io.harmony4j.json.JsonSchema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may follow {@code <|start|>assistant}, as kinds of messages: what the rules of a turn and the exports have in common.
 *
 * <pre>
 * turn    = { thought NEXT } ( call { NEXT { thought NEXT } call } | answer )   the repetition of calls if they may be parallel
 * </pre>
 *
 * @param thoughts what may come before a call or an answer: the analysis, and a preamble where a call is possible
 * @param calls a call of each tool that may be called
 * @param answer the answer, or null if a call is required
 * @param parallel whether calls may follow calls
 */
record TurnForm(
        List<Message> thoughts,
        List<Message> calls,
        @Nullable Message answer,
        boolean parallel) {
    /** What stands between two messages. */
    static final List<Part> NEXT = List.of(new Token(SpecialToken.START), new Text(Role.ASSISTANT.wireName()));

    private static final Content ANY_TEXT = new Content(null, false, "");

    /** A piece of a header. */
    sealed interface Part {}

    /** A control token. */
    record Token(SpecialToken token) implements Part {}

    /** Text. */
    record Text(String text) implements Part {}

    /**
     * A kind of message: a header, a content type, {@code <|message|>}, content and end.
     *
     * @param headers the ways to write the header up to the content type
     * @param types the ways to write the content type; one of them may be to leave it out
     * @param ends the tokens that may end it
     */
    record Message(
            Kind kind, List<List<Part>> headers, List<List<Part>> types, Content content, List<SpecialToken> ends) {}

    /** What a message is for. */
    enum Kind {
        ANALYSIS,
        PREAMBLE,
        CALL,
        ANSWER
    }

    /**
     * What a message consists of.
     *
     * @param schema what it obeys as JSON, or null for any text
     * @param optional whether there may be nothing instead of it
     * @param owner whose schema it is, for messages
     */
    record Content(@Nullable JsonSchema schema, boolean optional, String owner) {}

    /**
     * Returns the turns that options allow.
     *
     * @throws IllegalArgumentException if a tool is chosen that is not there
     */
    static TurnForm of(GrammarOptions options) {
        List<GrammarTool> callable = callable(options);
        List<Message> thoughts = new ArrayList<>(List.of(thought(Kind.ANALYSIS, Channel.ANALYSIS)));
        if (!callable.isEmpty()) {
            thoughts.add(thought(Kind.PREAMBLE, Channel.COMMENTARY));
        }
        return new TurnForm(
                thoughts,
                callable.stream().map(tool -> call(tool, options)).toList(),
                options.toolChoice().mustCall() ? null : answer(options),
                options.parallelCalls() && !callable.isEmpty());
    }

    /** Returns the tools that the choice leaves. */
    private static List<GrammarTool> callable(GrammarOptions options) {
        ToolChoice choice = options.toolChoice();
        if (choice.mode() == ToolChoice.Mode.NONE) {
            return List.of();
        }
        List<GrammarTool> left = options.tools().stream()
                .filter(tool -> choice.tools().isEmpty() || choice.tools().contains(tool.recipient()))
                .toList();
        for (Recipient wanted : choice.tools()) {
            if (left.stream().noneMatch(tool -> tool.recipient().equals(wanted))) {
                throw new IllegalArgumentException(
                        "expected a choice among the tools " + options.tools() + " but found \"" + wanted + "\"");
            }
        }
        if (left.isEmpty() && choice.mustCall()) {
            throw new IllegalArgumentException("expected a tool to call, since a call is required, but found none");
        }
        return left;
    }

    private static Message thought(Kind kind, Channel channel) {
        return new Message(kind, List.of(channel(channel)), List.of(List.of()), ANY_TEXT, List.of(SpecialToken.END));
    }

    private static Message answer(GrammarOptions options) {
        boolean isJson = options.answer().isPresent();
        return new Message(
                Kind.ANSWER,
                List.of(channel(Channel.FINAL)),
                isJson ? jsonTypes() : List.of(List.of()),
                isJson ? new Content(options.answer().get(), false, "the answer") : ANY_TEXT,
                ends(SpecialToken.RETURN, options));
    }

    private static Message call(GrammarTool tool, GrammarOptions options) {
        Part to = new Text(" to=" + tool.recipient().name());
        List<List<Part>> headers = new ArrayList<>();
        for (Channel channel : channels(tool, options)) {
            headers.add(join(channel(channel), List.of(to)));
            headers.add(join(List.of(to), channel(channel)));
        }
        boolean isBuiltIn = tool.recipient().isBuiltIn();
        return new Message(
                Kind.CALL,
                headers,
                isBuiltIn ? List.of(List.of(new Text(" " + ContentType.CODE.name()))) : jsonTypes(),
                content(tool),
                ends(SpecialToken.CALL, options));
    }

    private static List<Channel> channels(GrammarTool tool, GrammarOptions options) {
        boolean onAnalysis = tool.recipient().isBuiltIn() || options.functionsOnAnalysis();
        return onAnalysis ? List.of(Channel.ANALYSIS, Channel.COMMENTARY) : List.of(Channel.COMMENTARY);
    }

    private static Content content(GrammarTool tool) {
        return switch (tool.arguments()) {
            case TEXT -> ANY_TEXT;
            case NONE -> new Content(HarmonyGrammar.ANY_OBJECT, true, tool.toString());
            case SCHEMA -> new Content(tool.schema(), false, tool.toString());
        };
    }

    /** Returns the ways in which models say that JSON follows. */
    private static List<List<Part>> jsonTypes() {
        Part json = new Text(ContentType.JSON.name());
        Part constrain = new Token(SpecialToken.CONSTRAIN);
        return List.of(
                List.of(),
                List.of(new Text(" " + ContentType.JSON.name())),
                List.of(constrain, json),
                List.of(new Text(" "), constrain, json));
    }

    private static List<Part> channel(Channel channel) {
        return List.of(new Token(SpecialToken.CHANNEL), new Text(channel.name()));
    }

    private static List<SpecialToken> ends(SpecialToken end, GrammarOptions options) {
        return options.anyEnd() ? List.of(end, SpecialToken.END) : List.of(end);
    }

    /** Returns one row of parts after another; text that meets becomes one. */
    private static List<Part> join(List<Part> first, List<Part> second) {
        List<Part> all = new ArrayList<>(first);
        int end = all.size() - 1;
        if (all.get(end) instanceof Text before && second.get(0) instanceof Text after) {
            all.set(end, new Text(before.text + after.text));
            all.addAll(second.subList(1, second.size()));
        } else {
            all.addAll(second);
        }
        return all;
    }
}
