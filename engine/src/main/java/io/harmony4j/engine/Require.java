package io.harmony4j.engine;

/** Checks of values that callers and files give. */
final class Require {
    private Require() {}

    /**
     * Throws if the condition does not hold.
     *
     * @param expected what was expected, as in "an even head size"
     * @param found what was found
     */
    static void that(boolean condition, String expected, Object found) {
        if (!condition) {
            throw new IllegalArgumentException("expected " + expected + " but found " + found);
        }
    }
}
