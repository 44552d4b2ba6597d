package io.harmony4j.parser;

import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;

/**
 * A recipient that is a bare word, where no tools are declared: it is one only if the content begins as JSON. White space that the
 * content begins with is held back until that is known.
 */
final class DoubtfulRecipient {
    /** How much white space may come before the content, in UTF-16 code units. */
    private static final int MAX_HELD = 1000;

    private final StringBuilder held = new StringBuilder();
    private boolean isOpen;

    /** Begins to doubt the recipient of a message, or not. */
    void begin(boolean isDoubtful) {
        isOpen = isDoubtful;
    }

    /** Returns whether it is not known yet. */
    boolean isOpen() {
        return isOpen;
    }

    /** Takes more content; returns whether it shows whether the recipient is one. */
    boolean isShownBy(String more) {
        held.append(more);
        return Whitespace.skip(held, 0) < held.length() || held.length() >= MAX_HELD;
    }

    /** Returns whether what was taken begins as JSON. */
    boolean isJson() {
        return FormatWords.isOpening(held, Whitespace.skip(held, 0));
    }

    /** Returns what was taken; it is known now what the recipient is. */
    String release() {
        String text = held.toString();
        held.setLength(0);
        isOpen = false;
        return text;
    }

    JsonObject save() {
        return JsonObject.builder()
                .put("isOpen", isOpen)
                .put("held", Snapshot.text(held))
                .build();
    }

    void restore(JsonValue from) {
        isOpen = from.get("isOpen").booleanValue();
        held.append(Snapshot.text(from.get("held")));
    }
}
