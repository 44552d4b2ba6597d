package io.harmony4j.parse;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.harmony4j.Message;
import io.harmony4j.SpecialToken;
import io.harmony4j.parse.Diagnostic.Code;
import java.util.List;
import java.util.function.Consumer;

/**
 * What {@link StreamParser} and {@link TextParser} have in common: messages, diagnostics and the end of the stream. A parser
 * belongs to one stream and one thread at a time.
 */
public abstract sealed class MessageParser permits StreamParser, TextParser {
    private final ParseOptions options;
    private MessageMachine machine;
    private MessageCollector collector;

    /** Whether the last message had no end token. */
    private boolean isCutOff;

    private boolean isFullReported;
    private Consumer<ParseEvent> events = event -> {};

    /** Whether a call is going on, or has thrown. */
    private boolean isBusy;

    private boolean isFinished;

    MessageParser(ParseOptions options) {
        this.options = requireNonNull(options, "options");
        this.collector = new MessageCollector(options.limits().messages());
        this.machine = newMachine();
    }

    private MessageMachine newMachine() {
        return new MessageMachine(
                options,
                new SymbolSource() {
                    @Override
                    public String describe() {
                        return MessageParser.this.describe();
                    }

                    @Override
                    public String name(SpecialToken token) {
                        return MessageParser.this.name(token);
                    }

                    @Override
                    public String unit() {
                        return MessageParser.this.unit();
                    }

                    @Override
                    public String flush() {
                        return MessageParser.this.flush();
                    }
                },
                this::emit);
    }

    /** Returns what is being read now, for an error message. */
    abstract String describe();

    /** Returns how the input has a special token. */
    abstract String name(SpecialToken token);

    /** Returns what positions count. */
    abstract String unit();

    /** Returns text that was held back because it might have gone on, and forgets it. */
    abstract String flush();

    /** Reads what was held back at the end of the stream. */
    abstract void finishInput();

    /** Forgets what was held back. */
    abstract void clearInput();

    final MessageMachine machine() {
        return machine;
    }

    final ParseOptions options() {
        return options;
    }

    /** Returns what the parser is waiting for. */
    public final ParserState state() {
        return machine.state();
    }

    /** Returns the complete messages so far, up to {@link ParseLimits#messages()}; a view that grows with the stream. */
    public final List<Message> messages() {
        return collector.messages();
    }

    /** Returns what a client of a chat API is to get of the stream so far. */
    public ChatView chat() {
        return ChatView.of(messages(), isCutOff);
    }

    /** Returns the repairs so far; a view that grows with the stream. */
    public final List<Diagnostic> diagnostics() {
        return collector.diagnostics();
    }

    /**
     * Reads the end of the stream.
     *
     * @param newEvents is told what the end brought: a message that had no end token ends here
     * @throws HarmonyFormatException in STRICT mode, if the stream ends within a header
     * @throws IllegalStateException if the parser has been finished, or has thrown before
     */
    public final void finish(Consumer<ParseEvent> newEvents) {
        open(newEvents);
        finishInput();
        machine.finish();
        isFinished = true;
        close();
    }

    /** Makes the parser ready for another stream, with the same options. */
    public final void reset() {
        clearInput();
        collector = new MessageCollector(options.limits().messages());
        isCutOff = false;
        machine = newMachine();
        isFullReported = false;
        isFinished = false;
        isBusy = false;
    }

    /**
     * Returns the parser's state as a small JSON document, from which {@code resume} makes a parser that goes on with the same
     * events, in this or another JVM. Messages and diagnostics that are complete are not in it.
     *
     * @throws IllegalStateException if the parser has been finished, or has thrown before
     */
    public final String snapshot() {
        requireOpen();
        ObjectNode snapshot = Snapshot.create(unit());
        options.save(snapshot.putObject("options"));
        machine.save(snapshot.putObject("machine"));
        saveInput(snapshot.putObject("input"));
        return Snapshot.write(snapshot);
    }

    final void restore(JsonNode snapshot) {
        try {
            machine.restore(snapshot.path("machine"));
            restoreInput(snapshot.path("input"));
        } catch (NullPointerException | IllegalArgumentException e) {
            throw Snapshot.wrongField(e);
        }
    }

    /** Writes down what is held back. */
    abstract void saveInput(ObjectNode into);

    abstract void restoreInput(JsonNode from);

    /** Begins a call; until {@link #close}, the parser counts as having thrown. */
    final void open(Consumer<ParseEvent> newEvents) {
        requireOpen();
        events = requireNonNull(newEvents, "events");
        isBusy = true;
    }

    /** Ends a call that went well. */
    final void close() {
        isBusy = false;
    }

    private void requireOpen() {
        if (isBusy || isFinished) {
            throw new IllegalStateException(
                    isFinished
                            ? "this parser has been finished; reset it for the next stream"
                            : "this parser has thrown before, at position " + machine.position()
                                    + "; reset it for the next stream");
        }
    }

    private void emit(ParseEvent event) {
        if (event instanceof ParseEvent.MessageEnded && collector.isFull() && !isFullReported) {
            isFullReported = true;
            emit(new ParseEvent.Repaired(new Diagnostic(Code.TOO_MANY_MESSAGES, machine.position(), "")));
        }
        if (event instanceof ParseEvent.MessageEnded ended) {
            isCutOff = ended.ending() == ParseEvent.Ending.END_OF_STREAM;
            ended(ended);
        }
        collector.accept(event);
        events.accept(event);
    }

    /** Is told that a message has ended, before anybody else. */
    void ended(ParseEvent.MessageEnded event) {}
}
