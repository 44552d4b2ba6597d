package io.harmony4j.grammar;

/** Says that a constraint on one text, such as a pattern, cannot become an expression: what was found, and what to write instead. */
final class TextConstraintException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Whose fault it is. */
    enum Reason {
        /** The constraint means something, but cannot be enforced. */
        NOT_SUPPORTED,
        /** The constraint means nothing. */
        NOT_VALID
    }

    private final Reason reason;
    private final String found;
    private final String remedy;

    private TextConstraintException(Reason reason, String found, String remedy) {
        super(found);
        this.reason = reason;
        this.found = found;
        this.remedy = remedy;
    }

    /**
     * Makes one for a constraint that means something, but cannot be enforced.
     *
     * @param found what was found and where, as in "found …"
     * @param remedy what to write instead, as an imperative
     */
    static TextConstraintException notSupported(String found, String remedy) {
        return new TextConstraintException(Reason.NOT_SUPPORTED, found, remedy);
    }

    /**
     * Makes one for a constraint that means nothing.
     *
     * @param found what was found and where, as in "found …"
     * @param remedy what to write instead, as an imperative
     */
    static TextConstraintException notValid(String found, String remedy) {
        return new TextConstraintException(Reason.NOT_VALID, found, remedy);
    }

    Reason reason() {
        return reason;
    }

    /** Returns what was found and where. */
    String found() {
        return found;
    }

    /** Returns what to write instead, as an imperative. */
    String remedy() {
        return remedy;
    }
}
