package io.harmony4j.conformance;

import io.harmony4j.json.JsonValue;

/** Reads what other programs have written, which may be of another type than it should be. */
final class Lenient {
    private Lenient() {}

    /** Returns a string, or a number or truth value as it is written; empty for anything else. */
    static String text(JsonValue value) {
        return text(value, "");
    }

    /** Returns a string, or a number or truth value as it is written; something else for anything else. */
    static String text(JsonValue value, String otherwise) {
        return switch (value.kind()) {
            case STRING -> value.text();
            case NUMBER, BOOLEAN -> value.toString();
            case OBJECT, ARRAY, NULL -> otherwise;
        };
    }
}
