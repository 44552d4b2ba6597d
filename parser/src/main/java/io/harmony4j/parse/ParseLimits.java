package io.harmony4j.parse;

/**
 * How much of a stream a parser keeps in memory, so that no stream can fill it. Lengths are in UTF-16 code units.
 *
 * @param headerLength the longest header; what goes on is read as content
 * @param messageLength the longest content; what goes on is left out
 * @param messages how many messages the parser keeps; events go on beyond them
 * @param diagnostics how many repairs are reported; further ones are made in silence
 */
public record ParseLimits(int headerLength, int messageLength, int messages, int diagnostics) {
    /** 64 Ki for a header, 64 Mi for a message, 10,000 messages, 1,000 diagnostics. */
    public static final ParseLimits DEFAULT = new ParseLimits(1 << 16, 1 << 26, 10_000, 1_000);

    /**
     * @throws IllegalArgumentException if a limit is less than 1
     */
    public ParseLimits {
        requirePositive("headerLength", headerLength);
        requirePositive("messageLength", messageLength);
        requirePositive("messages", messages);
        requirePositive("diagnostics", diagnostics);
    }

    private static void requirePositive(String name, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("expected a limit of at least 1 as " + name + " but found " + limit);
        }
    }

    public ParseLimits withHeaderLength(int limit) {
        return new ParseLimits(limit, messageLength, messages, diagnostics);
    }

    public ParseLimits withMessageLength(int limit) {
        return new ParseLimits(headerLength, limit, messages, diagnostics);
    }

    public ParseLimits withMessages(int limit) {
        return new ParseLimits(headerLength, messageLength, limit, diagnostics);
    }

    public ParseLimits withDiagnostics(int limit) {
        return new ParseLimits(headerLength, messageLength, messages, limit);
    }
}
