package io.harmony4j.parser;

import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How much of a stream a parser keeps in memory, so that no stream can fill it. Immutable. */
public final class ParseLimits {
    /** 64 Ki for a header, 64 Mi for a message, 10,000 messages, 1,000 diagnostics. */
    public static final ParseLimits DEFAULT = new ParseLimits(1 << 16, 1 << 26, 10_000, 1_000);

    private final int headerLength;
    private final int messageLength;
    private final int messages;
    private final int diagnostics;

    private ParseLimits(int headerLength, int messageLength, int messages, int diagnostics) {
        this.headerLength = requirePositive("headerLength", headerLength);
        this.messageLength = requirePositive("messageLength", messageLength);
        this.messages = requirePositive("messages", messages);
        this.diagnostics = requirePositive("diagnostics", diagnostics);
    }

    private static int requirePositive(String name, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("expected a limit of at least 1 as " + name + " but found " + limit);
        }
        return limit;
    }

    /** Returns the longest header, in UTF-16 code units; what goes on is read as content. */
    public int headerLength() {
        return headerLength;
    }

    /** Returns the longest content, in UTF-16 code units; what goes on is left out. */
    public int messageLength() {
        return messageLength;
    }

    /** Returns how many messages the parser keeps; events go on beyond them. */
    public int messages() {
        return messages;
    }

    /** Returns how many repairs are reported; further ones are made in silence. */
    public int diagnostics() {
        return diagnostics;
    }

    /**
     * Returns a copy with another limit.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public ParseLimits withHeaderLength(int limit) {
        return new ParseLimits(limit, messageLength, messages, diagnostics);
    }

    /**
     * Returns a copy with another limit.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public ParseLimits withMessageLength(int limit) {
        return new ParseLimits(headerLength, limit, messages, diagnostics);
    }

    /**
     * Returns a copy with another limit.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public ParseLimits withMessages(int limit) {
        return new ParseLimits(headerLength, messageLength, limit, diagnostics);
    }

    /**
     * Returns a copy with another limit.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public ParseLimits withDiagnostics(int limit) {
        return new ParseLimits(headerLength, messageLength, messages, limit);
    }

    JsonObject save() {
        return JsonObject.builder()
                .put("headerLength", headerLength)
                .put("messageLength", messageLength)
                .put("messages", messages)
                .put("diagnostics", diagnostics)
                .build();
    }

    static ParseLimits restore(JsonValue from) {
        return new ParseLimits(
                from.get("headerLength").intValue(),
                from.get("messageLength").intValue(),
                from.get("messages").intValue(),
                from.get("diagnostics").intValue());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ParseLimits that
                && headerLength == that.headerLength
                && messageLength == that.messageLength
                && messages == that.messages
                && diagnostics == that.diagnostics;
    }

    @Override
    public int hashCode() {
        return Objects.hash(headerLength, messageLength, messages, diagnostics);
    }

    /** Returns the limits as JSON, for human readers. */
    @Override
    public String toString() {
        return save().toString();
    }
}
