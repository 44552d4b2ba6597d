package io.harmony4j.server;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An answer as a stream of server-sent events. Whoever writes never waits for the client: what it has not read yet is kept, up to a
 * length, and a writer that {@link #awaitRoom asks} before it makes more does not exceed that by more than one event. A client that
 * takes nothing for a while is left, also after the last event. Methods can be called by any thread, unless they say otherwise.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">HTML: server-sent events</a>
 */
final class EventStream {
    /**
     * When a stream begins that has no token yet. A runtime elsewhere that is not there, or refuses, mostly says so within this time,
     * and the client then gets its status in place of a stream with an error.
     */
    static final Duration OPEN_AFTER = Duration.ofMillis(250);

    private static final Buffer KEEP_ALIVE = Buffer.buffer(": keep-alive\n\n");

    private final Vertx vertx;
    private final Exchange exchange;
    private final HttpServerResponse response;
    private final int limit;
    private final Duration keepAliveTime;

    // guarded by this
    private Buffer pending = Buffer.buffer();
    private boolean isOpen;
    private boolean isEnded;
    private boolean isFlushDue;
    private Runnable onRoom = () -> {};

    // of the event loop

    /** When something was written last. */
    private long lastWrite;

    private long keepAliveTimer = -1;

    EventStream(Vertx vertx, Exchange exchange, ServerOptions options) {
        this.vertx = vertx;
        this.exchange = exchange;
        this.response = exchange.response();
        this.limit = options.streamLength();
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

    /** Does something, on a worker thread, each time when the client has read enough for more to be sent after it had not. */
    synchronized void onRoom(Runnable action) {
        onRoom = action;
    }

    /** Returns whether the client has gone, or has been left. */
    boolean isGone() {
        return exchange.cancellation().isCancelled();
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

    /** Waits until the client has read enough for more to be sent, or the exchange is cancelled, as it is if it does not for too long. */
    void awaitRoom() {
        try {
            synchronized (this) {
                while (pending.length() >= limit && !exchange.cancellation().isCancelled()) {
                    wait();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.cancellation().cancel(null);
        }
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
        boolean isMore = true;
        while (isMore) {
            Buffer next;
            boolean isLast;
            Runnable action = null;
            synchronized (this) {
                isFlushDue = false;
                if (response.closed() || response.ended()) {
                    return;
                }
                if (response.writeQueueFull()) {
                    exchange.stall(); // the handler of a drained queue comes back here
                    return;
                }
                boolean hadRoom = hasRoom();
                next = takePiece();
                isMore = pending.length() > 0;
                isLast = isEnded && !isMore;
                if (!hadRoom && hasRoom()) {
                    notifyAll();
                    action = onRoom;
                }
            }
            exchange.takes();
            write(next, isLast);
            if (action != null) {
                Runnable due = action;
                vertx.executeBlocking(
                        () -> {
                            due.run();
                            return true;
                        },
                        false);
            }
        }
    }

    /** Takes what is written next; the lock is held. */
    private Buffer takePiece() {
        Buffer piece = pending;
        if (pending.length() <= Exchange.PIECE) {
            pending = Buffer.buffer();
        } else {
            piece = pending.getBuffer(0, Exchange.PIECE);
            pending = pending.getBuffer(Exchange.PIECE, pending.length());
        }
        return piece;
    }

    private void write(Buffer piece, boolean isLast) {
        lastWrite = System.nanoTime();
        if (isLast) {
            vertx.cancelTimer(keepAliveTimer);
            exchange.end(piece);
        } else if (piece.length() > 0) {
            response.write(piece);
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
