package io.harmony4j.training;

import static java.util.Objects.requireNonNull;

/** A row of a data set is not what it should be. The message says what was expected and found. */
public final class RowException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String pointer;

    /**
     * Creates an exception.
     *
     * @param pointer the JSON Pointer of the fault, as in {@code /messages/2/content}; empty for the whole row
     * @param reason what was expected and found, and what to do
     */
    public RowException(String pointer, String reason) {
        super(requireNonNull(reason, "reason"));
        this.pointer = requireNonNull(pointer, "pointer");
    }

    /** Returns where in the row the fault is, as a JSON Pointer; empty for the whole row. */
    public String pointer() {
        return pointer;
    }
}
