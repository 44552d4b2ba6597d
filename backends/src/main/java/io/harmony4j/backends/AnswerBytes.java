package io.harmony4j.backends;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an answer as they come. The thread that reads them waits no longer than the limit, and notices cancellation while it
 * waits; it is asked for the next bytes only when it wants them, so no more than a buffer or two are held. Closing it before the end
 * closes the connection.
 */
final class AnswerBytes implements HttpResponse.BodySubscriber<AnswerBytes>, AutoCloseable {
    private static final Object END = new Object();

    private final HttpConnection connection;
    private final BooleanSupplier cancelled;
    private Duration limit;

    /** Lists of buffers, then END or what went wrong. */
    private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();

    /** What has been taken from there. */
    private final Deque<ByteBuffer> buffers = new ArrayDeque<>();

    private boolean isAtEnd;
    private Flow.@Nullable Subscription subscription; // guarded by this
    private boolean isClosed; // guarded by this

    AnswerBytes(HttpConnection connection, Duration limit, BooleanSupplier cancelled) {
        this.connection = connection;
        this.limit = limit;
        this.cancelled = cancelled;
    }

    /** Returns the exception of an answer that is not as it should be; the text goes on after the runtime's name. */
    BackendException broken(String what, @Nullable Throwable cause) {
        return connection.broken(what, cause);
    }

    /** Sets how long to wait for the next bytes. */
    void limitSilence(Duration newLimit) {
        limit = newLimit;
    }

    /**
     * Waits for the first bytes.
     *
     * @param isLast whether to throw if there are none
     * @return whether there are any
     */
    boolean awaitFirst(boolean isLast) {
        try {
            ByteBuffer first = next();
            if (first != null) {
                buffers.addFirst(first);
                return true;
            }
        } catch (BackendException e) {
            if (isLast || e.kind() == BackendException.Kind.TIMED_OUT) {
                throw e;
            }
            return false;
        }
        if (isLast) {
            throw broken("sent an empty answer", null);
        }
        return false;
    }

    /**
     * Returns the next bytes, at least one; null after the last.
     *
     * @throws CancellationException if it is cancelled, or the thread is interrupted
     * @throws BackendException if none come within the limit, or the connection breaks off
     */
    @Nullable
    ByteBuffer next() {
        long start = System.nanoTime();
        while (true) {
            HttpConnection.throwIfCancelled(cancelled);
            ByteBuffer buffer = buffers.poll();
            if (buffer != null) {
                if (buffer.hasRemaining()) {
                    return buffer;
                }
                continue;
            }
            if (isAtEnd) {
                return null;
            }
            take(start);
        }
    }

    private void take(long start) {
        Object next;
        try {
            next = arrived.poll(HttpConnection.ASK_EVERY, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw HttpConnection.interrupted();
        }
        if (next == null) {
            if (System.nanoTime() - start > limit.toNanos()) {
                throw connection.silent(limit);
            }
        } else if (next instanceof List<?> more) {
            more.forEach(buffer -> buffers.add((ByteBuffer) buffer));
            request();
        } else {
            isAtEnd = true;
            if (next instanceof Throwable cause) {
                throw broken("broke off its answer: " + cause.getMessage(), cause);
            }
        }
    }

    /** Returns the first bytes of the answer, at most so many, as far as they come. */
    byte[] upTo(int most) {
        ByteBuffer all = ByteBuffer.allocate(most);
        try {
            for (ByteBuffer next = next(); next != null && all.hasRemaining(); next = next()) {
                all.put(next.slice().limit(Math.min(next.remaining(), all.remaining())));
            }
        } catch (BackendException e) {
            // what has come must do
        }
        byte[] bytes = new byte[all.position()];
        all.flip().get(bytes);
        return bytes;
    }

    private synchronized void request() {
        if (subscription != null) {
            subscription.request(1);
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        if (subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public CompletionStage<AnswerBytes> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        if (isClosed) {
            newSubscription.cancel();
        } else {
            newSubscription.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> more) {
        arrived.add(more);
    }

    @Override
    public void onError(Throwable cause) {
        arrived.add(cause);
    }

    @Override
    public void onComplete() {
        arrived.add(END);
    }
}
