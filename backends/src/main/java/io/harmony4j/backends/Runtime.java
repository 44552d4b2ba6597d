package io.harmony4j.backends;

import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.grammar.GrammarMatcher;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** The protocol of a runtime: what it wants to be asked, and how it answers. Immutable and thread-safe. */
interface Runtime {
    /** Returns where requests go, as in {@code /completion}. */
    String path();

    /** Returns how an answer is divided into events: by most runtimes, as server-sent ones. */
    default Events.Form form() {
        return Events.Form.SERVER_SENT;
    }

    /** Returns whether it takes a grammar of the whole turn, control tokens included. */
    default boolean obeysGrammars() {
        return false;
    }

    /**
     * Returns the request, which asks for a stream.
     *
     * @param grammar binds what is generated, as what is left of it; null if nothing does, as always with a runtime that takes none
     * @throws IllegalArgumentException if the runtime cannot do what the options ask for, or cannot be told the prompt or the grammar
     */
    JsonObject request(int[] prompt, GenerationOptions options, @Nullable GrammarMatcher grammar);

    /** Returns what reads one answer. */
    Reader reader(Answer answer);

    /** Reads one answer; belongs to one thread. */
    interface Reader {
        /**
         * Reads the next event.
         *
         * @throws IllegalArgumentException if it is not of the protocol
         */
        void read(JsonValue event);
    }
}
