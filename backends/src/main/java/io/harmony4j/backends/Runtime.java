package io.harmony4j.backends;

import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;

/** The protocol of a runtime: what it wants to be asked, and how it answers. Immutable and thread-safe. */
interface Runtime {
    /** Returns where requests go, as in {@code /completion}. */
    String path();

    /** Returns how an answer is divided into events: by most runtimes, as server-sent ones. */
    default Events.Form form() {
        return Events.Form.SERVER_SENT;
    }

    /**
     * Returns the request, which asks for a stream.
     *
     * @throws IllegalArgumentException if the runtime cannot do what the options ask for, or cannot be told the prompt
     */
    JsonObject request(int[] prompt, GenerationOptions options);

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
