package io.harmony4j.parse;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.parse.ChatView.FinishReason;
import io.harmony4j.parse.ParseEvent.ContentDelta;
import io.harmony4j.parse.ParseEvent.Ending;
import io.harmony4j.parse.ParseEvent.MessageEnded;
import io.harmony4j.parse.ParseEvent.MessageStarted;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Turns a parser's events into what a client of a chat API gets while the model generates.
 *
 * <pre>{@code
 * ChatStream chat = new ChatStream(delta -> …);
 * for (int token : generated) {
 *     parser.accept(token, chat);
 * }
 * parser.finish(chat);
 * chat.view();        // the deltas, joined
 * }</pre>
 *
 * <p>One for one stream, used by one thread at a time.
 */
public final class ChatStream implements Consumer<ParseEvent> {
    private static final String BETWEEN_MESSAGES = "\n";

    private final Consumer<ChatDelta> deltas;
    private final List<ChatView.ToolCall> toolCalls = new ArrayList<>();
    private final StringBuilder reasoning = new StringBuilder();
    private final StringBuilder content = new StringBuilder();
    private boolean hasReasoning;
    private boolean hasContent;

    /** What the message is that is being read. */
    private ChatPart part = ChatPart.HIDDEN;

    private String toolName = "";
    private final StringBuilder arguments = new StringBuilder();
    private boolean isCutOff;

    /** Creates a stream whose deltas go to the given consumer. */
    public ChatStream(Consumer<ChatDelta> deltas) {
        this.deltas = requireNonNull(deltas, "deltas");
    }

    @Override
    public void accept(ParseEvent event) {
        if (event instanceof MessageStarted started) {
            start(started.header());
        } else if (event instanceof ContentDelta delta) {
            add(delta.text());
        } else if (event instanceof MessageEnded ended) {
            isCutOff = ended.ending() == Ending.END_OF_STREAM;
            end();
        }
    }

    /** Takes a complete message. */
    void accept(Message message, boolean cutOff) {
        isCutOff = cutOff;
        start(new Header(message.author(), message.recipient(), message.channel(), message.contentType()));
        add(message.text());
        end();
    }

    /** Returns the view of what has come so far. */
    public ChatView view() {
        FinishReason reason =
                isCutOff ? FinishReason.LENGTH : toolCalls.isEmpty() ? FinishReason.STOP : FinishReason.TOOL_CALLS;
        return new ChatView(reasoning.toString(), content.toString(), toolCalls, reason, null);
    }

    private void start(Header header) {
        part = ChatPart.of(header.author(), header.recipient(), header.channel());
        switch (part) {
            case REASONING -> {
                add(hasReasoning ? BETWEEN_MESSAGES : "");
                hasReasoning = true;
            }
            case CONTENT -> {
                add(hasContent ? BETWEEN_MESSAGES : "");
                hasContent = true;
            }
            case TOOL_CALL -> {
                Recipient tool = requireNonNull(header.recipient());
                toolName = tool.toolName();
                arguments.setLength(0);
                deltas.accept(new ChatDelta.ToolCallStarted(toolCalls.size(), id(), toolName));
            }
            case HIDDEN -> {}
        }
    }

    private void add(String text) {
        if (text.isEmpty()) {
            return;
        }
        switch (part) {
            case REASONING -> {
                reasoning.append(text);
                deltas.accept(new ChatDelta.Reasoning(text));
            }
            case CONTENT -> {
                content.append(text);
                deltas.accept(new ChatDelta.Content(text));
            }
            case TOOL_CALL -> {
                arguments.append(text);
                deltas.accept(new ChatDelta.ToolCallArguments(toolCalls.size(), text));
            }
            case HIDDEN -> {}
        }
    }

    private void end() {
        if (part == ChatPart.TOOL_CALL) {
            toolCalls.add(new ChatView.ToolCall(id(), toolName, arguments.toString()));
        }
        part = ChatPart.HIDDEN;
    }

    private String id() {
        return "call_" + toolCalls.size();
    }
}
