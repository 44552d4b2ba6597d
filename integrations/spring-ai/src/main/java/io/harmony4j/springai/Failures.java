package io.harmony4j.springai;

import io.harmony4j.backends.BackendException;
import io.harmony4j.generation.PromptTooLongException;
import org.springframework.ai.retry.NonTransientAiException;
import org.springframework.ai.retry.TransientAiException;

/** Spring AI's exceptions for what goes wrong in a model: whoever tries again looks at which of two it is. */
final class Failures {
    /** The HTTP statuses that mean "later", besides those of a server's own faults: a time-out, and too many requests. */
    private static final int REQUEST_TIMEOUT = 408;

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int FIRST_SERVER_ERROR = 500;

    private Failures() {}

    /** Returns Spring AI's exception, with the given one as its cause; the given one itself, if Spring AI has none for it. */
    static RuntimeException of(RuntimeException failure) {
        if (failure instanceof BackendException backend) {
            return isTransient(backend)
                    ? new TransientAiException(messageOf(backend), backend)
                    : new NonTransientAiException(messageOf(backend), backend);
        }
        return failure instanceof PromptTooLongException
                ? new NonTransientAiException(messageOf(failure), failure)
                : failure;
    }

    /**
     * Returns what a stream's subscriber is told of a failure: an {@link Error} as a cause, since Reactor throws many of them at its own
     * thread and signals nothing, so that the subscriber would wait for ever.
     */
    static Throwable signal(Throwable failure) {
        return failure instanceof Error
                ? new NonTransientAiException(
                        "expected an answer but the model, or a library that it needs, failed with " + failure, failure)
                : failure;
    }

    private static boolean isTransient(BackendException failure) {
        if (failure.status().isEmpty()) {
            return true;
        }
        int status = failure.status().getAsInt();
        return status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS || status >= FIRST_SERVER_ERROR;
    }

    private static String messageOf(RuntimeException failure) {
        return String.valueOf(failure.getMessage());
    }
}
