package io.harmony4j.parse;

import static java.util.Objects.requireNonNull;

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
     * @param name the tool's name, without {@code functions.}
     */
    record ToolCallStarted(int index, String id, String name) implements ChatDelta {
        public ToolCallStarted {
            requireNonNull(id, "id");
            requireNonNull(name, "name");
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
