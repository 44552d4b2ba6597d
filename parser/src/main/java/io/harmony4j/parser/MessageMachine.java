package io.harmony4j.parser;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.parser.Diagnostic.Code;
import io.harmony4j.parser.HeaderText.Segment;
import io.harmony4j.parser.ParseEvent.ContentDelta;
import io.harmony4j.parser.ParseEvent.Ending;
import io.harmony4j.parser.ParseEvent.MessageEnded;
import io.harmony4j.parser.ParseEvent.MessageStarted;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The machine that reads messages from symbols: pieces of text, special tokens, and what is neither. {@link StreamParser} shows its
 * states: each is a method for text and one for special tokens, which returns the next state. What is not as it should be goes
 * to the {@link ErrorPolicy}; the state then goes on with the repair. Belongs to one stream.
 */
final class MessageMachine {
    private final ParseOptions options;
    private final SymbolSource source;
    private final Consumer<ParseEvent> events;
    private ErrorPolicy policy;
    private final ToolNames tools;
    private final HeaderText headerText = new HeaderText();
    private final ContentText content = new ContentText();
    private final InterruptedCall interrupted = new InterruptedCall();
    private final DoubtfulRecipient doubtful = new DoubtfulRecipient();
    private final TurnEnd turnEnd;

    private ParserState state;

    /** The role in whose header the stream begins; null once a header is complete. */
    private @Nullable Role given;

    /** Whether the header being read began with {@code <|start|>} in this stream. */
    private boolean hasStart;

    /** Whether the header being read had bytes in it that are not UTF-8. */
    private boolean isMalformed;

    /** The header of the message whose content is being read. */
    private @Nullable Header header;

    /** Whether the consumer knows of the message whose content is being read. */
    private boolean isStarted;

    /** Whether text of this message has been left out, because it is too long. */
    private boolean isTooLong;

    /** Whether the message before was a tool call. */
    private boolean afterCall;

    /** The index of the symbol being read. */
    private long position;

    MessageMachine(ParseOptions options, SymbolSource source, Consumer<ParseEvent> events) {
        this.options = options;
        this.source = source;
        this.events = events;
        this.policy = options.isStrict()
                ? new ErrorPolicy.Strict(source.unit())
                : new ErrorPolicy.Recover(options.limits().diagnostics(), events);
        this.tools = new ToolNames(options.tools());
        this.turnEnd = new TurnEnd(
                options.role() != null && !options.isStrict(), options.limits().messageLength());
        this.given = options.role();
        this.state = given == null ? ParserState.EXPECT_START : ParserState.HEADER;
    }

    ParserState state() {
        return state;
    }

    ToolNames tools() {
        return tools;
    }

    long position() {
        return position;
    }

    /** Counts positions from here. */
    void beginStream() {
        position = 0;
    }

    /** Goes on to the next symbol. */
    void advance(int symbols) {
        position += symbols;
    }

    /** Returns whether nothing more belongs to the completion. */
    boolean isOver() {
        return turnEnd.isOver();
    }

    /** Returns whether the next text is the first of a header, or of a message that has none. */
    boolean isAtHeaderBegin() {
        return state == ParserState.EXPECT_START || (state == ParserState.HEADER && headerText.length() == 0);
    }

    /** Returns how much more text the header can have, in UTF-16 code units. */
    int headerRoom() {
        return options.limits().headerLength() - headerText.length();
    }

    /** Returns whether the header being read began with {@code <|start|>}, so that any word may be the role. */
    boolean hasStart() {
        return state == ParserState.HEADER && hasStart;
    }

    /** Returns whether a word names the role, or may do so when it goes on, where any role can stand. */
    boolean mayNameRole(String word, boolean mayGoOn) {
        return given == null
                && Arrays.stream(Role.values())
                        .map(Role::wireName)
                        .anyMatch(role -> mayGoOn ? role.startsWith(word) : role.equals(word));
    }

    /** Returns where the role ends that a text begins with, which is the first of a header; 0 if it does not. */
    int roleEnd(String text) {
        return UnfinishedHeader.roleEnd(text, hasStart(), given, tools);
    }

    /** Returns whether the message whose content is being read is the assistant's. */
    boolean isAssistants() {
        return header != null && header.author().role() == Role.ASSISTANT;
    }

    /** Returns the last character of the content so far; 0 if there is none. */
    char lastOfContent() {
        return content.last();
    }

    /** Returns the author of the message whose content is being read, as a header names it. */
    String author() {
        return requireNonNull(header).authorText();
    }

    /** Returns whether the message whose content is being read is chain of thought. */
    boolean isReasoning() {
        return header != null && header.isReasoning();
    }

    /** Returns why the model stopped, as far as the stream tells. */
    FinishReason finishReason() {
        return turnEnd.reason();
    }

    /** Reads text. It may be empty: the bytes of a token may be the beginning of a character that is not complete yet. */
    void text(String text) {
        turnEnd.symbol(false);
        if (turnEnd.isOver()) {
            turnEnd.addRest(text, position);
            return;
        }
        state = switch (state) {
            case EXPECT_START -> {
                violation(Code.MISSING_START, source.name(SpecialToken.START), text);
                state = beginHeader(false);
                yield headerText(text);
            }
            case HEADER -> headerText(text);
            case CONTENT -> contentText(text);
        };
    }

    /** Reads the text of a plain token: the same, and faster in a content that has begun. */
    void plainText(String text, int token) {
        boolean isContent = state == ParserState.CONTENT
                && isStarted
                && !turnEnd.isOver()
                && !interrupted.isFollowed()
                && !doubtful.isOpen()
                && !isTooLong
                && PlainTokens.isShort(token)
                && PlainTokens.length(token) <= options.limits().messageLength() - content.length();
        if (isContent) {
            turnEnd.symbol(false);
            content.add(token);
            events.accept(new ContentDelta(text));
        } else {
            text(text);
        }
    }

    /** Reads a special token with a meaning. */
    void special(SpecialToken token) {
        turnEnd.symbol(token == SpecialToken.RETURN);
        if (turnEnd.isOver()) {
            violation(Code.STRAY_TOKEN, "nothing after " + source.name(SpecialToken.RETURN), token.literal());
            return;
        }
        state = switch (state) {
            case EXPECT_START -> expectStart(token);
            case HEADER -> header(token);
            case CONTENT -> content(token);
        };
    }

    /** Reads a token that has no meaning anywhere: a reserved one, or an id that is not in the vocabulary. */
    void meaningless(Code code, String text) {
        String expected = switch (state) {
            case EXPECT_START -> source.name(SpecialToken.START);
            case HEADER -> "the words of a header";
            case CONTENT -> "content or an end token";
        };
        violation(code, expected, text);
    }

    /** Reads the token that ends a text, which has no other meaning. */
    void endOfText() {
        meaningless(Code.STRAY_TOKEN, SpecialToken.END_OF_TEXT.literal());
        turnEnd.symbol(true);
    }

    /** Begins a message without a header, apart from the role, if it has been read. */
    void beginText() {
        boolean isBetween = state == ParserState.EXPECT_START;
        violation(
                isBetween ? Code.TEXT_BETWEEN_MESSAGES : Code.UNFINISHED_HEADER, source.name(SpecialToken.MESSAGE), "");
        if (isBetween) {
            beginHeader(false);
        }
        state = beginContent(headerText.segments());
    }

    /** Reports a repair that was made before this machine reads the stream. */
    void report(Code code, String text) {
        policy.repairs(code, position, text);
    }

    /** Says that the text read last had bytes in it that are not UTF-8. */
    void malformed() {
        isMalformed = true;
    }

    /** Reads the end of the stream. */
    void finish() {
        state = switch (state) {
            case EXPECT_START -> ParserState.EXPECT_START;
            case HEADER -> endHeaderEarly(Ending.END_OF_STREAM);
            case CONTENT -> endMessage(Ending.END_OF_STREAM);
        };
        turnEnd.streamEnds();
        if (!turnEnd.rest().isEmpty()) {
            policy.repairs(Code.AFTER_RETURN, turnEnd.restPosition(), turnEnd.rest());
        }
        interrupted.giveUp().ifPresent(this::reportEmptyCall);
    }

    private ParserState expectStart(SpecialToken token) {
        return switch (token) {
            case START -> beginHeader(true);
            case CHANNEL, CONSTRAIN, MESSAGE -> {
                violation(Code.MISSING_START, source.name(SpecialToken.START), token.literal());
                beginHeader(false);
                yield header(token);
            }
            case END, CALL, RETURN, START_OF_TEXT, END_OF_TEXT -> {
                violation(Code.STRAY_TOKEN, source.name(SpecialToken.START), token.literal());
                yield ParserState.EXPECT_START;
            }
        };
    }

    private ParserState beginHeader(boolean withStart) {
        headerText.clear();
        if (withStart) {
            turnEnd.messageBegins();
        }
        hasStart = withStart;
        isMalformed = false;
        return ParserState.HEADER;
    }

    private ParserState headerText(String text) {
        headerText.add(text);
        if (headerRoom() < 0) {
            endLongHeader();
        }
        return state;
    }

    /** Ends a header that is longer than it may be: what is surely no header becomes the content. */
    void endLongHeader() {
        UnfinishedHeader unfinished = unfinishedHeader();
        String expected = "a header of at most " + options.limits().headerLength() + " characters";
        if (unfinished.hasMessage()) {
            violation(Code.HEADER_TOO_LONG, expected, "");
            state = beginContent(unfinished.header());
            contentText(unfinished.content());
        } else {
            violation(Code.EMPTY_HEADER, expected, headerText.toString());
            state = ParserState.EXPECT_START;
        }
    }

    private ParserState header(SpecialToken token) {
        return switch (token) {
            case CHANNEL, CONSTRAIN -> {
                if (token.literal().length() > headerRoom() && headerText.length() > 0) {
                    endLongHeader();
                    yield state == ParserState.CONTENT ? content(token) : expectStart(token);
                }
                headerText.add(token);
                yield ParserState.HEADER;
            }
            case MESSAGE -> beginContent(headerText.segments());
            case START -> {
                if (headerText.isBlank()) {
                    violation(Code.REPEATED_START, "a header", headerText.toString());
                } else {
                    endHeaderEarly(Ending.NEXT_MESSAGE);
                }
                given = null;
                yield beginHeader(true);
            }
            case END -> endHeaderEarly(Ending.END);
            case CALL -> endHeaderEarly(Ending.CALL);
            case RETURN -> endHeaderEarly(Ending.RETURN);
            case START_OF_TEXT, END_OF_TEXT -> {
                meaningless(Code.STRAY_TOKEN, token.literal());
                yield ParserState.HEADER;
            }
        };
    }

    private ParserState beginContent(List<Segment> segments) {
        if (isMalformed) {
            String text = headerText.toString();
            policy.violation(Code.MALFORMED_UTF8, position, "a header in UTF-8", '"' + text + '"', text);
        }
        Role fallback = options.role() == null ? Role.ASSISTANT : options.role();
        HeaderParser parser = new HeaderParser(new HeaderRepair(policy, tools, position));
        Header complete = parser.parse(segments, given, fallback, afterCall);
        doubtful.begin(parser.isDoubtful() && complete.isToolCall());
        if (parser.isDoubtful() && !doubtful.isOpen()) { // only the assistant calls
            Recipient word = requireNonNull(complete.recipient());
            policy.repairs(Code.UNEXPECTED_WORDS, position, word.name());
            complete = complete.withoutRecipient();
        }
        given = null;
        header = complete;
        turnEnd.messageBegins();
        isStarted = false;
        isTooLong = false;
        content.clear();
        if (!complete.isReasoning()) { // only thoughts may end in the arguments of a call
            interrupted.giveUp().ifPresent(this::reportEmptyCall);
        }
        // a call that another message interrupts before its arguments is not told until they come
        if (options.isStrict() || !complete.isToolCall()) {
            start(complete);
        }
        return ParserState.CONTENT;
    }

    private void start(Header complete) {
        isStarted = true;
        events.accept(new MessageStarted(complete));
    }

    private UnfinishedHeader unfinishedHeader() {
        return UnfinishedHeader.of(headerText.segments(), hasStart, given, tools);
    }

    /** Ends a header that had no message token: what is surely no header becomes the content. */
    private ParserState endHeaderEarly(Ending ending) {
        boolean hasNothing = headerText.length() == 0 && !hasStart && ending == Ending.END_OF_STREAM;
        if (hasNothing && !options.isStrict()) {
            return ParserState.EXPECT_START;
        }
        UnfinishedHeader unfinished = unfinishedHeader();
        boolean isAfterMessage = given == null || options.isStripped();
        boolean isBetweenMessages = isAfterMessage && ending == Ending.NEXT_MESSAGE && !hasStart;
        boolean isMessage =
                unfinished.hasMessage() && !(isAfterMessage && UnfinishedHeader.areWords(headerText.segments(), tools));
        Code code = !isMessage
                ? (headerText.hasWords() ? Code.EMPTY_HEADER : Code.STRAY_TOKEN)
                : isBetweenMessages ? Code.TEXT_BETWEEN_MESSAGES : Code.UNFINISHED_HEADER;
        violation(code, source.name(SpecialToken.MESSAGE), isMessage ? unfinished.content() : headerText.toString());
        if (isMessage) {
            beginContent(unfinished.header());
            contentText(unfinished.content());
            endMessage(ending);
        }
        given = null;
        return ParserState.EXPECT_START;
    }

    private ParserState contentText(String text) {
        if (!interrupted.isFollowed()) {
            addContent(text);
        } else {
            addContent(interrupted.hold(text));
            if (interrupted.length() > options.limits().messageLength() - content.length()) {
                InterruptedCall.Resumed unfinished = interrupted.stop();
                addContent(unfinished.text());
                reportEmptyCall(unfinished.call());
            }
        }
        return ParserState.CONTENT;
    }

    private ParserState content(SpecialToken token) {
        return switch (token) {
            case END -> endMessage(Ending.END);
            case CALL -> endMessage(Ending.CALL);
            case RETURN -> endMessage(Ending.RETURN);
            case START, CHANNEL -> {
                violation(Code.MISSING_END, "content or an end token", "");
                if (doubtful.isOpen()) {
                    addContent(settled(false));
                }
                if (isStarted || token == SpecialToken.START) {
                    endMessage(Ending.NEXT_MESSAGE);
                } else {
                    interrupted.suspend(requireNonNull(header));
                    header = null;
                }
                beginHeader(token == SpecialToken.START);
                yield token == SpecialToken.START ? ParserState.HEADER : header(token);
            }
            case MESSAGE, CONSTRAIN, START_OF_TEXT, END_OF_TEXT -> {
                meaningless(Code.STRAY_TOKEN, token.literal());
                yield ParserState.CONTENT;
            }
        };
    }

    private void addContent(String more) {
        String text = doubtful.isOpen() ? settled(more) : more;
        String shown = text;
        int room = isTooLong ? 0 : options.limits().messageLength() - content.length();
        if (text.length() > room) {
            shown = text.substring(0, Surrogates.cut(text, 0, room));
            reportTooLong();
        }
        if (!shown.isEmpty()) {
            if (!isStarted) {
                start(requireNonNull(header));
            }
            content.add(shown);
            events.accept(new ContentDelta(shown));
        }
    }

    /** Holds text back until it shows whether the recipient is one; returns what can be shown then. */
    private String settled(String more) {
        return doubtful.isShownBy(more) ? settled(doubtful.isJson()) : "";
    }

    /** Decides whether the message is a call; returns the text that was held back. */
    private String settled(boolean isCall) {
        Header complete = requireNonNull(header);
        String word = requireNonNull(complete.recipient()).name();
        policy.repairs(isCall ? Code.BARE_RECIPIENT : Code.UNEXPECTED_WORDS, position, word);
        if (!isCall) {
            header = complete.withoutRecipient();
            start(complete.withoutRecipient());
        }
        return doubtful.release();
    }

    /** Reports once for a message that it is too long. */
    private void reportTooLong() {
        if (!isTooLong) {
            isTooLong = true;
            int limit = options.limits().messageLength();
            policy.violation(
                    Code.MESSAGE_TOO_LONG, position, "a message of at most " + limit + " characters", "more", "");
        }
    }

    private ParserState endMessage(Ending ending) {
        if (!interrupted.isFollowed()) {
            endContent(ending);
            return ParserState.EXPECT_START;
        }
        InterruptedCall.Resumed resumed = interrupted.resume();
        addContent(resumed.text());
        endContent(resumed.hasArguments() ? Ending.NEXT_MESSAGE : ending);
        if (resumed.hasArguments()) {
            policy.repairs(Code.INTERRUPTED_CALL, position, resumed.arguments());
            header = resumed.call();
            isStarted = false;
            addContent(resumed.arguments());
            endContent(ending);
        } else {
            reportEmptyCall(resumed.call());
        }
        return ParserState.EXPECT_START;
    }

    private void endContent(Ending ending) {
        if (doubtful.isOpen()) {
            addContent(settled(false));
        }
        Header complete = requireNonNull(header);
        if (!isStarted) {
            start(complete);
        }
        afterCall = complete.isToolCall();
        turnEnd.messageEnded(complete, ending);
        header = null;
        String text = content.toString();
        content.clear();
        events.accept(new MessageEnded(complete.message(text), ending));
    }

    private void reportEmptyCall(Header call) {
        policy.repairs(Code.EMPTY_CALL, position, call.text());
    }

    private void violation(Code code, String expected, String text) {
        policy.violation(code, position, expected, source.describe(), text);
    }

    JsonObject save() {
        JsonObject.Builder fields = JsonObject.builder()
                .put("state", state.name())
                .put("position", position)
                .put("given", given == null ? null : given.wireName())
                .put("hasStart", hasStart)
                .put("isMalformed", isMalformed)
                .put("isStarted", isStarted)
                .put("isTooLong", isTooLong)
                .put("doubtful", doubtful.save())
                .put("afterCall", afterCall)
                .put("turnEnd", turnEnd.save())
                .put("content", Snapshot.text(content.toString()))
                .put("diagnosticsLeft", policy.remaining())
                .put("headerText", headerText.save())
                .put("interrupted", interrupted.save());
        return (header == null ? fields : fields.put("header", header.save())).build();
    }

    /**
     * Goes on where another machine was when it was saved.
     *
     * @throws IllegalArgumentException if a field is missing or wrong
     */
    void restore(JsonValue from) {
        JsonValue givenRole = from.get("given");
        JsonValue contentHeader = from.get("header");
        state = ParserState.valueOf(from.get("state").text());
        position = from.get("position").longValue();
        given = givenRole.isNull() ? null : Role.of(givenRole.text());
        hasStart = from.get("hasStart").booleanValue();
        isMalformed = from.get("isMalformed").booleanValue();
        isStarted = from.get("isStarted").booleanValue();
        isTooLong = from.get("isTooLong").booleanValue();
        doubtful.restore(from.get("doubtful"));
        afterCall = from.get("afterCall").booleanValue();
        turnEnd.restore(from.get("turnEnd"));
        content.add(Snapshot.text(from.get("content")));
        if (!options.isStrict()) {
            policy = new ErrorPolicy.Recover(from.get("diagnosticsLeft").intValue(), events);
        }
        headerText.restore(from.get("headerText"));
        interrupted.restore(from.get("interrupted"));
        header = contentHeader.isNull() ? null : Header.restore(contentHeader);
        boolean isRead = header != null && (header.recipient() != null || !doubtful.isOpen());
        if (state == ParserState.CONTENT && !isRead) {
            throw from.unexpected("the header of the message that is being read");
        }
    }
}
