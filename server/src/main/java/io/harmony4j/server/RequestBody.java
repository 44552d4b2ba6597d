package io.harmony4j.server;

import io.harmony4j.openai.ApiException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Reads the bodies of requests, each up to a length and within a time, and all of them together up to a number of bytes. All on the
 * event loop.
 */
final class RequestBody {
    private final Vertx vertx;
    private final int limit;
    private final Duration time;

    /** How many bytes all bodies together may have, until their requests are read. */
    private final long budget;

    private final AtomicLong used = new AtomicLong();

    RequestBody(Vertx vertx, int limit, Duration time) {
        this.vertx = vertx;
        this.limit = limit;
        this.time = time;
        this.budget = Math.max(2L * limit, Runtime.getRuntime().maxMemory() / 16);
    }

    /** A body that has been read, and takes of the budget until it is released. */
    final class Body {
        private final long size;
        private final byte[] bytes;

        private Body(byte[] bytes) {
            this.bytes = bytes;
            this.size = bytes.length;
        }

        /** @throws ApiException if it is not UTF-8 */
        String text() {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new ApiException(400, null, null, "The body is not JSON: expected UTF-8, but it is not.");
            }
        }

        void release() {
            used.addAndGet(-size);
        }
    }

    /** Reads the body of a request; refuses it if there is too much of it, or it takes too long. */
    void read(Exchange exchange, Consumer<Body> done) {
        HttpServerRequest request = exchange.request();
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && length.length() <= 18 && Long.parseLong(length) > limit) {
            exchange.refuse(tooLarge());
            closeAtLast(request);
            return;
        }
        Reading reading = new Reading(exchange, done);
        request.handler(reading::add).endHandler(end -> reading.end()).exceptionHandler(e -> reading.stop());
        exchange.cancellation().onCancel(() -> exchange.onEventLoop(reading::stop));
        reading.timer = vertx.setTimer(time.toMillis(), timer -> reading.timeOut());
    }

    /**
     * Lets a client that has its answer send the rest of its body, which is dropped, for some time: one that finds its connection
     * closed while it writes does not read the answer.
     */
    private void closeAtLast(HttpServerRequest request) {
        vertx.setTimer(time.toMillis(), timer -> {
            if (!request.isEnded()) {
                request.connection().close();
            }
        });
    }

    private ApiException tooLarge() {
        return new ApiException(
                413, null, "request_too_large", "Expected a body of at most " + limit + " bytes, but got more.");
    }

    /** A body on its way. */
    private final class Reading {
        private final Exchange exchange;
        private final Consumer<Body> done;
        private Buffer bytes = Buffer.buffer();
        private long timer;
        private boolean isOver;

        Reading(Exchange exchange, Consumer<Body> done) {
            this.exchange = exchange;
            this.done = done;
        }

        void add(Buffer part) {
            if (isOver) {
                return;
            }
            if (bytes.length() + part.length() > limit) {
                refuse(tooLarge());
            } else if (used.get() + part.length() > budget) {
                refuse(new ApiException(
                        429,
                        null,
                        "rate_limit_exceeded",
                        "Too many large requests are being read. Please try again in 1s."));
            } else {
                used.addAndGet(part.length());
                bytes.appendBuffer(part);
            }
        }

        void end() {
            if (!isOver) {
                isOver = true;
                vertx.cancelTimer(timer);
                byte[] all = bytes.getBytes();
                bytes = Buffer.buffer();
                done.accept(new Body(all));
            }
        }

        void timeOut() {
            if (!isOver) {
                refuse(new ApiException(
                        408,
                        null,
                        null,
                        "Expected the whole body within " + time.toSeconds() + " s, but it did not come."));
            }
        }

        private void refuse(ApiException why) {
            stop();
            exchange.refuse(why);
            closeAtLast(exchange.request());
        }

        void stop() {
            if (!isOver) {
                isOver = true;
                vertx.cancelTimer(timer);
                used.addAndGet(-bytes.length());
                bytes = Buffer.buffer();
            }
        }
    }
}
