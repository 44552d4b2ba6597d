package io.harmony4j.openai;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.chat.StopStrings;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import io.harmony4j.openai.Item.Kind;
import io.harmony4j.openai.LogProbabilities.Entry;
import io.harmony4j.parser.Header;
import io.harmony4j.parser.ParseEvent;
import io.harmony4j.parser.ParseEvent.ContentDelta;
import io.harmony4j.parser.ParseEvent.Ending;
import io.harmony4j.parser.ParseEvent.MessageEnded;
import io.harmony4j.parser.ParseEvent.MessageStarted;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one state machine between a parser and an answer: each message of the assistant becomes an item, messages of others become
 * nothing. Chunks, events and whole answers all come from these items.
 *
 * <pre>
 * BETWEEN --message of the assistant--> OPEN --its end--> BETWEEN
 *                                       OPEN --a stop string, the end of the only call or of a hosted one--> STOPPED
 * </pre>
 *
 * <p>The turn's rules apply here: what is content, what a stop string cuts off, after which call nothing more counts. Belongs to
 * one turn.
 */
final class TurnItems implements Consumer<ParseEvent> {
    /** The one parameter as which a custom tool's free text is declared to the model. */
    static final String CUSTOM_INPUT = "input";

    private static final StopStrings NO_STOP = new StopStrings(List.of());

    private final AnswerRules rules;
    private final ItemListener listener;

    /** Knows the tokens of texts; null if log-probabilities are not asked for. */
    private final @Nullable LogProbabilities tokens;

    /** The message that is being read; null between messages, and in messages of others. */
    private @Nullable Item open;

    /** Whether the message that is being read, of whomever, has shown text. */
    private boolean hasText;

    /** Looks for stop strings in content. */
    private final StopStrings contentStop;

    /** Looks for stop strings in the open message: for none if that is no content. */
    private StopStrings stop = NO_STOP;

    /**
     * The entries of tokens whose text is held back, because it may be the beginning of a stop string; with where in the message
     * they begin.
     */
    private final Deque<Entry> heldEntries = new ArrayDeque<>();

    /** The arguments of the open call of a custom tool, which hold its free text. */
    private final StringBuilder arguments = new StringBuilder();

    /** Whether the turn ends here by its rules; what follows is dropped. */
    private boolean isStopped;

    /** Whether the model ended its turn with the last message. */
    private boolean isOver;

    private boolean hasCall;

    /** The runtime's word on why the model stopped; known when the stream ends. */
    private FinishReason given = FinishReason.STOP;

    TurnItems(AnswerRules rules, ItemListener listener, @Nullable LogProbabilities tokens) {
        this.rules = rules;
        this.listener = listener;
        this.tokens = tokens;
        this.contentStop = new StopStrings(rules.stop());
    }

    /** Returns whether nothing more is wanted of the model. */
    boolean isDone() {
        return isStopped || isOver;
    }

    /** Takes the runtime's word on why the model stopped, before the parser reads the end of the stream. */
    void finish(FinishReason reason) {
        given = reason;
    }

    /** Returns why the model stopped: by the rules of the turn, or else as the runtime says. */
    FinishReason reason() {
        boolean wasAsked = isDone() && given == FinishReason.CANCELLED; // by a caller who was told that it is done
        FinishReason reason = isStopped || wasAsked ? FinishReason.STOP : given;
        return hasCall && reason == FinishReason.STOP ? FinishReason.TOOL_CALLS : reason;
    }

    @Override
    public void accept(ParseEvent event) {
        if (event instanceof ContentDelta delta) {
            List<Entry> entries = tokens == null ? List.of() : tokens.of(delta.text(), !hasText);
            hasText = true;
            add(delta.text(), entries);
        } else if (event instanceof MessageStarted started) {
            hasText = false;
            isOver = false;
            start(started.header());
        } else if (event instanceof MessageEnded ended) {
            isOver = ended.ending() == Ending.RETURN || ended.ending() == Ending.CALL;
            end(ended.ending() == Ending.END_OF_STREAM);
        }
    }

    private void start(Header header) {
        if (isStopped || header.author().role() != Role.ASSISTANT) {
            return;
        }
        open = new Item(kind(header), header);
        stop = open.kind() == Kind.MESSAGE ? contentStop : NO_STOP;
        stop.restart();
        heldEntries.clear();
        arguments.setLength(0);
        hasCall |= open.kind().isCall();
        listener.started(open);
    }

    private Kind kind(Header header) {
        if (header.isToolCall() && !rules.callsAreContent()) {
            Recipient tool = requireNonNull(header.recipient());
            if (rules.hostedTools().contains(tool)) {
                return Kind.hosted(tool);
            }
            return rules.customTools().contains(tool) ? Kind.CUSTOM_CALL : Kind.FUNCTION_CALL;
        }
        return header.isReasoning() ? Kind.REASONING : Kind.MESSAGE;
    }

    private void add(String text, List<Entry> entries) {
        if (open == null) {
            return;
        }
        if (open.kind() == Kind.CUSTOM_CALL) { // its text is known when all of it is there
            arguments.append(text);
            return;
        }
        if (open.kind() == Kind.MESSAGE) {
            int begin = open.length() + stop.held();
            entries.forEach(entry -> heldEntries.add(new Entry(begin + entry.at(), entry.token())));
        }
        show(stop.add(text));
        if (stop.isFound()) {
            isStopped = true;
            close();
        }
    }

    /** Shows the first part of what is held back, with the tokens that begin in it. */
    private void show(String text) {
        if (text.isEmpty() || open == null) {
            return;
        }
        List<JsonValue> shown = new ArrayList<>();
        int end = open.length() + text.length();
        while (!heldEntries.isEmpty() && heldEntries.element().at() < end) {
            shown.add(requireNonNull(tokens).json(heldEntries.remove().token()));
        }
        open.add(text, shown);
        listener.added(open, text, shown);
    }

    private void end(boolean isEndOfStream) {
        if (open == null) {
            return;
        }
        boolean isCut = isEndOfStream && (given == FinishReason.LENGTH || given == FinishReason.CANCELLED);
        if (isCut) {
            open.cut();
        }
        boolean isCustom = open.kind() == Kind.CUSTOM_CALL;
        show(isCustom ? freeText(arguments.toString()) : stop.release());
        boolean isLast =
                open.kind().isHosted() || (rules.onlyFirstCall() && open.kind().isCall());
        isStopped |= isLast && !isCut;
        close();
    }

    /** Returns the text in {@code {"input":…}}; all of it if it is not that. */
    private static String freeText(String arguments) {
        try {
            JsonValue input = Json.parse(arguments).get(CUSTOM_INPUT);
            return input.isString() ? input.text() : arguments;
        } catch (IllegalArgumentException e) {
            return arguments;
        }
    }

    private void close() {
        if (open != null) {
            Item ended = open;
            open = null;
            listener.ended(ended);
        }
    }
}
