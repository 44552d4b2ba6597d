package io.harmony4j.chat;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Recipient;

/** A piece of a {@link ChatView}, as it comes; the pieces of a kind, joined, are the view's. */
public sealed interface ChatDelta {

    /**
     * More reasoning.
     *
     * @param text the text
     */
    record Reasoning(String text) implements ChatDelta {
        public Reasoning {
            requireNonNull(text, "text");
        }
    }

    /**
     * More content.
     *
     * @param text the text
     */
    record Content(String text) implements ChatDelta {
        public Content {
            requireNonNull(text, "text");
        }
    }

    /**
     * Another call begins.
     *
     * @param index the number of the call, from 0
     * @param id what the tool's answer is to refer to
     * @param recipient the tool
     */
    record ToolCallStarted(int index, String id, Recipient recipient) implements ChatDelta {
        public ToolCallStarted {
            requireNonNull(id, "id");
            requireNonNull(recipient, "recipient");
        }
    }

    /**
     * More of the latest call's arguments.
     *
     * @param index the number of the call, from 0
     * @param text the text
     */
    record ToolCallArguments(int index, String text) implements ChatDelta {
        public ToolCallArguments {
            requireNonNull(text, "text");
        }
    }
}
