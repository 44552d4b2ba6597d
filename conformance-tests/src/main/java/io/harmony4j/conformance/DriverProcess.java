package io.harmony4j.conformance;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An implementation that is a process and speaks the driver protocol. Whatever the process does, every request gets its answer
 * or a failure in bounded time.
 *
 * <p>Many requests are on their way at a time. When the process crashes, writes something that is no answer, or is silent for
 * longer than the time limit, that counts as one of the {@link #crashes}, and it cannot be told which of them is to blame, or the one that was answered last: the process is
 * started again, and they are asked once more, one by one. A request that fails alone has failed. An answer counts when the
 * process has answered something else after it, a {@code hello} if there is nothing else to ask. A command that is met with silence 5 times in a row, or
 * fails 50 times in a row, is not asked any more. For several threads.
 */
public final class DriverProcess implements Implementation {
    /** How many requests are on their way at a time. */
    private static final int WINDOW = 64;

    /** How much the failures of a command in a row may cost: one that costs the whole time limit counts ten times. */
    private static final int PATIENCE = 50;

    private static final int SILENCE_COST = 10;

    /** How many times in a row a process that has said hello before may fail to do so when it is started again. */
    private static final int START_PATIENCE = 3;

    private static final String CLOSED = "the driver has been closed";
    private static final Duration LONGEST_LIMIT = Duration.ofDays(365);
    private static final long FOREVER_NANOS = TimeUnit.DAYS.toNanos(1);
    private static final long EXIT_PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long END_MILLIS = 2000;
    private static final long QUEUE_PATIENCE_MILLIS = 100;
    private static final int QUEUE_CAPACITY = 1024;
    private static final int MAX_SHOWN = 200;
    private static final int ERRORS_SHOWN_BYTES = 300;
    private static final int ERRORS_LOGGED_BYTES = 4000;
    private static final int MAX_LOGGED = 20;

    private final List<String> command;
    private final long limitNanos;
    private final long startLimitNanos;
    private final DriverChild.Listener listener = new Listener();
    private final ErrorTail errors = new ErrorTail();
    private final Queue<String> troubles = new ConcurrentLinkedQueue<>();
    private final AtomicInteger crashes = new AtomicInteger();

    /** What the conductor is to do: the only way in which other threads reach the fields below. */
    private final BlockingQueue<Runnable> events = new ArrayBlockingQueue<>(QUEUE_CAPACITY);

    private final Thread conductor = new Thread(this::conduct, "driver-conductor");

    /** A process that hangs must not outlive this one. */
    private final Thread killer = new Thread(this::kill, "driver-killer");

    private volatile boolean isOver;

    private final Queue<Job> waiting = new ArrayDeque<>();
    private final Map<Long, Job> inFlight = new LinkedHashMap<>(); // by seq, the oldest first
    private final Deque<Job> suspects = new ArrayDeque<>(); // to be asked one by one
    private final Map<String, Integer> costInARow = new HashMap<>(); // of failures, by command
    private long nextSeq;

    private volatile @Nullable DriverChild child;
    private boolean isReady; // it has said hello
    private long helloSeq;
    private int failedStarts; // in a row
    private @Nullable String dead; // why the process is not started any more
    private long exitedAt; // when the process ended while more of its output might come, or 0
    private long progressAt; // when the process was started, or gave an answer

    private boolean isProbing; // a suspect is asked alone
    private @Nullable Job held; // the last one that was answered: its answer does not count yet
    private boolean isFenced; // a hello is on its way, so that it will
    private long fenceSeq;
    private boolean isClosing;

    /** A request on its way to an answer. */
    private static final class Job {
        private final JsonObject request;
        private final CompletableFuture<Answer> future = new CompletableFuture<>();
        private long sentAt;
        private @Nullable Answer answer;

        Job(JsonObject request) {
            this.request = request;
        }

        String command() {
            return Lenient.text(request.get("cmd"));
        }
    }

    private DriverProcess(List<String> command, Duration limit, Duration startLimit) {
        this.command = List.copyOf(command);
        this.limitNanos = nanos(limit);
        this.startLimitNanos = nanos(startLimit);
    }

    /**
     * Returns an implementation that is started when it is asked.
     *
     * @param commandLine the program and its arguments, divided at spaces; quotes keep a word together
     * @param limit how long it may be silent when it has been asked, also for its {@code hello}, which includes what it loads
     * @throws IllegalArgumentException if the command line is empty or has an open quote, or the limit is not positive
     */
    public static DriverProcess of(String commandLine, Duration limit) {
        requireNonNull(limit, "limit");
        return of(CommandWords.of(requireNonNull(commandLine, "commandLine")), limit, limit);
    }

    /** @param startLimit how long the process may take to say hello */
    static DriverProcess of(List<String> command, Duration limit, Duration startLimit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("expected a time limit above 0 but found " + limit);
        }
        DriverProcess process = new DriverProcess(command, limit, startLimit);
        process.conductor.setDaemon(true);
        process.conductor.start();
        Runtime.getRuntime().addShutdownHook(process.killer);
        return process;
    }

    /** Returns a limit that can be reckoned with, however long it is. */
    private static long nanos(Duration limit) {
        return (limit.compareTo(LONGEST_LIMIT) < 0 ? limit : LONGEST_LIMIT).toNanos();
    }

    @Override
    public CompletableFuture<Answer> ask(JsonObject request) {
        Job job = new Job(requireNonNull(request, "request"));
        if (!tell(() -> waiting.add(job)) || isOver) {
            job.future.complete(Answer.failed(CLOSED, 0));
        }
        return job.future;
    }

    @Override
    public List<String> log() {
        List<String> log = new ArrayList<>(troubles);
        if (errors.total() > 0) {
            log.add("standard error, " + errors.total() + " bytes, ends in: " + errors.last(ERRORS_LOGGED_BYTES));
        }
        return log;
    }

    @Override
    public int crashes() {
        return crashes.get();
    }

    @Override
    public void close() {
        if (!isOver) {
            Runtime.getRuntime().removeShutdownHook(killer);
        }
        tell(() -> isClosing = true);
        try {
            conductor.join(2 * END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Has the conductor do something; returns false if it has ended. */
    private boolean tell(Runnable event) {
        try {
            while (!isOver) {
                if (events.offer(event, QUEUE_PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                    return true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private void conduct() {
        try {
            while (!isClosing) {
                send();
                Runnable event = events.poll(nanosToWait(), TimeUnit.NANOSECONDS);
                if (event != null) {
                    event.run();
                } else if (exitedAt != 0) {
                    trouble(requireNonNull(child, "child").ending(), 1);
                } else if (isBusy()) {
                    Duration limit = Duration.ofNanos(isReady ? limitNanos : startLimitNanos);
                    trouble("no answer within " + limit.toMillis() + " ms", SILENCE_COST);
                }
            }
            end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            isOver = true;
            kill();
            child = null; // that it has ended, as it was told to, is no trouble
            events.forEach(Runnable::run);
            failAll(CLOSED);
        }
    }

    private void kill() {
        DriverChild last = child;
        if (last != null) {
            last.kill();
        }
    }

    /** Returns whether the process owes something. */
    private boolean isBusy() {
        return child != null && (!isReady || isFenced || !inFlight.isEmpty());
    }

    private long nanosToWait() {
        if (exitedAt != 0) {
            return exitedAt + EXIT_PATIENCE_NANOS - System.nanoTime();
        }
        if (!isBusy()) {
            return FOREVER_NANOS;
        }
        long since = progressAt;
        if (!inFlight.isEmpty()) {
            long sentAt = inFlight.values().iterator().next().sentAt;
            since = sentAt - progressAt > 0 ? sentAt : progressAt;
        }
        return since + (isReady ? limitNanos : startLimitNanos) - System.nanoTime();
    }

    /** Sends what may be sent now, and starts the process if there is need for it. */
    private void send() {
        if (child == null && dead == null && !(waiting.isEmpty() && suspects.isEmpty())) {
            start();
        }
        if (dead != null) {
            failAll(dead);
        }
        if (!isReady) {
            return;
        }
        if (inFlight.isEmpty() && held == null) {
            isProbing = false;
            while (!isProbing && !suspects.isEmpty()) {
                isProbing = sendUnlessHopeless(suspects.remove());
            }
        }
        while (!isProbing && inFlight.size() < WINDOW && !waiting.isEmpty()) {
            sendUnlessHopeless(waiting.remove());
        }
        if (inFlight.isEmpty() && held != null && !isFenced) {
            fenceSeq = sendHello();
            isFenced = true;
        }
    }

    private void start() {
        isReady = false;
        exitedAt = 0;
        progressAt = System.nanoTime();
        try {
            child = DriverChild.start(command, listener, errors);
            helloSeq = sendHello();
        } catch (IOException e) {
            dead = "expected a driver that can be started but found: " + e.getMessage();
        }
    }

    private long sendHello() {
        return write(Driver.HELLO);
    }

    /** Sends a request; one whose command has failed too often fails at once. */
    private boolean sendUnlessHopeless(Job job) {
        if (costInARow.getOrDefault(job.command(), 0) >= PATIENCE) {
            fail(job, "not asked: " + job.command() + " has failed too often in a row");
            return false;
        }
        job.sentAt = System.nanoTime();
        inFlight.put(write(job.request), job);
        return true;
    }

    private long write(JsonObject request) {
        long seq = nextSeq++;
        JsonObject.Builder line = JsonObject.builder().put("seq", seq);
        request.members().forEach(line::put);
        requireNonNull(child, "child").send(line.build());
        return seq;
    }

    private void onAnswer(JsonObject answer) {
        long now = System.nanoTime();
        JsonValue seqOfAnswer = answer.get("seq");
        long seq = (long) seqOfAnswer.doubleValue(); // exact up to 2^53
        Job job = inFlight.remove(seq);
        if (job != null) {
            long since = job.sentAt - progressAt > 0 ? job.sentAt : progressAt;
            progressAt = now;
            job.answer = Answer.of(answer.without("seq"), now - since);
            succeedHeld();
            held = job;
        } else if (!isReady && seq == helloSeq) {
            isReady = true;
            failedStarts = 0;
            progressAt = now;
        } else if (isFenced && seq == fenceSeq) {
            isFenced = false;
            succeedHeld();
        } else if (seq < 0 || seq >= nextSeq) {
            trouble("expected the seq of a request but found " + seqOfAnswer, 1);
        }
        // what is answered once more is not looked at
    }

    /** Starts again, and finds out which request is to blame. */
    private void trouble(String what, int cost) {
        String reason =
                what + (errors.total() == 0 ? "" : "; standard error ends in: " + errors.last(ERRORS_SHOWN_BYTES));
        crashes.incrementAndGet();
        if (troubles.size() < MAX_LOGGED) {
            troubles.add(reason);
        }
        requireNonNull(child, "child").kill();
        child = null;
        exitedAt = 0;
        if (!isReady) {
            failedStarts++;
            boolean isFirst = nextSeq == 1;
            if (isFirst || failedStarts == START_PATIENCE) {
                dead = "expected a driver that says hello but found: " + reason;
            }
        } else {
            List<Job> suspected = takeOpen();
            if (isProbing) {
                suspected.forEach(job -> {
                    costInARow.merge(job.command(), cost, Integer::sum);
                    fail(job, reason);
                });
            } else {
                suspects.addAll(suspected);
            }
        }
        isReady = false;
    }

    /** Returns what the process has not answered, or not for sure, and forgets it. */
    private List<Job> takeOpen() {
        List<Job> open = new ArrayList<>();
        if (held != null) {
            open.add(held);
        }
        open.addAll(inFlight.values());
        held = null;
        isFenced = false;
        inFlight.clear();
        return open;
    }

    private void succeedHeld() {
        if (held != null) {
            costInARow.remove(held.command());
            held.future.complete(requireNonNull(held.answer, "answer"));
            held = null;
        }
    }

    private void fail(Job job, String reason) {
        job.future.complete(Answer.failed(reason, job.sentAt == 0 ? 0 : System.nanoTime() - job.sentAt));
    }

    private void failAll(String reason) {
        List<Job> all = takeOpen();
        all.addAll(suspects);
        all.addAll(waiting);
        suspects.clear();
        waiting.clear();
        all.forEach(job -> fail(job, reason));
    }

    /** Asks the process to end. */
    private void end() throws InterruptedException {
        if (child != null) {
            write(JsonObject.of("cmd", JsonValue.of("stop")));
            child.end(END_MILLIS);
        }
    }

    private static String shortened(String text) {
        String line = text.strip();
        return line.length() <= MAX_SHOWN ? line : line.substring(0, MAX_SHOWN) + "...";
    }

    /** Passes on to the conductor what the process does; what an earlier process does is not looked at. */
    private final class Listener implements DriverChild.Listener {
        @Override
        public void answered(DriverChild from, JsonObject answer) {
            tell(from, () -> onAnswer(answer));
        }

        @Override
        public void wroteGarbage(DriverChild from, String line) {
            tell(from, () -> trouble("expected an answer on a line but found: " + shortened(line), 1));
        }

        @Override
        public void endedOutput(DriverChild from) {
            tell(from, () -> trouble(from.ending(), 1));
        }

        @Override
        public void exited(DriverChild from) {
            tell(from, () -> exitedAt = System.nanoTime());
        }

        private void tell(DriverChild from, Runnable event) {
            DriverProcess.this.tell(() -> {
                if (from == child) {
                    event.run();
                }
            });
        }
    }
}
