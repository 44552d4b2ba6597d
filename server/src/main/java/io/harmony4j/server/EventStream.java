package io.harmony4j.server;

import io.harmony4j.json.JsonValue;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An answer as a stream of server-sent events. Whoever writes never waits for the client: what it has not read yet is kept, up to a
 * length, and a writer that {@link #awaitRoom asks} before it makes more does not exceed that by more than one piece. A client that
 * does not read is left after a while. Methods can be called by any thread, unless they say otherwise.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML: server-sent events</a>
 */
final class EventStream {
    private static final Buffer KEEP_ALIVE = Buffer.buffer(": keep-alive\n\n");

    /** How long a client may take to read what is left after the last event. */
    private static final Duration LIMIT_AFTER_END = Duration.ofMinutes(1);

    private final Vertx vertx;
    private final Exchange exchange;
    private final HttpServerResponse response;
    private final int limit;
    private final Duration stallTime;
    private final Duration keepAliveTime;

    // guarded by this
    private Buffer pending = Buffer.buffer();
    private boolean isOpen;
    private boolean isEnded;
    private boolean isFlushDue;

    /** When something was written last; of the event loop. */
    private long lastWrite;

    private long keepAliveTimer = -1;

    EventStream(Vertx vertx, Exchange exchange, ServerOptions options) {
        this.vertx = vertx;
        this.exchange = exchange;
        this.response = exchange.response();
        this.limit = options.streamLength();
        this.stallTime = options.stallTime();
        this.keepAliveTime = options.keepAliveTime();
        exchange.cancellation().onCancel(this::wake);
    }

    private synchronized void wake() {
        notifyAll();
    }

    /** Returns whether the answer has begun, so that an error can no longer be the answer's status. */
    synchronized boolean isOpen() {
        return isOpen;
    }

    /**
     * Sends an event; the first one begins the answer.
     *
     * @param type the event's name; null for none
     * @param data one line
     */
    void send(@Nullable String type, String data) {
        send(event(type, data));
    }

    /** Sends an event that has been made already. */
    void send(byte[] event) {
        write(event, false);
    }

    /** Returns an event as it is sent. */
    static byte[] event(@Nullable String type, String data) {
        String name = type == null ? "" : "event: " + type + "\n";
        return (name + "data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Ends the stream after what was sent. */
    void end() {
        write(new byte[0], true);
    }

    /** Returns whether the client has read enough for more to be sent. */
    synchronized boolean hasRoom() {
        return pending.length() < limit;
    }

    private void write(byte[] bytes, boolean isLast) {
        synchronized (this) {
            if (isEnded || response.closed()) {
                return;
            }
            if (!isOpen) {
                if (!exchange.begin()) {
                    isEnded = true; // somebody else has answered
                    return;
                }
                isOpen = true;
                exchange.onEventLoop(this::open);
            }
            pending.appendBytes(bytes);
            isEnded = isLast;
            if (isFlushDue) {
                return;
            }
            isFlushDue = true;
        }
        exchange.onEventLoop(this::flush);
    }

    /**
     * Waits until the client has read enough for more to be sent. If it does not for too long, its connection is closed, and the
     * exchange is cancelled.
     */
    void awaitRoom() {
        long end = System.nanoTime() + stallTime.toNanos();
        boolean isStalled = false;
        synchronized (this) {
            try {
                while (pending.length() >= limit && !exchange.cancellation().isCancelled()) {
                    long left = end - System.nanoTime();
                    if (left <= 0) {
                        isStalled = true;
                        break;
                    }
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                exchange.cancellation().cancel(null);
            }
        }
        if (isStalled) {
            leave("read nothing for " + stallTime.toSeconds() + " s");
        }
    }

    private void leave(String why) {
        exchange.note("client_too_slow", JsonValue.of(why));
        exchange.cancellation().cancel(null);
        exchange.onEventLoop(() -> exchange.request().connection().close());
    }

    // ---- the event loop -------------------------------------------------------------------------------------------

    private void open() {
        if (response.closed()) {
            return;
        }
        exchange.begin(200, "text/event-stream; charset=utf-8");
        response.putHeader("cache-control", "no-cache");
        response.putHeader("x-accel-buffering", "no");
        response.setChunked(true);
        response.drainHandler(drained -> flush());
        lastWrite = System.nanoTime();
        long period = Math.max(1, keepAliveTime.toMillis() / 2);
        keepAliveTimer = vertx.setPeriodic(period, timer -> keepAlive());
    }

    private void flush() {
        Buffer next;
        boolean isLast;
        synchronized (this) {
            isFlushDue = false;
            if (response.closed() || response.ended() || response.writeQueueFull()) {
                return; // the handler of a drained queue comes back here
            }
            next = pending;
            pending = Buffer.buffer();
            isLast = isEnded;
            notifyAll();
        }
        lastWrite = System.nanoTime();
        if (isLast) {
            long timer = vertx.setTimer(LIMIT_AFTER_END.toMillis(), late -> leave("did not read the end"));
            response.end(next).onComplete(done -> vertx.cancelTimer(timer));
        } else if (next.length() > 0) {
            response.write(next);
        }
    }

    private void keepAlive() {
        if (response.ended() || response.closed()) {
            vertx.cancelTimer(keepAliveTimer);
        } else if (System.nanoTime() - lastWrite >= keepAliveTime.toNanos() && !response.writeQueueFull()) {
            lastWrite = System.nanoTime();
            response.write(KEEP_ALIVE.copy());
        }
    }
}
