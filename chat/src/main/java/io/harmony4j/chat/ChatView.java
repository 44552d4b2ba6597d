package io.harmony4j.chat;

import static java.util.Objects.requireNonNull;

import io.harmony4j.generation.FinishReason;
import io.harmony4j.parser.ParseResult;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A turn as a chat client sees it. Messages of other roles than the assistant's are left out. Immutable.
 *
 * <pre>{@code
 * ChatView view = ChatView.of(HarmonyParser.parse(generated, ParseOptions.after(conversation)));
 * view.content();      // what to show to the user
 * }</pre>
 */
public final class ChatView {
    private final String reasoning;
    private final String content;
    private final List<ToolCall> toolCalls;
    private final FinishReason finishReason;
    private final @Nullable Usage usage;

    ChatView(
            String reasoning,
            String content,
            List<ToolCall> toolCalls,
            FinishReason finishReason,
            @Nullable Usage usage) {
        this.reasoning = reasoning;
        this.content = content;
        this.toolCalls = List.copyOf(toolCalls);
        this.finishReason = finishReason;
        this.usage = usage;
    }

    /** Returns the view of what a parser has read. */
    public static ChatView of(ParseResult result) {
        requireNonNull(result, "result");
        ChatStream stream = new ChatStream(delta -> {});
        result.messages().forEach(stream::accept);
        return stream.view(result);
    }

    /** Returns a copy with the given usage. */
    public ChatView withUsage(Usage newUsage) {
        return new ChatView(reasoning, content, toolCalls, finishReason, requireNonNull(newUsage, "usage"));
    }

    /**
     * Returns the texts of analysis messages that call no tool, and of messages to the assistant itself, joined by line feeds.
     */
    public String reasoning() {
        return reasoning;
    }

    /** Returns the texts of all other messages that call no tool, whatever their channel, joined by line feeds. */
    public String content() {
        return content;
    }

    /** Returns the calls, in order. */
    public List<ToolCall> toolCalls() {
        return toolCalls;
    }

    /** Returns why the model stopped. */
    public FinishReason finishReason() {
        return finishReason;
    }

    /** Returns how many tokens the turn took; empty if that is not known, as for text. */
    public Optional<Usage> usage() {
        return Optional.ofNullable(usage);
    }

    @Override
    public String toString() {
        return "reasoning \"" + reasoning + "\", content \"" + content + "\", calls " + toolCalls + ", "
                + finishReason.wireName();
    }
}
