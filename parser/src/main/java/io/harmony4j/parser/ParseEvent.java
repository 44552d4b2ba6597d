package io.harmony4j.parser;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Message;

/**
 * What a token brought. The events of a message come in this order: {@link MessageStarted}, any number of
 * {@link ContentDelta}, {@link MessageEnded}; {@link Repaired} may come anywhere.
 */
public sealed interface ParseEvent {

    /**
     * A header is complete; the content follows.
     *
     * @param header the header
     */
    record MessageStarted(Header header) implements ParseEvent {
        public MessageStarted {
            requireNonNull(header, "header");
        }
    }

    /**
     * More of the content. The deltas of a message, joined, are its content; none is empty.
     *
     * @param text the text
     */
    record ContentDelta(String text) implements ParseEvent {
        public ContentDelta {
            requireNonNull(text, "text");
        }
    }

    /**
     * The message is complete.
     *
     * @param message the whole message
     * @param ending how it ended
     */
    record MessageEnded(Message message, Ending ending) implements ParseEvent {
        public MessageEnded {
            requireNonNull(message, "message");
            requireNonNull(ending, "ending");
        }
    }

    /**
     * Something was not right and has been repaired; only in RECOVER mode.
     *
     * @param diagnostic what, and where
     */
    record Repaired(Diagnostic diagnostic) implements ParseEvent {
        public Repaired {
            requireNonNull(diagnostic, "diagnostic");
        }
    }

    /** How a message ended. */
    enum Ending {
        /** With {@code <|end|>}: another message follows. */
        END,
        /** With {@code <|call|>}: a tool is to answer. */
        CALL,
        /** With {@code <|return|>}: the model is done. */
        RETURN,
        /** With the end of the stream, without an end token. */
        END_OF_STREAM,
        /** With the beginning of another message, without an end token; only in RECOVER mode. */
        NEXT_MESSAGE
    }
}
