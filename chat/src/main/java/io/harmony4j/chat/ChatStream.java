package io.harmony4j.chat;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Channel;
import io.harmony4j.Content;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.parser.Header;
import io.harmony4j.parser.ParseEvent;
import io.harmony4j.parser.ParseEvent.ContentDelta;
import io.harmony4j.parser.ParseEvent.MessageEnded;
import io.harmony4j.parser.ParseEvent.MessageStarted;
import io.harmony4j.parser.ParseResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns a parser's events into what a chat client gets while the model generates.
 *
 * <pre>{@code
 * ChatStream chat = new ChatStream(delta -> …);
 * StreamParser parser = new StreamParser(tokenizer, options, chat);
 * for (int token : generated) {
 *     parser.accept(token);
 * }
 * parser.finish();
 * chat.view(parser.result());      // the deltas, joined
 * }</pre>
 *
 * <p>For one stream, used by one thread at a time.
 */
public final class ChatStream implements Consumer<ParseEvent> {
    static final String BETWEEN_MESSAGES = "\n";

    private final Consumer<ChatDelta> deltas;
    private final Supplier<String> callIds;
    private final StopStrings stop;
    private final List<ToolCall> toolCalls = new ArrayList<>();
    private final StringBuilder reasoning = new StringBuilder();
    private final StringBuilder content = new StringBuilder();
    private boolean hasReasoning;
    private boolean hasContent;

    /** What the message is that is being read. */
    private Part part = Part.HIDDEN;

    /** The index of the message that is being read, or was read last; -1 before the first. */
    private int message = -1;

    /** The channel of that message. */
    private @Nullable Channel channel;

    /** The call that is being read; its arguments are not there yet. */
    private @Nullable ToolCall call;

    private final StringBuilder arguments = new StringBuilder();

    /** The end of the call's arguments that has not been shown: white space, which waits for what follows it. */
    private final StringBuilder unshown = new StringBuilder();

    /** Whether a stop string came; asked by whoever generates. */
    private volatile boolean isStopped;

    /** Whether the stream ends by a limit or by cancellation, so that what is open then is not whole. */
    private boolean endsEarly;

    /** Whether the last call is not whole. */
    private boolean lastCallIsCut;

    /** Where the content of the message begins that is being read. */
    private int contentStart;

    /** What a message is for a chat client. */
    private enum Part {
        REASONING,
        /** For the user, whatever its channel. */
        CONTENT,
        /** A call of a tool, whatever its channel. */
        TOOL_CALL,
        /** Not the assistant's, and not shown. */
        HIDDEN;

        static Part of(Header header) {
            if (header.author().role() != Role.ASSISTANT) {
                return HIDDEN;
            }
            return header.isToolCall() ? TOOL_CALL : header.isReasoning() ? REASONING : CONTENT;
        }
    }

    /** Makes a stream whose calls have ids that are unique in this process. */
    public ChatStream(Consumer<ChatDelta> deltas) {
        this(deltas, CallIds::next);
    }

    /**
     * Makes a stream.
     *
     * @param deltas is told each piece as it comes
     * @param callIds gives each call its id
     */
    public ChatStream(Consumer<ChatDelta> deltas, Supplier<String> callIds) {
        this(deltas, callIds, List.of());
    }

    /** Makes a stream whose content ends before the first stop string: it takes nothing more after that. */
    ChatStream(Consumer<ChatDelta> deltas, Supplier<String> callIds, List<String> stopStrings) {
        this.deltas = requireNonNull(deltas, "deltas");
        this.callIds = requireNonNull(callIds, "callIds");
        this.stop = new StopStrings(stopStrings);
    }

    @Override
    public void accept(ParseEvent event) {
        requireNonNull(event, "event");
        if (isStopped) {
            return;
        }
        if (event instanceof MessageStarted started) {
            start(started.header());
        } else if (event instanceof ContentDelta delta) {
            add(delta.text());
        } else if (event instanceof MessageEnded ended) {
            end(endsEarly && ended.ending() == ParseEvent.Ending.END_OF_STREAM);
        }
    }

    /** Takes the runtime's word on why the model stopped, before the parser reads the end of the stream. */
    void finish(FinishReason reason) {
        endsEarly = reason == FinishReason.LENGTH || reason == FinishReason.CANCELLED;
    }

    /** Returns the calls that are whole: without the last one if a limit or cancellation cut it off. */
    List<ToolCall> wholeToolCalls() {
        return List.copyOf(lastCallIsCut ? toolCalls.subList(0, toolCalls.size() - 1) : toolCalls);
    }

    /** Takes a complete message. */
    void accept(Message message) {
        start(Header.of(message));
        add(message.text());
        end(false);
    }

    /** Returns whether a stop string came. */
    boolean isStopped() {
        return isStopped;
    }

    /** Returns the messages of a turn as far as the stream has taken them: the last one ends before the stop string. */
    List<Message> taken(List<Message> messages) {
        if (!isStopped) {
            return messages;
        }
        List<Message> taken = new ArrayList<>(messages.subList(0, message + 1));
        Message last = taken.get(message);
        Content text = new Content.Text(content.substring(contentStart));
        taken.set(
                message,
                new Message(last.author(), last.recipient(), List.of(text), last.channel(), last.contentType()));
        return taken;
    }

    /**
     * Returns the view of what has come so far.
     *
     * @param result the same stream as its parser sees it, which knows why the model stopped and counts tokens
     */
    public ChatView view(ParseResult result) {
        requireNonNull(result, "result");
        return new ChatView(
                reasoning.toString(),
                content.toString(),
                toolCalls,
                finishReason(result),
                result.usage().map(Usage::of).orElse(null));
    }

    private FinishReason finishReason(ParseResult result) {
        if (!isStopped) {
            return result.finishReason();
        }
        return toolCalls.isEmpty() ? FinishReason.STOP : FinishReason.TOOL_CALLS;
    }

    private void start(Header header) {
        part = Part.of(header);
        message++;
        channel = header.channel();
        switch (part) {
            case REASONING -> {
                addReasoning(hasReasoning ? BETWEEN_MESSAGES : "");
                hasReasoning = true;
            }
            case CONTENT -> {
                addContent(hasContent ? BETWEEN_MESSAGES : "");
                hasContent = true;
                contentStart = content.length();
                stop.restart();
            }
            case TOOL_CALL -> startCall(requireNonNull(header.recipient()));
            case HIDDEN -> {}
        }
    }

    private void startCall(Recipient tool) {
        call = new ToolCall(callIds.get(), tool, "");
        arguments.setLength(0);
        deltas.accept(new ChatDelta.ToolCallStarted(toolCalls.size(), call.id(), tool));
    }

    private void add(String text) {
        switch (part) {
            case REASONING -> addReasoning(text);
            case CONTENT -> {
                addContent(stop.add(text));
                isStopped = stop.isFound();
            }
            case TOOL_CALL -> addArguments(text);
            case HIDDEN -> {}
        }
    }

    private void addReasoning(String text) {
        if (!text.isEmpty()) {
            reasoning.append(text);
            deltas.accept(new ChatDelta.Reasoning(message, channel, text));
        }
    }

    private void addContent(String text) {
        if (!text.isEmpty()) {
            content.append(text);
            deltas.accept(new ChatDelta.Content(message, channel, text));
        }
    }

    private void addArguments(String text) {
        arguments.append(text);
        unshown.append(text);
        if (!text.isBlank()) {
            showArguments();
        }
    }

    private void showArguments() {
        if (!unshown.isEmpty()) {
            deltas.accept(new ChatDelta.ToolCallArguments(toolCalls.size(), unshown.toString()));
            unshown.setLength(0);
        }
    }

    private void end(boolean isCut) {
        if (part == Part.CONTENT) {
            addContent(stop.release());
        }
        if (call != null) {
            showArguments();
            ToolCall ended = new ToolCall(call.id(), call.recipient(), arguments.toString());
            call = null;
            toolCalls.add(ended);
            lastCallIsCut = isCut;
            deltas.accept(new ChatDelta.ToolCallEnded(toolCalls.size() - 1, ended, isCut));
        }
        part = Part.HIDDEN;
    }
}
