package io.harmony4j.conformance;

/** What becomes of a case. */
public enum Verdict {
    /** The answer is as expected. */
    PASS("PASS"),
    /** The answer is another one that the vector accepts. */
    NON_STRICT("NON-STRICT"),
    /** The answer is wrong. */
    FAIL("FAIL"),
    /** There is no answer: the implementation crashed, hung, wrote something else, or reports a defect of its own. */
    ERROR("ERROR"),
    /** The implementation does not offer what the case needs. */
    SKIP("SKIP");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    /** Returns the verdict of a text, as in {@code NON-STRICT}. */
    static Verdict of(String text) {
        for (Verdict verdict : values()) {
            if (verdict.text.equals(text)) {
                return verdict;
            }
        }
        throw new IllegalArgumentException("expected PASS, NON-STRICT, FAIL, ERROR or SKIP but found \"" + text + "\"");
    }

    /** Returns whether the implementation is at fault. */
    public boolean isBad() {
        return this == FAIL || this == ERROR;
    }

    /** Returns the verdict as reports have it, as in {@code NON-STRICT}. */
    @Override
    public String toString() {
        return text;
    }
}
