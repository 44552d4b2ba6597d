package io.harmony4j.engine;

import io.harmony4j.generation.FinishReason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The one thread that computes for all calls of a {@link BatchGenerator}. Each of its rounds is one pass of the model: the token that each
 * generation drew last, and the next part of the prompts that are being read, which share what else a batch has room for.
 */
final class Scheduler {
    private final Model model;
    private final int maxSequences;
    private final PrefixCache cache;
    private final Thread thread = new Thread(this::work, "harmony-engine-scheduler");
    private final Deque<Call> waiting = new ArrayDeque<>(); // in order of arrival; guarded by this
    private boolean isClosed; // guarded by this
    private final List<Call> running = new ArrayList<>(); // the thread's own
    private volatile int active; // how many of these there are

    Scheduler(Model model, int maxSequences, PrefixCache cache) {
        this.model = model;
        this.maxSequences = maxSequences;
        this.cache = cache;
        thread.setDaemon(true);
        thread.start();
    }

    /** Has a call wait for its turn. */
    synchronized void submit(Call call) {
        if (isClosed) {
            throw new IllegalStateException("expected an open generator but it is closed");
        }
        waiting.add(call);
        notifyAll();
    }

    synchronized int waiting() {
        return waiting.size();
    }

    int active() {
        return active;
    }

    /** Ends all calls as cancelled, and the thread, and waits for its end. */
    void close() {
        synchronized (this) {
            isClosed = true;
            notifyAll();
        }
        if (Thread.currentThread() != thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void work() {
        while (awaitCalls()) {
            try {
                round();
            } catch (Throwable e) { // the model's: it hits all that take part
                running.forEach(call -> call.fail(e));
                if (e instanceof OutOfMemoryError) {
                    cache.clear();
                }
            }
        }
        running.forEach(call -> call.end(FinishReason.CANCELLED));
        takeWaiting(Integer.MAX_VALUE).forEach(call -> call.end(FinishReason.CANCELLED));
        active = 0;
        cache.clear();
    }

    /** Waits until there is something to do; returns false if it is to end. */
    private synchronized boolean awaitCalls() {
        while (!isClosed && waiting.isEmpty() && running.isEmpty()) {
            try {
                wait();
            } catch (InterruptedException e) {
                // nobody has a reason to interrupt this thread but close(), which says so otherwise
            }
        }
        return !isClosed;
    }

    private void round() {
        leave();
        running.addAll(takeWaiting(maxSequences - running.size()));
        active = running.size();
        List<Call> calls = begin();
        List<Model.Part> parts = parts(calls);
        Logits[] logits = new Logits[parts.size()];
        if (!parts.isEmpty()) {
            model.read(parts, (part, row) -> logits[part] = row);
        }
        for (int i = 0; i < parts.size(); i++) {
            Run run = calls.get(i).run();
            run.read();
            cache.keepShared(run);
            if (parts.get(i).logitsWanted()) {
                calls.get(i).draw(logits[i]);
            }
        }
    }

    /** Removes the calls that are over. */
    private void leave() {
        for (Iterator<Call> calls = running.iterator(); calls.hasNext(); ) {
            Call call = calls.next();
            if (call.isOver()) {
                calls.remove();
                if (!call.hasFailed()) {
                    cache.keep(call.run());
                }
            }
        }
        List<Call> asked;
        synchronized (this) {
            asked = List.copyOf(waiting);
        }
        List<Call> over =
                asked.stream().filter(Call::isOver).toList(); // outside of the monitor: it asks the callers' code
        synchronized (this) {
            waiting.removeAll(over);
        }
    }

    private synchronized List<Call> takeWaiting(int most) {
        List<Call> taken = new ArrayList<>();
        while (taken.size() < most && !waiting.isEmpty()) {
            taken.add(waiting.remove());
        }
        return taken;
    }

    /** Begins the calls that can begin; returns all that have. */
    private List<Call> begin() {
        List<Run> others = new ArrayList<>();
        for (Call call : running) {
            if (call.run().hasBegun()) {
                others.add(call.run());
            }
        }
        for (Call call : running) {
            if (!call.run().hasBegun() && call.begin(cache, others)) {
                others.add(call.run());
            }
        }
        return running.stream().filter(call -> call.run().hasBegun()).toList();
    }

    /** Returns what each call is to read in the next pass. */
    private List<Model.Part> parts(List<Call> calls) {
        int readers = (int)
                calls.stream().filter(call -> call.run().isReadingPrompt()).count();
        int room = Math.max(readers, model.batch() - (calls.size() - readers)); // for prompts
        List<Model.Part> parts = new ArrayList<>();
        for (Call call : calls) {
            Run run = call.run();
            int limit = 1;
            if (run.isReadingPrompt()) {
                limit = room / readers;
                readers--;
            }
            int[] tokens = run.unread(limit);
            if (run.isReadingPrompt()) {
                room -= tokens.length;
            }
            parts.add(new Model.Part(run.sequence(), tokens, run.drawsAfter(tokens)));
        }
        return parts;
    }
}
