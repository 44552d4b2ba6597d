package io.harmony4j.parser;

import io.harmony4j.SpecialToken;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.parser.ParseEvent.MessageEnded;

/** What feeds the machine: tokens or text, of which the beginning of something may be held back. Belongs to one stream. */
interface SymbolSource {
    /** Returns what is being read now, for an error message: its text and, for a token, its id. */
    String describe();

    /** Takes note of a message that has ended. */
    void messageEnded(MessageEnded ended);

    /** Returns how this source writes a special token: as its literal, and with its id if it reads ids. */
    String name(SpecialToken token);

    /** Returns what positions count: {@code token} or {@code character}. */
    String unit();

    /** Reads what was held back at the end of the stream. */
    void finish(MissingMarkers symbols);

    /** Returns what is held back, for a snapshot. */
    JsonObject save();

    /**
     * Goes on where another source was when it was saved.
     *
     * @throws IllegalArgumentException if a field is missing or wrong
     */
    void restore(JsonValue from);
}
