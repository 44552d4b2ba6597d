package io.harmony4j.backends;

import io.harmony4j.backends.BackendException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to a runtime, and sends them again where the answer has not begun: after a refused connection, one that is
 * closed before the first byte, and the statuses of a server that is starting or full. Thread-safe.
 */
final class HttpConnection {
    /** How often cancellation is asked about while nothing comes, in milliseconds. */
    static final int ASK_EVERY = 10;

    private static final Set<Integer> FOR_NOW = Set.of(429, 502, 503, 504);

    /** How long the words of a refusal may take. */
    private static final Duration LIMIT_OF_REFUSAL = Duration.ofSeconds(5);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

    private final String name;
    private final Description description;
    private final Duration idleLimit;
    private final int retries;
    private final @Nullable String key;
    private final HttpClient client;

    HttpConnection(String name, Description description) {
        this.name = name;
        this.description = description;
        this.idleLimit = description.idleLimit();
        this.retries = description.retries();
        this.key = description.key();
        // HTTP/1.1: else an upgrade to HTTP/2 is asked for, which not all servers ignore
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(description.connectLimit())
                .build();
    }

    /** Returns the runtime's name. */
    String name() {
        return name;
    }

    /**
     * Sends a request and returns the answer once its first bytes are here.
     *
     * @throws CancellationException if it is cancelled, or the thread is interrupted
     * @throws BackendException if there is no answer, or a refusal
     */
    AnswerBytes post(String path, String json, int promptLength, BooleanSupplier cancelled) {
        URI uri = description.resolve(path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        Duration pause = FIRST_PAUSE;
        for (int attempt = 0; ; attempt++) {
            boolean isLast = attempt >= retries;
            AnswerBytes bytes = new AnswerBytes(this, idleLimit, cancelled);
            boolean isBegun = false;
            try {
                HttpResponse<AnswerBytes> response = send(request.build(), bytes, cancelled);
                int status = response.statusCode();
                if (status != 200) {
                    if (isLast || !FOR_NOW.contains(status)) {
                        bytes.limitSilence(LIMIT_OF_REFUSAL);
                        String location =
                                response.headers().firstValue("Location").orElse("");
                        throw Refusal.of(name, uri, status, location, bytes.upTo(Refusal.MAX_BYTES), promptLength);
                    }
                } else if (bytes.awaitFirst(isLast)) {
                    isBegun = true;
                    return bytes;
                }
            } catch (IOException e) {
                if (isLast || e instanceof HttpConnectTimeoutException) {
                    throw unreachable(uri, e);
                }
            } finally {
                if (!isBegun) {
                    bytes.close();
                }
            }
            sleep(pause, cancelled);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    /** Returns the answer's head as soon as it is here. */
    private HttpResponse<AnswerBytes> send(HttpRequest request, AnswerBytes bytes, BooleanSupplier cancelled)
            throws IOException {
        CompletableFuture<HttpResponse<AnswerBytes>> response = client.sendAsync(request, head -> bytes);
        boolean isHere = false;
        try {
            long start = System.nanoTime();
            while (true) {
                throwIfCancelled(cancelled);
                try {
                    HttpResponse<AnswerBytes> here = response.get(ASK_EVERY, TimeUnit.MILLISECONDS);
                    isHere = true;
                    return here;
                } catch (TimeoutException e) {
                    if (System.nanoTime() - start > idleLimit.toNanos()) {
                        throw silent(idleLimit);
                    }
                }
            }
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw broken("could not be asked: " + e.getCause(), e);
        } finally {
            if (!isHere) {
                response.cancel(true);
            }
        }
    }

    private static void sleep(Duration pause, BooleanSupplier cancelled) {
        long end = System.nanoTime() + pause.toNanos();
        while (System.nanoTime() - end < 0) {
            throwIfCancelled(cancelled);
            try {
                Thread.sleep(ASK_EVERY);
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }
    }

    static void throwIfCancelled(BooleanSupplier cancelled) {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException();
        }
    }

    /** Returns the exception of an interrupt, which counts as cancellation; the thread stays interrupted. */
    static CancellationException interrupted() {
        Thread.currentThread().interrupt();
        return new CancellationException();
    }

    BackendException silent(Duration limit) {
        return new BackendException(
                Kind.TIMED_OUT,
                name + " has said nothing for " + limit.toSeconds() + " seconds; idle_seconds is the limit",
                null);
    }

    BackendException broken(String what, @Nullable Throwable cause) {
        return new BackendException(Kind.BROKEN, name + " " + what, cause);
    }

    private BackendException unreachable(URI uri, IOException e) {
        String reason = e.getMessage() != null
                ? e.getMessage()
                : e instanceof ConnectException ? "no connection" : e.getClass().getSimpleName();
        return new BackendException(
                Kind.UNREACHABLE,
                "no answer from " + name + " at " + uri + ": " + reason + "; does the server run?",
                e);
    }
}
