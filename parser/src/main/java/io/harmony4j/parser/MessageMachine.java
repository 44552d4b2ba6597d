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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The machine that reads messages from symbols: pieces of text, special tokens, and what is neither. {@link StreamParser} shows its
 * states: each is a method for text and one for special tokens, which returns the next state. What is not as it should be goes
 * to the {@link ErrorPolicy}; the state then goes on with the repair. Belongs to one stream.
 */
final class MessageMachine {
    /** How much white space may come before the content of a call whose recipient is doubtful. */
    private static final int MAX_DOUBTFUL = 1000;

    private final ParseOptions options;
    private final SymbolSource source;
    private final Consumer<ParseEvent> events;
    private ErrorPolicy policy;
    private final ToolNames tools;
    private final HeaderText headerText = new HeaderText();
    private final StringBuilder content = new StringBuilder();
    private final InterruptedCall interrupted = new InterruptedCall();
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

    /** Whether the header's recipient is one only if the content begins as JSON. */
    private boolean isDoubtful;

    /** White space that is held back until that is known. */
    private final StringBuilder held = new StringBuilder();

    /** Whether text of this message has been left out, because it is too long. */
    private boolean isTooLong;

    /** Whether the message before was a tool call. */
    private boolean afterCall;

    /** The index of the symbol being read. */
    private int position;

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

    int position() {
        return position;
    }

    /** Goes on to the next symbol. */
    void advance(int symbols) {
        position += symbols;
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
                beginHeader(false);
                yield headerText(text);
            }
            case HEADER -> headerText(text);
            case CONTENT -> contentText(text);
        };
    }

    /** Reads a special token with a meaning. */
    void special(SpecialToken token) {
        turnEnd.symbol(false);
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

    /** Says that the text read last had bytes in it that are not UTF-8. */
    void malformed() {
        isMalformed = true;
    }

    /** Reads the end of the stream. */
    void finish() {
        boolean endsWithText = turnEnd.endsWithText();
        state = switch (state) {
            case EXPECT_START -> ParserState.EXPECT_START;
            case HEADER -> endHeaderEarly(Ending.END_OF_STREAM);
            case CONTENT -> endMessage(Ending.END_OF_STREAM);
        };
        if (endsWithText) {
            turnEnd.textHasEnded();
        }
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
        if (headerText.length() <= options.limits().headerLength()) {
            return ParserState.HEADER;
        }
        UnfinishedHeader unfinished = unfinishedHeader();
        String expected = "a header of at most " + options.limits().headerLength() + " characters";
        if (!unfinished.hasMessage()) {
            violation(Code.EMPTY_HEADER, expected, headerText.toString());
            return ParserState.EXPECT_START;
        }
        violation(Code.HEADER_TOO_LONG, expected, "");
        beginContent(unfinished.header());
        return contentText(unfinished.content());
    }

    private ParserState header(SpecialToken token) {
        headerText.add(source.flush(this));
        return switch (token) {
            case CHANNEL, CONSTRAIN -> {
                if (token == SpecialToken.CHANNEL) {
                    takeTextBeforeHeader();
                }
                headerText.add(token);
                yield headerText("");
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

    /** Makes a message of text that stands before a header: what is no word of the header. */
    private void takeTextBeforeHeader() {
        if (options.isStrict() || headerText.hasMarker()) {
            return;
        }
        String text = headerText.toString();
        int begin = UnfinishedHeader.roleEnd(text, hasStart, given, tools);
        int end = beginOfHeaderWords(text, begin);
        String before = text.substring(begin, end);
        boolean isUnknownRole =
                hasStart && begin == 0 && Whitespace.split(before).size() == 1;
        boolean isOthers = begin > 0 && !text.substring(0, begin).strip().equals(Role.ASSISTANT.wireName());
        if (Whitespace.isBlank(before) || isUnknownRole || isOthers) {
            return;
        }
        violation(Code.TEXT_BEFORE_HEADER, "the words of a header", before);
        Role role = given;
        beginContent(List.of(new Segment(null, text.substring(0, begin))));
        Role author = requireNonNull(header).author().role();
        contentText(before);
        endMessage(Ending.NEXT_MESSAGE);
        beginHeader(true);
        given = role == null ? author : role;
        headerText.add(text.substring(end));
    }

    /** Returns where the words of a header begin that a text ends with. */
    private int beginOfHeaderWords(String text, int from) {
        int begin = text.length();
        for (String word : reversed(Whitespace.split(text.substring(from)))) {
            if (!FormatWords.isHeaderWord(word) && !tools.isTool(word)) {
                break;
            }
            begin = text.lastIndexOf(word, begin - 1);
        }
        return Math.max(from, begin == text.length() ? begin : Whitespace.skipBack(text, begin));
    }

    private static List<String> reversed(List<String> words) {
        List<String> reversed = new ArrayList<>(words);
        Collections.reverse(reversed);
        return reversed;
    }

    private ParserState beginContent(List<Segment> segments) {
        if (isMalformed) {
            String text = headerText.toString();
            policy.violation(Code.MALFORMED_UTF8, position, "a header in UTF-8", '"' + text + '"', text);
        }
        Role fallback = options.role() == null ? Role.ASSISTANT : options.role();
        HeaderParser parser = new HeaderParser(new HeaderRepair(policy, tools, position));
        Header complete = parser.parse(segments, given, fallback, afterCall);
        isDoubtful = parser.isDoubtful() && complete.isToolCall();
        if (parser.isDoubtful() && !isDoubtful) { // only the assistant calls
            Recipient word = requireNonNull(complete.recipient());
            policy.repairs(Code.UNEXPECTED_WORDS, position, word.name());
            complete = complete.withoutRecipient();
        }
        given = null;
        header = complete;
        turnEnd.messageBegins();
        isStarted = false;
        isTooLong = false;
        content.setLength(0);
        if (complete.isToolCall() && !isDoubtful) {
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
        headerText.add(source.flush(this));
        boolean hasNothing = headerText.length() == 0 && !hasStart && ending == Ending.END_OF_STREAM;
        if (hasNothing && !options.isStrict()) {
            return ParserState.EXPECT_START;
        }
        UnfinishedHeader unfinished = unfinishedHeader();
        boolean isAfterMessage = given == null && !headerText.hasMarker();
        boolean isBetweenMessages = isAfterMessage && ending == Ending.NEXT_MESSAGE && !hasStart;
        boolean isMessage =
                unfinished.hasMessage() && !(isAfterMessage && FormatWords.areHeaderWords(headerText.toString()));
        Code code = !isMessage
                ? Code.EMPTY_HEADER
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
        addContent(interrupted.isFollowed() ? interrupted.hold(text) : text);
        return ParserState.CONTENT;
    }

    private ParserState content(SpecialToken token) {
        return switch (token) {
            case END -> endMessage(Ending.END);
            case CALL -> endMessage(Ending.CALL);
            case RETURN -> endMessage(Ending.RETURN);
            case START, CHANNEL -> {
                violation(Code.MISSING_END, "content or an end token", "");
                contentText(source.flush(this));
                if (isDoubtful) {
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
        String text = isDoubtful ? settled(more) : more;
        String shown = text;
        int room = options.limits().messageLength() - content.length();
        if (text.length() > room) {
            shown = text.substring(0, room);
            reportTooLong();
        }
        if (!shown.isEmpty()) {
            if (!isStarted) {
                start(requireNonNull(header));
            }
            content.append(shown);
            events.accept(new ContentDelta(shown));
        }
    }

    /** Holds text back until it shows whether the recipient is one; returns what can be shown then. */
    private String settled(String more) {
        held.append(more);
        int begin = Whitespace.skip(held, 0);
        if (begin == held.length() && begin < MAX_DOUBTFUL) {
            return "";
        }
        return settled(begin < held.length() && "{[".indexOf(held.charAt(begin)) >= 0);
    }

    /** Decides whether the message is a call; returns the text that was held back. */
    private String settled(boolean isCall) {
        Header doubtful = requireNonNull(header);
        String word = requireNonNull(doubtful.recipient()).name();
        isDoubtful = false;
        policy.repairs(isCall ? Code.BARE_RECIPIENT : Code.UNEXPECTED_WORDS, position, word);
        if (!isCall) {
            header = doubtful.withoutRecipient();
            start(doubtful.withoutRecipient());
        }
        String text = held.toString();
        held.setLength(0);
        return text;
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
        contentText(source.flush(this));
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
        if (isDoubtful) {
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
        content.setLength(0);
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
                .put("isDoubtful", isDoubtful)
                .put("held", held.toString())
                .put("afterCall", afterCall)
                .put("turnEnd", turnEnd.save())
                .put("content", Snapshot.text(content))
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
        position = from.get("position").intValue();
        given = givenRole.isNull() ? null : Role.of(givenRole.text());
        hasStart = from.get("hasStart").booleanValue();
        isMalformed = from.get("isMalformed").booleanValue();
        isStarted = from.get("isStarted").booleanValue();
        isTooLong = from.get("isTooLong").booleanValue();
        isDoubtful = from.get("isDoubtful").booleanValue();
        held.append(from.get("held").text());
        afterCall = from.get("afterCall").booleanValue();
        turnEnd.restore(from.get("turnEnd"));
        content.append(Snapshot.text(from.get("content")));
        if (!options.isStrict()) {
            policy = new ErrorPolicy.Recover(from.get("diagnosticsLeft").intValue(), events);
        }
        headerText.restore(from.get("headerText"));
        interrupted.restore(from.get("interrupted"));
        header = contentHeader.isNull() ? null : Header.restore(contentHeader);
        if (state == ParserState.CONTENT && header == null) {
            throw from.unexpected("the header of the message that is being read");
        }
    }
}
