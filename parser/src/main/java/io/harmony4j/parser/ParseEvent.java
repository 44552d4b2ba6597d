package io.harmony4j.parser;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Message;
import io.harmony4j.json.JsonObject;
import java.util.List;
import java.util.Locale;

/**
 * What a token brought. The events of a message come in this order: {@link MessageStarted}, any number of
 * {@link ContentDelta}, {@link MessageEnded}; {@link Repaired} may come anywhere.
 */
public sealed interface ParseEvent {
    /**
     * Returns the event as JSON: {@code {"event":"content_delta","text":"Hi"}}.
     *
     * <p>The other events have the fields of a message without content, the {@code ending} and the whole {@code message}, or the fields
     * of a {@link Diagnostic#toJsonObject() diagnostic}.
     */
    JsonObject toJsonObject();

    /**
     * A header is complete; the content follows.
     *
     * @param header the header
     */
    record MessageStarted(Header header) implements ParseEvent {
        public MessageStarted {
            requireNonNull(header, "header");
        }

        @Override
        public JsonObject toJsonObject() {
            Message empty =
                    new Message(header.author(), header.recipient(), List.of(), header.channel(), header.contentType());
            return named("message_started", empty.toJsonObject().without("content"));
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

        @Override
        public JsonObject toJsonObject() {
            return JsonObject.builder()
                    .put("event", "content_delta")
                    .put("text", text)
                    .build();
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

        @Override
        public JsonObject toJsonObject() {
            return JsonObject.builder()
                    .put("event", "message_ended")
                    .put("ending", ending.name().toLowerCase(Locale.ROOT))
                    .put("message", message.toJsonObject())
                    .build();
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

        @Override
        public JsonObject toJsonObject() {
            return named("repaired", diagnostic.toJsonObject());
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

    private static JsonObject named(String event, JsonObject fields) {
        JsonObject.Builder json = JsonObject.builder().put("event", event);
        fields.members().forEach(json::put);
        return json.build();
    }
}
