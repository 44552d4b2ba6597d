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
     * Returns why the model stopped: the runtime's own word if it was given, otherwise {@link FinishReason#LENGTH} if the last
     * message had no end token, {@link FinishReason#TOOL_CALLS} if there are calls, or else {@link FinishReason#STOP}.
     */
    public FinishReason finishReason() {
        return finishReason;
    }

    @Override
    public String toString() {
        return messages + ", " + finishReason.wireName() + ", repairs " + diagnostics;
    }
}
