package io.harmony4j.server;

import io.harmony4j.openai.ApiException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in: who has the key, if there is one, and pages of origins that are allowed.
 *
 * <p>A server at the loopback without a key is open to programs of this machine, but not to any page in a browser here: a request that
 * a foreign page sends has its {@code Origin}, and one that a foreign name was pointed at this machine for has that name as its
 * {@code Host}.
 */
final class Access {
    private static final String ALLOWED_HEADERS =
            "authorization, content-type, api-key, x-api-key, x-client-request-id";

    private final byte @Nullable [] keyDigest;
    private final List<String> origins;
    private final boolean isLoopback;

    Access(ServerOptions options) {
        String key = options.key();
        this.keyDigest = key == null ? null : digest(key);
        this.origins = options.corsOrigins();
        this.isLoopback = isLoopback(options.host());
    }

    /**
     * Refuses options that would let everyone in.
     *
     * @throws IllegalArgumentException if the server listens beyond the loopback without a key
     */
    static void check(ServerOptions options) {
        if (options.key() == null && !options.isInsecure() && !isLoopback(options.host())) {
            throw new IllegalArgumentException("expected a key for a server at " + options.host()
                    + ", which others can reach, but found none; give it one, or allow everyone in by name (insecure)");
        }
    }

    /** Returns whether a host is this machine's loopback, by its name alone. */
    static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.matches("127(\\.[0-9]{1,3}){3}")
                || name.equals("::1")
                || name.equals("[::1]");
    }

    /**
     * Adds the headers that let a page read the answer, if its origin is allowed.
     *
     * @throws ApiException if the request comes from a page that is not allowed
     */
    void checkOrigin(HttpServerRequest request, HttpServerResponse response) {
        if (isLoopback && keyDigest == null && !isLoopback(hostName(request))) {
            throw new ApiException(
                    403,
                    null,
                    null,
                    "Expected a Host of this machine, as in localhost, but got '" + hostName(request)
                            + "'. A server at the loopback answers other names only with a key.");
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null) {
            return;
        }
        response.putHeader(HttpHeaders.VARY, "origin");
        if (!isAllowed(origin, request)) {
            throw new ApiException(
                    403,
                    null,
                    null,
                    "The origin '" + origin + "' is not allowed to ask this server; allow it with --cors-origin.");
        }
        response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        response.putHeader(
                HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, "x-request-id, openai-processing-ms, retry-after");
    }

    /** Adds the headers that answer the question before a request of a page. */
    static void allowMethods(HttpServerRequest request, HttpServerResponse response) {
        String asked = request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
        StringBuilder headers = new StringBuilder(ALLOWED_HEADERS);
        if (asked != null) {
            for (String header : asked.toLowerCase(Locale.ROOT).split(",", -1)) {
                String name = header.strip();
                if (name.matches("(x-stainless|openai)-[a-z0-9-]+")) {
                    headers.append(", ").append(name);
                }
            }
        }
        response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST, DELETE, OPTIONS");
        response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, headers);
        response.putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "600");
    }

    /** @throws ApiException if there is a key, and the request does not have it */
    void checkKey(HttpServerRequest request) {
        if (keyDigest == null) {
            return;
        }
        String given = givenKey(request);
        if (given == null) {
            throw new ApiException(
                    401,
                    null,
                    null,
                    "You didn't provide an API key. Provide it in the header Authorization: Bearer YOUR_KEY.");
        }
        if (!MessageDigest.isEqual(keyDigest, digest(given))) {
            throw new ApiException(401, null, "invalid_api_key", "Incorrect API key provided.");
        }
    }

    private static @Nullable String givenKey(HttpServerRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return authorization.substring(7).strip();
        }
        String key = request.getHeader("api-key");
        return key == null ? request.getHeader("x-api-key") : key;
    }

    private boolean isAllowed(String origin, HttpServerRequest request) {
        if (origins.contains("*") || origins.contains(origin)) {
            return true;
        }
        String host = null;
        String authority = null;
        try {
            URI uri = URI.create(origin);
            host = uri.getHost();
            authority = uri.getAuthority();
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (host == null) { // "null", which pages in files and sandboxes have
            return false;
        }
        boolean isOwnPage = authority != null && authority.equalsIgnoreCase(request.getHeader(HttpHeaders.HOST));
        return isOwnPage || (isLoopback && isLoopback(host));
    }

    private static String hostName(HttpServerRequest request) {
        String host = request.getHeader(HttpHeaders.HOST);
        if (host == null) {
            return "localhost"; // no browser leaves it out
        }
        int port = host.lastIndexOf(':');
        return port > host.lastIndexOf(']') ? host.substring(0, port) : host;
    }

    private static byte[] digest(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("SHA-256 is in every JDK", e);
        }
    }
}
