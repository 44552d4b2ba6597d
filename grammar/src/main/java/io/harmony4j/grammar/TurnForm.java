package io.harmony4j.grammar;

import io.harmony4j.Channel;
import io.harmony4j.ContentType;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.ToolChoice;
import io.harmony4j.json.JsonSchema;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What may follow {@code <|start|>assistant}, as kinds of messages: what the rules of a turn and the exports have in common.
 *
 * <pre>
 * turn    = { thought NEXT } ( call { NEXT { thought NEXT } call } | answer )   the repetition of calls if they may be parallel
 * </pre>
 *
 * @param begun the messages of which one has begun, each with what is left of it; empty if none has
 * @param thoughts what may come before a call or an answer: the analysis, and a preamble where a call is possible
 * @param calls a call of each tool that may be called
 * @param answer the answer, or null if a call is required
 * @param parallel whether calls may follow calls
 */
record TurnForm(
        List<Message> begun,
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
     * A kind of message: an opening, content and end.
     *
     * @param opening what stands before the content, piece by piece, with the ways to write each: the header up to the content type, the
     *     content type, which may be left out, and {@code <|message|>}
     * @param ends the tokens that may end it
     */
    record Message(Kind kind, List<List<List<Part>>> opening, Content content, List<SpecialToken> ends) {
        static Message of(
                Kind kind, List<List<Part>> headers, List<List<Part>> types, Content content, List<SpecialToken> ends) {
            List<List<Part>> message = List.of(List.of(new Token(SpecialToken.MESSAGE)));
            return new Message(kind, List.of(headers, types, message), content, ends);
        }

        boolean isThought() {
            return kind == Kind.ANALYSIS || kind == Kind.PREAMBLE;
        }

        /**
         * Returns this message as far as it is still to come; null if it does not begin so.
         *
         * @param before what stands before the message
         * @param beginning what there is of both
         */
        @Nullable
        Message after(List<Part> before, List<Part> beginning) {
            List<List<Part>> ways = List.of(before);
            for (List<List<Part>> piece : opening) {
                ways = ways.stream()
                        .flatMap(way -> piece.stream().map(more -> join(way, more)))
                        .toList();
            }
            List<List<Part>> left = ways.stream()
                    .map(way -> rest(way, beginning))
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList();
            return left.isEmpty() ? null : new Message(kind, List.of(left), content, ends);
        }

        private static @Nullable List<Part> rest(List<Part> way, List<Part> beginning) {
            Deque<Part> left = new ArrayDeque<>(way);
            for (Part part : beginning) {
                Part first = left.poll();
                if (first instanceof Text whole
                        && part instanceof Text some
                        && whole.text.startsWith(some.text)
                        && !whole.equals(some)) {
                    left.push(new Text(whole.text.substring(some.text.length())));
                } else if (!part.equals(first)) {
                    return null;
                }
            }
            return List.copyOf(left);
        }
    }

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
                List.of(),
                thoughts,
                callable.stream().map(tool -> call(tool, options)).toList(),
                options.toolChoice().mustCall() ? null : answer(options),
                options.parallelCalls() && !callable.isEmpty());
    }

    /**
     * Returns what may still come of a turn, of whose last message there is the beginning.
     *
     * @param isFirst whether there is no message before
     * @param hasCalled whether there is a call before
     * @param beginning what there is since the end of the last message, or since the beginning of the turn
     * @throws IllegalStateException if no message begins so
     */
    TurnForm after(boolean isFirst, boolean hasCalled, List<Part> beginning) {
        Message after = hasCalled ? null : answer;
        List<Message> left = Stream.of(thoughts.stream(), calls.stream(), Stream.ofNullable(after))
                .flatMap(messages -> messages)
                .map(message -> message.after(isFirst ? List.of() : NEXT, beginning))
                .filter(Objects::nonNull)
                .toList();
        if (left.isEmpty()) {
            throw new IllegalStateException("expected the beginning of a message but found " + beginning);
        }
        return new TurnForm(left, thoughts, calls, after, parallel);
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
        return Message.of(kind, List.of(channel(channel)), List.of(List.of()), ANY_TEXT, List.of(SpecialToken.END));
    }

    private static Message answer(GrammarOptions options) {
        boolean isJson = options.answer().isPresent();
        return Message.of(
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
        return Message.of(
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

    /** Returns parts in which text that meets is one. */
    static List<Part> joined(List<Part> parts) {
        return parts.stream().map(List::of).reduce(List.of(), TurnForm::join);
    }

    /** Returns one row of parts after another; text that meets becomes one. */
    private static List<Part> join(List<Part> first, List<Part> second) {
        List<Part> all = new ArrayList<>(first);
        int end = all.size() - 1;
        if (end >= 0
                && !second.isEmpty()
                && all.get(end) instanceof Text before
                && second.get(0) instanceof Text after) {
            all.set(end, new Text(before.text + after.text));
            all.addAll(second.subList(1, second.size()));
        } else {
            all.addAll(second);
        }
        return all;
    }
}
