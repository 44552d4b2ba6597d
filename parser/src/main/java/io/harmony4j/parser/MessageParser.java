package io.harmony4j.parser;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Message;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.parser.Diagnostic.Code;
import io.harmony4j.parser.ParseEvent.ContentDelta;
import io.harmony4j.parser.ParseEvent.MessageEnded;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What {@link StreamParser} and {@link TextParser} have in common: messages, diagnostics and the end of the stream. A parser
 * belongs to one stream and one thread at a time.
 */
public abstract sealed class MessageParser permits StreamParser, TextParser {
    private final ParseOptions options;
    private final SymbolSource source;
    private final Consumer<ParseEvent> events;
    private final MessageMachine machine;
    private final MissingMarkers symbols;
    private final MessageCollector collector;

    /** The runtime's own word on why the model stopped; null if it is not known. */
    private @Nullable FinishReason givenReason;

    /** Whether a call is going on, or has thrown. */
    private boolean isBusy;

    private boolean isFinished;

    MessageParser(SymbolSource source, ParseOptions options, Consumer<ParseEvent> events) {
        this.source = source;
        this.options = requireNonNull(options, "options");
        this.events = requireNonNull(events, "events");
        this.collector = new MessageCollector(options.limits().messages());
        this.machine = new MessageMachine(options, source, this::emit);
        this.symbols = new MissingMarkers(options, machine);
    }

    /** Returns where the source's symbols go. */
    final MissingMarkers symbols() {
        return symbols;
    }

    /** Returns what the parser is waiting for. */
    public final ParserState state() {
        return machine.state();
    }

    /** Returns the complete messages so far, up to {@link ParseLimits#messages()}; a view that grows with the stream. */
    public final List<Message> messages() {
        return collector.messages();
    }

    /** Returns the repairs so far; a view that grows with the stream. */
    public final List<Diagnostic> diagnostics() {
        return collector.diagnostics();
    }

    /** Returns what has been read so far; it does not grow. */
    public final ParseResult result() {
        return new ParseResult(List.copyOf(messages()), List.copyOf(diagnostics()), tokenCounts(), finishReason());
    }

    /** Returns how many tokens there were so far, if they are known. */
    Optional<TokenCounts> tokenCounts() {
        return Optional.empty();
    }

    private FinishReason finishReason() {
        FinishReason told = machine.finishReason();
        boolean isCall =
                givenReason == FinishReason.STOP && (told == FinishReason.TOOL_CALLS || collector.endsInCall());
        return givenReason == null ? told : isCall ? FinishReason.TOOL_CALLS : givenReason;
    }

    /**
     * Reads the end of the stream: a message that had no end token ends here. Why the model stopped is told from the way the last
     * message ended.
     *
     * @throws HarmonyFormatException in STRICT mode, if the stream ends within a header
     * @throws IllegalStateException if the parser has been finished, or has thrown before
     */
    public final void finish() {
        begin();
        source.finish(symbols);
        symbols.finish();
        isFinished = true;
        end();
    }

    /**
     * Reads the end of the stream, as {@link #finish()}, where the runtime says why the model stopped.
     *
     * @param reason why; {@link FinishReason#STOP} becomes {@link FinishReason#TOOL_CALLS} in the result if there are calls
     * @throws HarmonyFormatException as {@link #finish()}
     * @throws IllegalStateException as {@link #finish()}
     */
    public final void finish(FinishReason reason) {
        givenReason = requireNonNull(reason, "reason");
        finish();
    }

    /**
     * Returns the parser's state as a small JSON document, from which {@code resume} makes a parser that goes on with the same
     * events, in this or another JVM. Messages and diagnostics that are complete are not in it.
     *
     * @throws IllegalStateException if the parser has been finished, or has thrown before
     */
    public final String snapshot() {
        requireOpen();
        return Snapshot.write(
                source.unit(),
                JsonObject.builder()
                        .put("options", options.save())
                        .put("machine", machine.save())
                        .put("symbols", symbols.save())
                        .put("input", source.save())
                        .put("collected", collector.save()));
    }

    final void restore(JsonValue snapshot) {
        try {
            machine.restore(snapshot.get("machine"));
            symbols.restore(snapshot.get("symbols"));
            source.restore(snapshot.get("input"));
            collector.restore(snapshot.get("collected"));
        } catch (IllegalArgumentException e) {
            throw Snapshot.wrongField(e);
        }
    }

    /** Begins a call; until {@link #end}, the parser counts as having thrown. */
    final void begin() {
        requireOpen();
        isBusy = true;
        symbols.prefill();
    }

    /** Ends a call that went well. */
    final void end() {
        isBusy = false;
    }

    private void requireOpen() {
        if (isFinished) {
            throw new IllegalStateException(
                    "expected a parser that is open but this one has been finished; make a new one");
        }
        if (isBusy) {
            throw new IllegalStateException(
                    "expected a parser that is open but this one has thrown before, at position " + machine.position()
                            + "; make a new one");
        }
    }

    private void emit(ParseEvent event) {
        if (!(event instanceof ContentDelta)) { // almost all are
            collect(event);
        }
        events.accept(event);
    }

    private void collect(ParseEvent event) {
        if (event instanceof MessageEnded ended) {
            if (collector.isFullNow()) {
                machine.report(Code.TOO_MANY_MESSAGES, "");
            }
            source.messageEnded(ended);
        }
        collector.accept(event);
    }
}
