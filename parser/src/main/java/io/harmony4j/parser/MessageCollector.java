package io.harmony4j.parser;

import io.harmony4j.Message;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** Gathers the complete messages and the diagnostics from a parser's events. One collector for one stream. */
final class MessageCollector implements Consumer<ParseEvent> {
    private final int maxMessages;

    /** How many messages a parser had before this stream was resumed, and whether there were more. */
    private int before;

    private boolean isFullReported;

    /** Whether the last message is a call; a runtime that stops at its end token may keep that to itself. */
    private boolean endsInCall;

    private final List<Message> messages = new ArrayList<>();
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    /** Creates an empty collector, which keeps no more than the first messages. */
    MessageCollector(int maxMessages) {
        this.maxMessages = maxMessages;
    }

    /** Returns whether a message that ends now is the first one that is not kept. */
    boolean isFullNow() {
        boolean isNow = isFull() && !isFullReported;
        isFullReported |= isNow;
        return isNow;
    }

    boolean endsInCall() {
        return endsInCall;
    }

    private boolean isFull() {
        return before + messages.size() >= maxMessages;
    }

    @Override
    public void accept(ParseEvent event) {
        if (event instanceof ParseEvent.MessageEnded ended) {
            endsInCall = ended.message().isToolCall();
            if (!isFull()) {
                messages.add(ended.message());
            }
        } else if (event instanceof ParseEvent.Repaired repaired) {
            diagnostics.add(repaired.diagnostic());
        }
    }

    JsonObject save() {
        return JsonObject.builder()
                .put("messages", before + messages.size())
                .put("isFullReported", isFullReported)
                .put("endsInCall", endsInCall)
                .build();
    }

    void restore(JsonValue from) {
        before = from.get("messages").intValue();
        isFullReported = from.get("isFullReported").booleanValue();
        endsInCall = from.get("endsInCall").booleanValue();
    }

    /** Returns the messages so far; a view that grows with the stream. */
    List<Message> messages() {
        return Collections.unmodifiableList(messages);
    }

    /** Returns the repairs so far; a view that grows with the stream. */
    List<Diagnostic> diagnostics() {
        return Collections.unmodifiableList(diagnostics);
    }
}
