package io.harmony4j.server;

import io.harmony4j.openai.ApiException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The places where generations run: so many at a time, each on a thread of its own. Jobs for which there is no place wait in the order
 * in which they came, so many and for so long. Thread-safe.
 *
 * <pre>
 * WAITING --a place is free--> RUNNING --> DONE
 *         --too long, or the server closes--> refused
 *         --cancelled--> dropped
 * </pre>
 */
final class Slots {
    /** How long a job usually runs, in seconds, before there was any. */
    private static final double FIRST_GUESS = 2;

    private static final double MAX_RETRY_SECONDS = 60;

    private final int parallel;
    private final int maxWaiting;
    private final Duration maxWait;
    private final Duration maxRun;
    private final ThreadPoolExecutor threads;
    private final ScheduledThreadPoolExecutor timer;

    /** All jobs that wait or run; guarded by this. */
    private final Set<Place> places = new HashSet<>();

    private int waiting;
    private boolean isClosed;
    private double usualSeconds = FIRST_GUESS;

    /** What is to be done in a place. */
    interface Job {
        /**
         * Does it. Must end soon after its cancellation is cancelled.
         *
         * @param waited how long it waited
         */
        void run(Duration waited);

        /** Is told that it will not be done, instead of {@link #run} or by what that threw; by any thread. */
        void refuse(ApiException why);

        /** Returns whether it is still wanted. */
        Cancellation cancellation();
    }

    /**
     * Makes places.
     *
     * @param parallel how many jobs run at a time
     * @param maxWaiting how many wait
     * @param maxWait how long a job may wait
     * @param maxRun how long it may run; after that it is cancelled
     */
    Slots(int parallel, int maxWaiting, Duration maxWait, Duration maxRun) {
        this.parallel = parallel;
        this.maxWaiting = maxWaiting;
        this.maxWait = maxWait;
        this.maxRun = maxRun;
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                parallel,
                parallel,
                60,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> daemon(task, "harmony-generation-" + number.incrementAndGet()));
        threads.allowCoreThreadTimeOut(true);
        this.timer = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "harmony-timer"));
        timer.setRemoveOnCancelPolicy(true);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Takes the jobs of a request, all of them or none.
     *
     * @throws ApiException if too many wait (429), or the server closes (503)
     */
    void submit(List<? extends Job> jobs) {
        synchronized (this) {
            if (isClosed) {
                throw closing();
            }
            if (places.size() >= parallel + maxWaiting) { // those that are about to run do not count as waiting
                throw full();
            }
            for (Job job : jobs) {
                Place place = new Place(job);
                places.add(place);
                waiting++;
                threads.execute(place);
                place.begin();
            }
        }
    }

    /** Does something after a while, unless the future is cancelled before. */
    ScheduledFuture<?> after(Duration delay, Runnable action) {
        return timer.schedule(action, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns how many jobs wait. */
    synchronized int waiting() {
        return waiting;
    }

    /** Returns how many jobs run. */
    synchronized int running() {
        return places.size() - waiting;
    }

    /**
     * Refuses the jobs that wait, lets the others go on for a time, then cancels them and waits for their end. Returns whether there were
     * any.
     */
    boolean close(Duration limit, Duration limitAfterCancelling) {
        List<Place> all;
        synchronized (this) {
            isClosed = true;
            all = new ArrayList<>(places);
        }
        boolean wasBusy = !all.isEmpty();
        all.forEach(place -> place.refuse(closing()));
        awaitEnd(limit);
        synchronized (this) {
            all = new ArrayList<>(places);
        }
        all.forEach(place -> place.job.cancellation().cancel(closing()));
        awaitEnd(limitAfterCancelling);
        threads.shutdownNow();
        timer.shutdownNow();
        return wasBusy;
    }

    private synchronized void awaitEnd(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (!places.isEmpty()) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the refusal of a server that closes. */
    static ApiException closing() {
        return new ApiException(503, null, "model_not_ready", "The server is shutting down. Please try again in 5s.");
    }

    private ApiException full() {
        return new ApiException(
                429,
                null,
                "rate_limit_exceeded",
                "The queue is full: " + waiting + " requests wait already. Please try again in " + retrySeconds()
                        + "s.");
    }

    private ApiException waitedTooLong() {
        return new ApiException(
                503,
                null,
                "model_not_ready",
                "The request waited for " + maxWait.toSeconds()
                        + " s, and all places are still taken. Please try again in " + retrySeconds() + "s.");
    }

    private static ApiException ranTooLong(Duration limit) {
        return new ApiException(
                504,
                null,
                "generation_timeout",
                "The answer took longer than " + limit.toSeconds()
                        + " s, the limit of this server; ask for fewer tokens.");
    }

    /** Returns in how many seconds there may be room, in tenths. */
    private synchronized double retrySeconds() {
        double seconds = Math.max(1, Math.min(MAX_RETRY_SECONDS, usualSeconds * (waiting + 1) / parallel));
        return Math.round(10 * seconds) / 10.0;
    }

    /** A job with what it waits for. */
    private final class Place implements Runnable {
        private final Job job;
        private final long since = System.nanoTime();
        private @Nullable ScheduledFuture<?> alarm;

        /** Whether somebody has decided what becomes of it; guarded by the slots. */
        private boolean isTaken;

        Place(Job job) {
            this.job = job;
        }

        /** Begins to wait. */
        void begin() {
            alarm = after(maxWait, () -> refuse(waitedTooLong()));
            job.cancellation().onCancel(this::drop);
        }

        @Override
        public void run() {
            if (!take()) {
                return;
            }
            long start = System.nanoTime();
            ScheduledFuture<?> end = after(maxRun, () -> job.cancellation().cancel(ranTooLong(maxRun)));
            try {
                job.run(Duration.ofNanos(start - since));
            } catch (RuntimeException | Error e) { // a defect, or no memory; the client gets an answer in any case
                job.refuse(new ApiException(500, null, null, "The answer could not be made: " + e));
            } finally {
                end.cancel(false);
                leave((System.nanoTime() - start) / 1e9);
            }
        }

        /** Refuses the job if it still waits. */
        void refuse(ApiException why) {
            if (take()) {
                threads.remove(this);
                leave(-1);
                job.refuse(why);
            }
        }

        /** Forgets the job if it still waits: nobody wants it any more, or the cause is told. */
        private void drop() {
            ApiException why = job.cancellation().cause();
            if (take()) {
                threads.remove(this);
                leave(-1);
                job.refuse(why == null ? gone() : why);
            }
        }

        private boolean take() {
            synchronized (Slots.this) {
                if (isTaken) {
                    return false;
                }
                isTaken = true;
                waiting--;
                if (alarm != null) {
                    alarm.cancel(false);
                }
                return true;
            }
        }

        /** Gives the place back. */
        private void leave(double seconds) {
            synchronized (Slots.this) {
                places.remove(this);
                if (seconds >= 0) {
                    usualSeconds += (seconds - usualSeconds) / 8;
                }
                Slots.this.notifyAll();
            }
        }
    }

    /** Returns what is noted about a client that went away; nobody reads it. */
    private static ApiException gone() {
        return new ApiException(499, null, null, "The client closed the connection.");
    }
}
