package io.harmony4j.server;

import io.harmony4j.openai.ResponseStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The responses that are being made, and the latest of those whose events can be read again: so many, for so long, and of so many
 * bytes. Thread-safe.
 */
final class ResponseRuns {
    private static final int MAX_REPLAYABLE = 100;
    private static final long MAX_BYTES = 64_000_000;
    private static final Duration MAX_AGE = Duration.ofHours(1);

    private final Slots slots;
    private final ResponseStore store;

    // guarded by this
    private final Map<String, ResponseRun> unfinished = new HashMap<>();
    private final Map<String, Finished> replayable = new LinkedHashMap<>(); // the oldest first
    private long bytes;

    private record Finished(ResponseRun run, long length, long since) {}

    ResponseRuns(Slots slots, ResponseStore store) {
        this.slots = slots;
        this.store = store;
    }

    /**
     * Starts a run, or lets it wait.
     *
     * @throws io.harmony4j.openai.ApiException if it is refused
     */
    void start(ResponseRun run, boolean isKnown) {
        if (isKnown) { // its client knows its id before it is finished
            run.keep();
        }
        synchronized (this) {
            unfinished.put(run.id(), run);
        }
        try {
            slots.submit(List.of(run));
        } catch (RuntimeException e) {
            forget(run);
            throw e;
        }
    }

    /** Returns a run that is not finished, or can be read again. */
    synchronized Optional<ResponseRun> get(String id) {
        dropOldest();
        ResponseRun run = unfinished.get(id);
        if (run == null && replayable.containsKey(id)) {
            run = replayable.get(id).run();
        }
        return Optional.ofNullable(run);
    }

    /** Forgets a run that has come to nothing. */
    void forget(ResponseRun run) {
        store.delete(run.id());
        drop(run.id());
    }

    /** Drops a run; one that is not finished is cancelled. */
    void drop(String id) {
        @Nullable ResponseRun run;
        synchronized (this) {
            run = unfinished.remove(id);
            Finished finished = replayable.remove(id);
            if (finished != null) {
                bytes -= finished.length();
            }
        }
        if (run != null) {
            run.cancellation().cancel(null);
        }
    }

    /** Notes that a run is finished. */
    synchronized void finished(ResponseRun run) {
        if (unfinished.remove(run.id()) == null) { // deleted meanwhile
            store.delete(run.id());
        } else if (run.isReplayable()) {
            Finished finished = new Finished(run, run.length(), System.nanoTime());
            replayable.put(run.id(), finished);
            bytes += finished.length();
            dropOldest();
        }
    }

    private void dropOldest() {
        Iterator<Finished> oldest = replayable.values().iterator();
        while (oldest.hasNext()) {
            Finished next = oldest.next();
            boolean isOld = System.nanoTime() - next.since() > MAX_AGE.toNanos();
            if (!isOld && bytes <= MAX_BYTES && replayable.size() <= MAX_REPLAYABLE) {
                return;
            }
            oldest.remove();
            bytes -= next.length();
        }
    }

    Future<?> after(Duration delay, Runnable action) {
        return slots.after(delay, action);
    }
}
