package io.harmony4j.backends;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Thrown when a runtime elsewhere cannot be reached, refuses, or breaks off. The message names it and has its own words. */
public final class BackendException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Kind kind;
    private final int status;

    /** What went wrong. */
    public enum Kind {
        /** There was no connection. */
        UNREACHABLE,
        /** The runtime answered with an HTTP status other than 200. */
        REFUSED,
        /** The runtime was silent for longer than the limit. */
        TIMED_OUT,
        /** The answer broke off, told of an error, or is not in the runtime's protocol. */
        BROKEN
    }

    BackendException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = requireNonNull(kind, "kind");
        this.status = 0;
    }

    /** Makes the exception of a refusal. */
    BackendException(int status, String message) {
        super(message);
        this.kind = Kind.REFUSED;
        this.status = status;
    }

    /** Returns what went wrong. */
    public Kind kind() {
        return kind;
    }

    /** Returns the HTTP status of a refusal, as in 503. */
    public OptionalInt status() {
        return kind == Kind.REFUSED ? OptionalInt.of(status) : OptionalInt.empty();
    }
}
