package io.harmony4j.generation;

/** Checks of arguments. */
final class Checks {
    private Checks() {}

    static void require(boolean condition, String expected, Object found) {
        if (!condition) {
            throw new IllegalArgumentException("expected " + expected + " but found " + found);
        }
    }
}
