package io.harmony4j.langchain4j;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.RetriableException;
import dev.langchain4j.exception.TimeoutException;
import io.harmony4j.backends.BackendException;
import io.harmony4j.generation.PromptTooLongException;

/** What goes wrong in a turn, as LangChain4j's exceptions, which tell whether it helps to try again. */
final class Failures {
    private Failures() {}

    /** Returns LangChain4j's exception, which has the other as its cause; what has no counterpart stays as it is. */
    static RuntimeException of(RuntimeException e) {
        if (e instanceof LangChain4jException) {
            return e;
        }
        if (e instanceof BackendException failure) {
            return of(failure);
        }
        return e instanceof PromptTooLongException ? new InvalidRequestException(e) : e;
    }

    /** Returns LangChain4j's exception for a request that cannot be put to the model. */
    static RuntimeException ofRequest(RuntimeException e) {
        boolean isImpossible = e instanceof IllegalArgumentException && !(e instanceof LangChain4jException);
        return isImpossible ? new InvalidRequestException(e) : e;
    }

    private static LangChain4jException of(BackendException e) {
        return switch (e.kind()) {
            case UNREACHABLE -> new RetriableException(e);
            case TIMED_OUT -> new TimeoutException(e);
            case BROKEN -> new InternalServerException(e);
            case REFUSED -> refused(e, e.status().orElseThrow());
        };
    }

    /** Returns what LangChain4j's own clients throw for an HTTP status. */
    private static LangChain4jException refused(BackendException e, int status) {
        return switch (status) {
            case 401, 403 -> new AuthenticationException(e);
            case 404 -> new ModelNotFoundException(e);
            case 408 -> new TimeoutException(e);
            case 429 -> new RateLimitException(e);
            default -> status >= 500 ? new InternalServerException(e) : new InvalidRequestException(e);
        };
    }
}
