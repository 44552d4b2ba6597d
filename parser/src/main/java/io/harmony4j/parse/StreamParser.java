package io.harmony4j.parse;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.parse.Diagnostic.Code;
import io.harmony4j.parse.ParseEvent.ContentDelta;
import io.harmony4j.parse.ParseEvent.Ending;
import io.harmony4j.parse.ParseEvent.MessageEnded;
import io.harmony4j.parse.ParseEvent.MessageStarted;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns a model's tokens into messages, while they stream.
 *
 * <pre>{@code
 * StreamParser parser = StreamParser.create(Tokenizer.o200kHarmony(), ParseOptions.forRole(Role.ASSISTANT));
 * for (int token : generated) {               // <|channel|>final<|message|>Tokyo.<|return|>
 *     parser.accept(token, event -> {
 *         if (event instanceof ParseEvent.ContentDelta delta) {
 *             System.out.print(delta.text());  // Tokyo, then the full stop
 *         }
 *     });
 * }
 * parser.finish(event -> {});
 * parser.messages();                          // one message on the channel final: Tokyo.
 * }</pre>
 *
 * <p>It is a machine of three states; the stream begins in HEADER if the prompt gave the role:
 *
 * <pre>
 * EXPECT_START --start--> HEADER --message--> CONTENT --end|return|call--> EXPECT_START
 * </pre>
 *
 * <p>Special tokens are recognised by id, never by their text. In RECOVER mode (the default) no token sequence makes it
 * throw; in STRICT mode a {@link HarmonyFormatException} ends the stream. A parser belongs to one stream and one thread at a
 * time.
 */
public final class StreamParser {
    private final Tokenizer tokenizer;
    private final ErrorPolicy policy;
    private final ToolNames tools;
    private final HeaderText headerText;
    private final Utf8Decoder utf8;
    private final MessageCollector collector = new MessageCollector();

    /** The role in whose header the stream begins; null once a header is complete. */
    private @Nullable Role given;

    private final Role fallback;

    /** The header of the message whose content is being read. */
    private @Nullable Header header;

    /** Its content so far. */
    private final StringBuilder content = new StringBuilder();

    /** Whether the header being read began with {@code <|start|>} in this stream. */
    private boolean hasStart;

    /** Whether the message before was a tool call. */
    private boolean afterCall;

    private State state;

    /** The index of the token being read. */
    private int position;

    private Consumer<ParseEvent> events = event -> {};

    /** Why no further token is taken; null while they are. */
    private @Nullable String closed;

    private StreamParser(Tokenizer tokenizer, ParseOptions options) {
        this.tokenizer = requireNonNull(tokenizer, "tokenizer");
        this.policy = options.isStrict()
                ? new ErrorPolicy.Strict()
                : new ErrorPolicy.Recover(options.maxDiagnostics(), this::emit);
        this.tools = new ToolNames(options.tools());
        this.headerText = new HeaderText(tokenizer);
        this.utf8 = new Utf8Decoder(options.isStrict());
        this.given = options.role();
        this.fallback = given == null ? Role.ASSISTANT : given;
        this.state = given == null ? State.EXPECT_START : State.HEADER;
    }

    /** What the parser is waiting for. */
    public enum State {
        /** The start token of a message, or the end of the stream. */
        EXPECT_START,
        /** The rest of a header, up to the message token. */
        HEADER,
        /** More content, or an end token. */
        CONTENT
    }

    /**
     * Returns a parser for one stream.
     *
     * @throws IllegalArgumentException if the tokenizer has no Harmony tokens
     */
    public static StreamParser create(Tokenizer tokenizer, ParseOptions options) {
        if (tokenizer.specialToken(SpecialToken.START.literal()).orElse(-1) != SpecialToken.START.id()) {
            throw new IllegalArgumentException("expected a tokenizer with Harmony's special tokens but found "
                    + tokenizer.name() + "; use Tokenizer.o200kHarmony()");
        }
        return new StreamParser(tokenizer, options);
    }

    /** Returns what the parser is waiting for. */
    public State state() {
        return state;
    }

    /** Returns the complete messages so far; a view that grows with the stream. */
    public List<Message> messages() {
        return collector.messages();
    }

    /** Returns the repairs so far; a view that grows with the stream. */
    public List<Diagnostic> diagnostics() {
        return collector.diagnostics();
    }

    /**
     * Reads the next token.
     *
     * @param events is told at once what the token brought
     * @throws HarmonyFormatException in STRICT mode, if the stream is not Harmony; the parser takes no more tokens then
     * @throws IllegalStateException if the parser has been finished, or has thrown before
     */
    public void accept(int token, Consumer<ParseEvent> events) {
        open(events);
        state = switch (state) {
            case EXPECT_START -> expectStart(token);
            case HEADER -> header(token);
            case CONTENT -> content(token);
        };
        position++;
        closed = null;
    }

    /**
     * Reads the end of the stream.
     *
     * @param events is told what the end brought: a message that had no end token ends here
     * @throws HarmonyFormatException in STRICT mode, if the stream ends within a header
     * @throws IllegalStateException if the parser has been finished, or has thrown before
     */
    public void finish(Consumer<ParseEvent> events) {
        open(events);
        state = switch (state) {
            case EXPECT_START -> State.EXPECT_START;
            case HEADER -> endHeaderEarly(Ending.END_OF_STREAM, "the end of the stream");
            case CONTENT -> endMessage(Ending.END_OF_STREAM);
        };
        closed = "this parser has been finished; create another one for the next stream";
    }

    /** Begins a call; until it has gone well, the parser counts as closed. */
    private void open(Consumer<ParseEvent> newEvents) {
        if (closed != null) {
            throw new IllegalStateException(closed);
        }
        events = requireNonNull(newEvents, "events");
        closed = "this parser has thrown at token " + position + "; create another one";
    }

    private void emit(ParseEvent event) {
        collector.accept(event);
        events.accept(event);
    }

    private State expectStart(int token) {
        if (token == SpecialToken.START.id()) {
            return beginHeader(true);
        }
        Optional<SpecialToken> special = SpecialToken.find(token);
        boolean mayBeginHeader = special.isPresent() ? !isMeaningless(special.get()) : isText(token);
        Code code =
                mayBeginHeader ? Code.MISSING_START : tokenizer.isToken(token) ? Code.STRAY_TOKEN : Code.UNKNOWN_TOKEN;
        violation(code, describe(SpecialToken.START.id()), token);
        if (!mayBeginHeader) {
            return State.EXPECT_START;
        }
        beginHeader(false);
        return header(token);
    }

    /** Tokens that begin nothing: those that end a message, and those of the text's edges. */
    private static boolean isMeaningless(SpecialToken special) {
        return special.isStop() || special == SpecialToken.START_OF_TEXT || special == SpecialToken.END_OF_TEXT;
    }

    private State beginHeader(boolean withStart) {
        headerText.clear();
        hasStart = withStart;
        return State.HEADER;
    }

    private State header(int token) {
        if (isText(token) || token == SpecialToken.CHANNEL.id() || token == SpecialToken.CONSTRAIN.id()) {
            headerText.add(token);
            return State.HEADER;
        }
        if (token == SpecialToken.MESSAGE.id()) {
            return beginContent(headerText.segments());
        }
        if (token == SpecialToken.START.id()) {
            if (Whitespace.isBlank(headerText.toString())) {
                violation(Code.REPEATED_START, "a header", token);
            } else {
                endHeaderEarly(Ending.NEXT_MESSAGE, describe(token));
            }
            given = null;
            return beginHeader(true);
        }
        if (token == SpecialToken.END.id()) {
            return endHeaderEarly(Ending.END, describe(token));
        }
        if (token == SpecialToken.CALL.id()) {
            return endHeaderEarly(Ending.CALL, describe(token));
        }
        if (token == SpecialToken.RETURN.id()) {
            return endHeaderEarly(Ending.RETURN, describe(token));
        }
        violation(tokenizer.isToken(token) ? Code.STRAY_TOKEN : Code.UNKNOWN_TOKEN, "the words of a header", token);
        return State.HEADER;
    }

    private State beginContent(List<HeaderText.Segment> segments) {
        if (!headerText.isUtf8()) {
            policy.violation(
                    Code.MALFORMED_UTF8,
                    position,
                    "a header in UTF-8",
                    '"' + headerText.toString() + '"',
                    headerText.toString());
        }
        Header complete = new HeaderParser(policy, tools, position).parse(segments, given, fallback, afterCall);
        given = null;
        header = complete;
        content.setLength(0);
        emit(new MessageStarted(complete));
        return State.CONTENT;
    }

    /** Ends a header that had no message token: what is surely no header becomes the content. */
    private State endHeaderEarly(Ending ending, String found) {
        UnfinishedHeader unfinished = UnfinishedHeader.of(headerText.segments(), hasStart, given);
        boolean isBetweenMessages = ending == Ending.NEXT_MESSAGE
                && !hasStart
                && given == null
                && !headerText.contains(SpecialToken.CHANNEL);
        boolean isMessage = unfinished.hasMessage() && !isBetweenMessages;
        Code code =
                isMessage ? Code.UNFINISHED_HEADER : isBetweenMessages ? Code.TEXT_BETWEEN_MESSAGES : Code.EMPTY_HEADER;
        String text = isMessage ? unfinished.content() : headerText.toString();
        policy.violation(code, position, describe(SpecialToken.MESSAGE.id()), found, text);
        if (isMessage) {
            beginContent(unfinished.header());
            addContent(unfinished.content());
            endMessage(ending);
        }
        given = null;
        return State.EXPECT_START;
    }

    private State content(int token) {
        if (isText(token)) {
            addText(token);
            return State.CONTENT;
        }
        if (token == SpecialToken.END.id()) {
            return endMessage(Ending.END);
        }
        if (token == SpecialToken.CALL.id()) {
            return endMessage(Ending.CALL);
        }
        if (token == SpecialToken.RETURN.id()) {
            return endMessage(Ending.RETURN);
        }
        if (token == SpecialToken.START.id() || token == SpecialToken.CHANNEL.id()) {
            violation(Code.MISSING_END, "content or an end token", token);
            endMessage(Ending.NEXT_MESSAGE);
            beginHeader(token == SpecialToken.START.id());
            return hasStart ? State.HEADER : header(token);
        }
        return strayInContent(token);
    }

    private State strayInContent(int token) {
        if (!tokenizer.isToken(token)) {
            violation(Code.UNKNOWN_TOKEN, "a token of " + tokenizer.name(), token);
        } else if (token == SpecialToken.MESSAGE.id() || token == SpecialToken.CONSTRAIN.id()) {
            violation(Code.STRAY_TOKEN, "content or an end token", token);
        } else if (!policy.mends(Code.STRAY_TOKEN, position, tokenizer.decode(token))) {
            // parity: openai/harmony keeps <|endoftext|> and reserved tokens as text
            addText(token);
        }
        return State.CONTENT;
    }

    private void addText(int token) {
        int at = utf8.reserve(tokenizer.byteLength(token));
        addContent(utf8.decode(tokenizer.copyBytes(token, utf8.buffer(), at)));
    }

    private void addContent(String text) {
        if (!text.isEmpty()) {
            content.append(text);
            emit(new ContentDelta(text));
        }
    }

    private State endMessage(Ending ending) {
        addContent(utf8.finish());
        Header complete = requireNonNull(header);
        Recipient recipient = complete.recipient();
        afterCall = complete.author().role() == Role.ASSISTANT && recipient != null && recipient.isTool();
        header = null;
        emit(new MessageEnded(complete.message(content.toString()), ending));
        content.setLength(0);
        return State.EXPECT_START;
    }

    private boolean isText(int token) {
        return tokenizer.isToken(token) && !tokenizer.isSpecial(token);
    }

    private void violation(Code code, String expected, int token) {
        String text = tokenizer.isToken(token) ? tokenizer.decode(token) : Integer.toString(token);
        policy.violation(code, position, expected, describe(token), text);
    }

    /** Returns a token for an error message: its text, if it has one, and its id. */
    private String describe(int token) {
        if (!tokenizer.isToken(token)) {
            return "the id " + token + ", which is not in the vocabulary";
        }
        String text = tokenizer.decode(token);
        return tokenizer.isSpecial(token) ? text + " (" + token + ")" : '"' + text + "\" (" + token + ")";
    }
}
