package io.harmony4j.server;

import io.harmony4j.backends.BackendException;
import io.harmony4j.generation.PromptTooLongException;
import io.harmony4j.openai.ApiException;

/** What went wrong while a model generated, as the error that the client gets. */
final class ModelErrors {
    private ModelErrors() {}

    /** Returns the error of an exception; a runtime elsewhere that is out of order is not this server's defect. */
    static ApiException of(RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof ApiException error) {
            return error;
        }
        if (e instanceof PromptTooLongException) {
            return new ApiException(400, null, "context_length_exceeded", message);
        }
        if (e instanceof BackendException backend) {
            return of(backend, message);
        }
        if (e instanceof IllegalArgumentException) { // the generator cannot do what the request asks for
            return new ApiException(400, null, "unsupported_value", message);
        }
        return new ApiException(500, null, null, "The model failed: " + e);
    }

    private static ApiException of(BackendException e, String message) {
        return switch (e.kind()) {
            case UNREACHABLE, BROKEN -> new ApiException(502, null, null, message);
            case TIMED_OUT -> new ApiException(504, null, null, message);
            case REFUSED -> {
                int status = e.status().orElse(502);
                if (status == 429 || status == 503) {
                    yield new ApiException(status, null, "model_not_ready", message + " Please try again in 5s.");
                }
                yield new ApiException(status == 400 || status == 422 ? 400 : 502, null, null, message);
            }
        };
    }
}
