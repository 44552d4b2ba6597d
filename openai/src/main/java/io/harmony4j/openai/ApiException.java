package io.harmony4j.openai;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A request that cannot be answered, as OpenAI's APIs say so: the HTTP status, and the four fields of the error object.
 *
 * <pre>{@code
 * {"error":{"message":"Invalid value: 'wizard'. Supported values are: …","type":"invalid_request_error",
 *           "param":"messages[0].role","code":"invalid_value"}}
 * }</pre>
 *
 * @see <a href="https://platform.openai.com/docs/guides/error-codes">OpenAI: error codes</a>
 */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String type;
    private final @Nullable String param;
    private final @Nullable String code;

    /**
     * Makes an error.
     *
     * @param status the HTTP status, 400 to 599
     * @param param the path of the field at fault, as in {@code messages[0].role}, or null
     * @param code the word that programs read, as in {@code invalid_value}, or null
     * @param message what was expected, what was found, and what to do
     * @throws IllegalArgumentException if the status is not that of an error
     */
    public ApiException(int status, @Nullable String param, @Nullable String code, String message) {
        super(requireNonNull(message, "message"));
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("expected the HTTP status of an error, 400 to 599, but found " + status);
        }
        this.status = status;
        this.type = status == 429 ? "rate_limit_error" : status >= 500 ? "server_error" : "invalid_request_error";
        this.param = param;
        this.code = code;
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    /** Returns the kind of error: {@code invalid_request_error}, {@code rate_limit_error} or {@code server_error}. */
    public String type() {
        return type;
    }

    /** Returns the path of the field at fault, as in {@code messages[0].role}; null if there is none. */
    public @Nullable String param() {
        return param;
    }

    /** Returns the word that programs read, as in {@code invalid_value}; null if there is none. */
    public @Nullable String code() {
        return code;
    }

    /** Returns the body of the answer: an object with the one field {@code error}, which has all four fields. */
    public JsonObject toJson() {
        return JsonObject.of(
                "error",
                JsonObject.builder()
                        .put("message", requireNonNull(getMessage()))
                        .put("type", type)
                        .put("param", param)
                        .put("code", code)
                        .build());
    }
}
