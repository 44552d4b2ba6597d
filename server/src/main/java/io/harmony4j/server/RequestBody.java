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
import java.util.function.Consumer;

/**
 * Reads the bodies of requests, each up to a length and within a time, and all of them together within the {@link Budget}. All on the
 * event loop.
 */
final class RequestBody {
    private final Vertx vertx;
    private final int limit;
    private final Duration time;

    RequestBody(Vertx vertx, int limit, Duration time) {
        this.vertx = vertx;
        this.limit = limit;
        this.time = time;
    }

    /**
     * Returns the text of a body.
     *
     * @throws ApiException if it is not UTF-8
     */
    static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ApiException(400, null, null, "The body is not JSON: expected UTF-8, but it is not.");
        }
    }

    /** Reads the body of a request; refuses it if there is too much of it, or it takes too long. */
    void read(Exchange exchange, Consumer<byte[]> done) {
        HttpServerRequest request = exchange.request();
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && (length.length() > 18 || Long.parseLong(length) > limit)) {
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
        if (!request.isEnded()) {
            long timer =
                    vertx.setTimer(time.toMillis(), late -> request.connection().close());
            request.endHandler(end -> vertx.cancelTimer(timer)).exceptionHandler(e -> vertx.cancelTimer(timer));
        }
    }

    private ApiException tooLarge() {
        return new ApiException(
                413, null, "request_too_large", "Expected a body of at most " + limit + " bytes, but got more.");
    }

    /** A body on its way. */
    private final class Reading {
        private final Exchange exchange;
        private final Consumer<byte[]> done;
        private Buffer bytes = Buffer.buffer();
        private long timer;
        private boolean isOver;

        Reading(Exchange exchange, Consumer<byte[]> done) {
            this.exchange = exchange;
            this.done = done;
        }

        void add(Buffer part) {
            if (isOver) {
                return;
            }
            int length = bytes.length() + part.length();
            if (length > limit) {
                refuse(tooLarge());
            } else if (length > Budget.FREE && !exchange.take(Math.min(part.length(), length - Budget.FREE))) {
                refuse(Exchange.tooMuch());
            } else {
                bytes.appendBuffer(part);
            }
        }

        void end() {
            if (!isOver) {
                isOver = true;
                vertx.cancelTimer(timer);
                byte[] all = bytes.getBytes();
                bytes = Buffer.buffer();
                done.accept(all);
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
                bytes = Buffer.buffer();
            }
        }
    }
}
