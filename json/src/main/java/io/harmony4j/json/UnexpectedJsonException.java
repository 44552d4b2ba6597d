package io.harmony4j.json;

import static java.util.Objects.requireNonNull;

/** A value is not what its reader expected. The message says what was expected and found, and where. */
public final class UnexpectedJsonException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String path;

    UnexpectedJsonException(String message, String path) {
        super(message);
        this.path = requireNonNull(path, "path");
    }

    /** Returns where the value is, or should be, as in {@code $.messages[2].content}. */
    public String path() {
        return path;
    }
}
