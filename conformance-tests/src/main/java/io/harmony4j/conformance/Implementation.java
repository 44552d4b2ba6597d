package io.harmony4j.conformance;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** An implementation under test: something that answers the requests of the driver protocol. */
public interface Implementation extends AutoCloseable {
    /**
     * Asks for an answer to a request without {@code seq}. Several may be asked for at a time, and may come in any order. The
     * future always ends, and never exceptionally.
     */
    CompletableFuture<Answer> ask(JsonObject request);

    /** Returns what happened that belongs to no answer, in lines: restarts, and the end of what was written to standard error. */
    default List<String> log() {
        return List.of();
    }

    /**
     * Returns how often the implementation crashed, was silent for too long or wrote something that is no answer, so that
     * requests had to be asked again. One that did so at all cannot be relied on, however it answers when it is asked again.
     */
    default int crashes() {
        return 0;
    }

    /** Ends the implementation; callers who still wait for an answer get a failure. */
    @Override
    default void close() {}

    /** Returns an implementation that is a Java object: it answers in the thread that asks. */
    static Implementation of(UnaryOperator<JsonObject> object) {
        requireNonNull(object, "object");
        return request -> {
            requireNonNull(request, "request");
            long start = System.nanoTime();
            Answer answer;
            try {
                answer = Answer.of(requireNonNull(object.apply(request), "answer"), System.nanoTime() - start);
            } catch (RuntimeException | StackOverflowError e) {
                answer = Answer.failed("threw " + e, System.nanoTime() - start);
            }
            return CompletableFuture.completedFuture(answer);
        };
    }

    /** Returns this library, in this process. */
    static Implementation harmony4j() {
        Driver driver = new Driver();
        return of(driver::answer);
    }
}
