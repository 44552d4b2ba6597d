package io.harmony4j.server;

import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.json.JsonObject;
import io.harmony4j.openai.ApiException;
import io.harmony4j.openai.ResponseAnswer;
import io.harmony4j.openai.ResponsesRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A response from when it is asked for until it is finished: it waits, is made, and may be looked at meanwhile. Made in the background
 * it goes on when its client is gone, and its events are kept, for clients that want to read them from any point on. Thread-safe.
 */
final class ResponseRun implements Slots.Job {
    private final Service service;
    private final ResponsesRequest request;
    private final Exchange exchange;
    private final EventStream events;
    private final ResponseRuns runs;
    private final Cancellation cancellation;
    private final ResponseAnswer answer;
    private final CompletableFuture<JsonObject> whole = new CompletableFuture<>();

    // guarded by the answer, as the answer itself is

    /** The events as they are sent, by their sequence numbers; only for those that can be read again. */
    private final List<byte[]> kept = new ArrayList<>();

    private final List<Reader> readers = new ArrayList<>();
    private @Nullable Future<?> opener;

    /** A client that reads the kept events, as fast as it can; {@code next} is the number of the one that it gets next. */
    private static final class Reader {
        private final EventStream stream;
        private int next;

        Reader(EventStream stream, int next) {
            this.stream = stream;
            this.next = next;
        }
    }

    ResponseRun(ResponsesRequest request, Call call, ResponseRuns runs) {
        this.service = call.service();
        this.request = request;
        this.exchange = call.exchange();
        this.events = call.events();
        this.runs = runs;
        this.cancellation = request.isBackground() ? new Cancellation() : exchange.cancellation();
        this.answer = request.isStream()
                ? request.answer(service.tokenizer(), this::tell)
                : request.answer(service.tokenizer());
        if (isReplayable()) {
            follow(events, -1);
        }
    }

    String id() {
        return answer.id();
    }

    boolean isBackground() {
        return request.isBackground();
    }

    /** Returns whether its events can be read again. */
    boolean isReplayable() {
        return request.isBackground() && request.isStream();
    }

    @Override
    public Cancellation cancellation() {
        return cancellation;
    }

    /** Returns the response as it is now. */
    JsonObject snapshot() {
        synchronized (answer) {
            return answer.toJson();
        }
    }

    /** Returns the response when it is finished, or as it is after a time. */
    JsonObject whole(Duration limit) {
        try {
            return whole.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return snapshot();
        } catch (ExecutionException | TimeoutException e) {
            return snapshot();
        }
    }

    /** Returns how many bytes its events take. */
    long length() {
        synchronized (answer) {
            return kept.stream().mapToLong(event -> event.length).sum();
        }
    }

    /** Keeps the response as it is now for later requests, if its request wants that. */
    void keep() {
        synchronized (answer) {
            service.responses().keep(request, answer);
        }
    }

    /** Sends a client the events after one, those that come included; for a run whose events are kept. */
    void follow(EventStream stream, long after) {
        synchronized (answer) {
            Reader reader = new Reader(stream, (int) Math.max(0, Math.min(after + 1, kept.size())));
            readers.add(reader);
            stream.onRoom(() -> hand(reader));
            hand(reader);
        }
    }

    /** Hands a reader what it has room for of the events that it does not have yet; when it has all, its stream ends. */
    private void hand(Reader reader) {
        synchronized (answer) {
            while (reader.next < kept.size() && reader.stream.hasRoom()) {
                reader.stream.send(kept.get(reader.next++));
            }
            if (whole.isDone() && reader.next == kept.size()) {
                readers.remove(reader);
                reader.stream.end();
            }
        }
    }

    @Override
    public void run(Duration waited) {
        service.waited(waited, exchange);
        begin();
        try {
            TokenGenerator generator = service.generator(exchange, cancellation, this::awaitRoom);
            service.loop(generator).run(request, answer, cancellation::isCancelled);
        } catch (ApiException e) {
            refuse(e);
            return;
        }
        service.metrics().repaired(answer.diagnostics());
        finish();
    }

    /**
     * Notes that it is being made. A stream that its client waits for begins a little later, so that a runtime elsewhere can refuse the
     * request first.
     */
    private void begin() {
        synchronized (answer) {
            if (isBackground()) {
                answer.begin();
            } else if (request.isStream()) {
                opener = runs.after(EventStream.OPEN_AFTER, this::open);
            }
        }
    }

    private void open() {
        synchronized (answer) {
            if (!whole.isDone()) {
                answer.begin();
            }
        }
    }

    @Override
    public void refuse(ApiException why) {
        boolean isToldByStatus = !isBackground() && !events.isOpen();
        synchronized (answer) {
            if (whole.isDone()) {
                return;
            }
            if (cancellation.isCancelled() && cancellation.cause() == null) {
                answer.turn().finish(FinishReason.CANCELLED);
            } else if (isToldByStatus) {
                whole.completeExceptionally(why);
            } else {
                exchange.noteError(why);
                answer.turn().fail(why);
            }
        }
        if (isToldByStatus) {
            runs.forget(this);
            exchange.refuse(why);
        } else {
            finish();
        }
    }

    private void finish() {
        JsonObject response;
        synchronized (answer) {
            if (opener != null) {
                opener.cancel(false);
            }
            response = answer.toJson();
            whole.complete(response);
        }
        keep();
        runs.finished(this);
        readers().forEach(this::hand);
        if (isBackground()) {
            return;
        }
        if (request.isStream()) {
            events.end();
        } else {
            exchange.answer(200, response);
        }
    }

    /** Tells those who read of an event; the lock is held. */
    private void tell(JsonObject event) {
        byte[] bytes = EventStream.event(event.get("type").text(), event.toString());
        if (isReplayable()) {
            kept.add(bytes);
            readers.removeIf(reader -> reader.stream.isGone());
            readers.forEach(this::hand);
        } else {
            events.send(bytes);
        }
    }

    private List<Reader> readers() {
        synchronized (answer) {
            return List.copyOf(readers);
        }
    }

    /** Waits for the client that asked. */
    private void awaitRoom() {
        if (!isBackground() && request.isStream()) {
            events.awaitRoom();
        }
    }
}
