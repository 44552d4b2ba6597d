package io.harmony4j.chat;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Channel;
import io.harmony4j.Recipient;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a {@link ChatView}, as it comes; the pieces of a kind, joined, are the view's. None is empty. Of a call come its beginning,
 * its arguments and its end, before anything else.
 */
public sealed interface ChatDelta {

    /**
     * More reasoning. The line feed between two messages belongs to the second.
     *
     * @param message the index of its message in the turn, from 0; messages of all kinds count
     * @param channel the channel of its message, or null
     * @param text the text
     */
    record Reasoning(int message, @Nullable Channel channel, String text) implements ChatDelta {
        public Reasoning {
            requireNonNull(text, "text");
        }
    }

    /**
     * More content. The line feed between two messages belongs to the second.
     *
     * @param message the index of its message in the turn, from 0; messages of all kinds count
     * @param channel the channel of its message, or null
     * @param text the text
     */
    record Content(int message, @Nullable Channel channel, String text) implements ChatDelta {
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
     * More of the latest call's arguments. White space comes together with what follows it, so that only the last piece of a call can be
     * blank.
     *
     * @param index the number of the call, from 0
     * @param text the text
     */
    record ToolCallArguments(int index, String text) implements ChatDelta {
        public ToolCallArguments {
            requireNonNull(text, "text");
        }
    }

    /**
     * The latest call ended.
     *
     * @param index the number of the call, from 0
     * @param call the call with all of its arguments
     * @param isCut whether a limit or cancellation cut it off: what is missing may be what matters, so that it must not be carried out
     */
    record ToolCallEnded(int index, ToolCall call, boolean isCut) implements ChatDelta {
        public ToolCallEnded {
            requireNonNull(call, "call");
        }
    }
}
