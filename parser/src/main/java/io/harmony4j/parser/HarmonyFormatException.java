package io.harmony4j.parser;

import static java.util.Objects.requireNonNull;

/** Thrown in STRICT mode at a token with which the stream is not Harmony. */
public final class HarmonyFormatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long position;
    private final String expected;
    private final String found;

    /**
     * @param unit what the position counts: tokens or characters
     */
    HarmonyFormatException(String expected, String found, String unit, long position) {
        super("expected " + expected + " but found " + found + " at " + unit + " " + position);
        this.position = position;
        this.expected = requireNonNull(expected, "expected");
        this.found = requireNonNull(found, "found");
    }

    /**
     * Returns the index of the token at which the error was noticed, or of the character in a text; their number if it was the
     * end.
     */
    public long position() {
        return position;
    }

    /** Returns what would have been right here. */
    public String expected() {
        return expected;
    }

    /** Returns what was there instead; a token as its text and id. */
    public String found() {
        return found;
    }
}
