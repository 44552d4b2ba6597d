package io.harmony4j.parser;

import io.harmony4j.Message;
import io.harmony4j.generation.FinishReason;
import java.util.List;
import java.util.Optional;

/** What a parser has read of a stream. Immutable. */
public final class ParseResult {
    private final List<Message> messages;
    private final List<Diagnostic> diagnostics;
    private final Optional<TokenCounts> usage;
    private final FinishReason finishReason;

    ParseResult(
            List<Message> messages,
            List<Diagnostic> diagnostics,
            Optional<TokenCounts> usage,
            FinishReason finishReason) {
        this.messages = messages;
        this.diagnostics = diagnostics;
        this.usage = usage;
        this.finishReason = finishReason;
    }

    /** Returns the messages, in order. */
    public List<Message> messages() {
        return messages;
    }

    /** Returns the repairs, in order; none in STRICT mode. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    /** Returns how many tokens there were, and for what; empty if text was read. */
    public Optional<TokenCounts> usage() {
        return usage;
    }

    /**
     * Returns why the model stopped: the runtime's own word if it was given; otherwise {@link FinishReason#TOOL_CALLS} after a
     * complete call, {@link FinishReason#STOP} after {@code <|return|>}, {@code <|endoftext|>} or the {@code <|end|>} of a message on
     * final or without a channel, and {@link FinishReason#LENGTH} anywhere else.
     */
    public FinishReason finishReason() {
        return finishReason;
    }

    @Override
    public String toString() {
        return messages + ", " + finishReason.wireName() + ", repairs " + diagnostics;
    }
}
