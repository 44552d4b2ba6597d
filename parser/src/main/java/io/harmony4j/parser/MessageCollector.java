package io.harmony4j.parser;

import io.harmony4j.Message;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** Gathers the complete messages and the diagnostics from a parser's events. One collector for one stream. */
final class MessageCollector implements Consumer<ParseEvent> {
    private final int maxMessages;
    private final List<Message> messages = new ArrayList<>();
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    /** Creates an empty collector, which keeps no more than the first messages. */
    MessageCollector(int maxMessages) {
        this.maxMessages = maxMessages;
    }

    boolean isFull() {
        return messages.size() == maxMessages;
    }

    @Override
    public void accept(ParseEvent event) {
        if (event instanceof ParseEvent.MessageEnded ended) {
            if (!isFull()) {
                messages.add(ended.message());
            }
        } else if (event instanceof ParseEvent.Repaired repaired) {
            diagnostics.add(repaired.diagnostic());
        }
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
