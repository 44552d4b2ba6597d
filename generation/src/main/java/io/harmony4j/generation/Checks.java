package io.harmony4j.generation;

import static java.util.Objects.requireNonNull;

import java.util.Collection;

/** Checks of arguments. */
final class Checks {
    private Checks() {}

    /**
     * Throws if a collection is null or has a null in it.
     *
     * @param name its name, as in "alternatives"
     */
    static <C extends Collection<?>> C nonNullElements(C collection, String name) {
        int index = 0;
        for (Object element : requireNonNull(collection, name)) {
            if (element == null) {
                throw new NullPointerException(name + "[" + index + "]");
            }
            index++;
        }
        return collection;
    }

    static void require(boolean condition, String expected, Object found) {
        if (!condition) {
            throw new IllegalArgumentException("expected " + expected + " but found " + found);
        }
    }
}
