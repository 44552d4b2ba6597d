package io.harmony4j.server;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.openai.ApiException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request and its answer, of which there is one: what comes first counts. Methods can be called by any thread, unless they say
 * otherwise.
 */
final class Exchange {
    static final String JSON = "application/json";

    /** The note of the endpoint. */
    static final String ENDPOINT = "endpoint";

    private static final Pattern RETRY = Pattern.compile("try again in ([0-9.]+)s");
    private static final Pattern REQUEST_ID = Pattern.compile("[!-~]{1,128}");

    /** How many bytes are written at a time: a client that reads slowly is seen to read. */
    static final int PIECE = 64 * 1024;

    /** There is no timer. */
    private static final long NONE = -1;

    private final Context context;
    private final Duration stallTime;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final String id;
    private final long start = System.nanoTime();
    private final Cancellation cancellation = new Cancellation();
    private final AtomicBoolean isAnswered = new AtomicBoolean();
    private final Budget budget;
    private final Sockets sockets;
    private final Consumer<Exchange> ended;

    /** Who still works on it: the answer, until it is sent or cannot be, and generations. The log waits for all of them. */
    private final AtomicInteger workers = new AtomicInteger(1);

    private volatile boolean isGone;

    // of the event loop

    private boolean isSent;
    private boolean isOver;

    /** Runs while the client does not take what there is. */
    private long stallTimer = NONE;

    /** How many bytes of the budget its body and its answer have taken. */
    private long taken;

    private final Map<String, JsonValue> notes = new LinkedHashMap<>(); // guarded by itself

    /**
     * For the event loop.
     *
     * @param stallTime how long a client may read nothing of what there is
     * @param budget what large bodies and answers are taken from
     * @param sockets what closes the connection of a client that does not read
     * @param ended is told once when the answer is sent, or the client has gone before, and nothing works on it any more
     */
    Exchange(
            Context context,
            HttpServerRequest request,
            Duration stallTime,
            Budget budget,
            Sockets sockets,
            Consumer<Exchange> ended) {
        this.context = context;
        this.stallTime = stallTime;
        this.budget = budget;
        this.sockets = sockets;
        this.ended = ended;
        this.request = request;
        this.response = request.response();
        this.id = id(request);
        response.putHeader("x-request-id", id);
        response.exceptionHandler(e -> leave());
        response.endHandler(sent -> end());
        response.closeHandler(closed -> {
            leave();
            end();
            over();
        });
    }

    /** Notes that the client goes. One that cannot be written to has gone, even if what is left of its answer is still written. */
    private void leave() {
        noteWhetherGone();
        cancellation.cancel(null);
    }

    private void noteWhetherGone() {
        if (!response.ended()) {
            isGone = true;
        }
    }

    private void end() {
        if (!isSent) {
            isSent = true;
            noteWhetherGone();
            release();
        }
    }

    /** Lets the log wait until {@link #release}; returns whether it does, because it is not written yet. */
    boolean hold() {
        return workers.getAndUpdate(number -> number == 0 ? 0 : number + 1) > 0;
    }

    /** Ends what {@link #hold} began. */
    void release() {
        if (workers.decrementAndGet() == 0) {
            ended.accept(this);
        }
    }

    /** Gives back what it has taken: its last byte is on its way, or the client is gone. */
    private void over() {
        isOver = true;
        takes();
        budget.give(taken);
        taken = 0;
    }

    /** Takes bytes of the budget until it is over; returns whether there are as many. For the event loop. */
    boolean take(long bytes) {
        if (isOver || !budget.take(bytes)) {
            return false;
        }
        taken += bytes;
        return true;
    }

    private static String id(HttpServerRequest request) {
        String given = request.getHeader("x-client-request-id");
        return given != null && REQUEST_ID.matcher(given).matches()
                ? given
                : "req_" + UUID.randomUUID().toString().replace("-", "");
    }

    HttpServerRequest request() {
        return request;
    }

    HttpServerResponse response() {
        return response;
    }

    /** Returns whether the answer is still wanted; it is cancelled when the client goes away. */
    Cancellation cancellation() {
        return cancellation;
    }

    /** Runs something on the event loop. */
    void onEventLoop(Runnable action) {
        context.runOnContext(nothing -> action.run());
    }

    /** Returns how long ago the request came, in milliseconds. */
    double millis() {
        return Math.round((System.nanoTime() - start) / 1e5) / 10.0;
    }

    /** Adds a field to the line of the log. */
    void note(String name, JsonValue value) {
        synchronized (notes) {
            notes.put(name, value);
        }
    }

    /** Adds to a number in the line of the log. */
    void count(String name, int number) {
        synchronized (notes) {
            JsonValue before = notes.get(name);
            notes.put(name, JsonValue.of(number + (before == null ? 0 : before.longValue())));
        }
    }

    /** Returns the path of the endpoint, as it stands in the list of routes. */
    String endpoint() {
        synchronized (notes) {
            JsonValue endpoint = notes.get(ENDPOINT);
            return endpoint == null ? "none" : endpoint.text();
        }
    }

    /** Returns the line of the log. */
    String logLine() {
        JsonObject.Builder line = JsonObject.builder()
                .put("time", Instant.now().toString())
                .put("id", id)
                .put(
                        "client",
                        request.remoteAddress() == null
                                ? ""
                                : request.remoteAddress().hostAddress())
                .put("method", request.method().name())
                .put("path", request.path())
                .put("status", response.getStatusCode())
                .put("ms", millis());
        synchronized (notes) {
            notes.forEach(line::put);
        }
        if (isGone) {
            line.put("client_gone", true);
        }
        return line.build().toString();
    }

    /** Takes the right to answer; returns whether nobody else has it. */
    boolean begin() {
        return isAnswered.compareAndSet(false, true);
    }

    /** Answers with JSON. */
    void answer(int status, JsonValue body) {
        answer(status, JSON, Json.write(body).getBytes(StandardCharsets.UTF_8));
    }

    /** Answers with bytes. */
    void answer(int status, @Nullable String contentType, byte[] body) {
        if (begin()) {
            onEventLoop(() -> {
                if (body.length <= Budget.FREE || take(body.length)) {
                    send(status, contentType, body);
                } else {
                    sendError(tooMuch());
                }
            });
        }
    }

    /** Returns the refusal of what there is no memory for. */
    static ApiException tooMuch() {
        return new ApiException(
                429,
                null,
                "rate_limit_exceeded",
                "Too many large requests and answers are on their way. Please try again in 1s.");
    }

    /** Answers what should not have happened, and tells the log where. */
    void defect(@Nullable Throwable e) {
        note("defect", JsonValue.of(e == null ? "unknown" : e + " at " + Arrays.asList(e.getStackTrace())));
        refuse(new ApiException(
                500,
                null,
                null,
                "The server failed: " + (e == null ? "" : e.getClass().getSimpleName())));
    }

    /** Tells the log of an error. */
    void noteError(ApiException error) {
        note("error", JsonValue.of(String.valueOf(error.getMessage())));
    }

    /** Answers with an error, or nothing if an answer has begun. */
    void refuse(ApiException error) {
        noteError(error);
        if (!begin()) {
            return;
        }
        onEventLoop(() -> sendError(error));
    }

    /** For the event loop. */
    private void sendError(ApiException error) {
        Matcher retry = RETRY.matcher(String.valueOf(error.getMessage()));
        if (retry.find()) {
            response.putHeader("retry-after", Long.toString((long) Math.ceil(Double.parseDouble(retry.group(1)))));
        }
        if (error.status() == 504 || error.status() == 500) { // it would fail again, and be paid again
            response.putHeader("x-should-retry", "false");
        }
        send(error.status(), JSON, Json.write(error.toJson()).getBytes(StandardCharsets.UTF_8));
    }

    /** For the event loop. */
    private void send(int status, @Nullable String contentType, byte[] body) {
        if (response.closed() || response.ended()) {
            return;
        }
        begin(status, contentType);
        if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
            end(Buffer.buffer());
        } else {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
            sendFrom(Buffer.buffer(body), 0);
        }
    }

    private void sendFrom(Buffer body, int start) {
        int position = start;
        while (body.length() - position > PIECE) {
            if (response.closed()) {
                return;
            }
            if (response.writeQueueFull()) {
                int next = position;
                response.drainHandler(drained -> sendFrom(body, next));
                stall();
                return;
            }
            takes();
            response.write(body.getBuffer(position, position + PIECE));
            position += PIECE;
        }
        end(body.getBuffer(position, body.length()));
    }

    /** Sends the last bytes of an answer. For the event loop. */
    void end(Buffer last) {
        takes();
        boolean isClosing = response.headers().contains(HttpHeaders.CONNECTION, HttpHeaders.CLOSE, true);
        Future<Void> sent = response.end(last);
        sent.onComplete(done -> {
            takes();
            over();
            if (isClosing) {
                closeConnection();
            }
        });
        if (!sent.isComplete()) {
            stall();
        }
    }

    /** Closes the connection as the answer said, after the rest of the request: who still writes would not read the answer. */
    private void closeConnection() {
        if (request.isEnded()) {
            request.connection().close();
        } else {
            request.endHandler(end -> request.connection().close());
        }
    }

    /** Notes that the client does not take what there is; if it goes on like that, its connection is closed. For the event loop. */
    void stall() {
        if (stallTimer == NONE && !isOver) {
            stallTimer = context.owner().setTimer(stallTime.toMillis(), late -> {
                note("client_too_slow", JsonValue.of("took nothing for " + stallTime.toMillis() / 1e3 + " s"));
                cancellation.cancel(null);
                sockets.close(request.connection());
            });
        }
    }

    /** Notes that the client takes what there is. For the event loop. */
    void takes() {
        if (stallTimer != NONE) {
            context.owner().cancelTimer(stallTimer);
            stallTimer = NONE;
        }
    }

    /** Sets what every answer begins with. For the event loop. */
    void begin(int status, @Nullable String contentType) {
        if (sockets.isClosing()) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        response.setStatusCode(status);
        response.putHeader("openai-processing-ms", Long.toString(Math.round(millis())));
        if (contentType != null) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, contentType);
        }
    }
}
