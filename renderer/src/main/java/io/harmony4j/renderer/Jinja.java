package io.harmony4j.renderer;

import io.harmony4j.json.JsonValue;

/** How a chat template in Jinja takes JSON: as Python does. */
final class Jinja {
    private Jinja() {}

    /** Returns whether a value counts as true: neither null, false or 0, nor empty. */
    static boolean isTrue(JsonValue value) {
        return switch (value.kind()) {
            case OBJECT -> !value.members().isEmpty();
            case ARRAY -> !value.elements().isEmpty();
            case STRING -> !value.text().isEmpty();
            case NUMBER -> value.doubleValue() != 0;
            case BOOLEAN -> value.booleanValue();
            case NULL -> false;
        };
    }

    /**
     * Returns a string that the template joins to others with {@code +}, which takes nothing else.
     *
     * @param path where it is
     * @throws IllegalArgumentException if it is none
     */
    static String text(JsonValue value, String path) {
        if (!value.isString()) {
            throw value.unexpected("a string, as the chat template joins it to others", path);
        }
        return value.text();
    }

    /**
     * Returns a value as it is printed.
     *
     * @param path where it is
     * @throws IllegalArgumentException if it is a list or an object, which would be printed in Python's notation
     */
    static String word(JsonValue value, String path) {
        return switch (value.kind()) {
            case STRING -> value.text();
            case NUMBER -> PythonJson.number(value);
            case BOOLEAN -> value.booleanValue() ? "True" : "False";
            case NULL -> "None";
            case ARRAY, OBJECT -> throw value.unexpected("a string, as the chat template prints it", path);
        };
    }
}
