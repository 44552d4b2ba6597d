package io.harmony4j.engine;

import static java.util.Objects.requireNonNull;

import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A call of {@link BatchGenerator#generate}, between two threads: the scheduler draws tokens, and the calling thread gives them to the
 * consumer when that is ready for them. The monitor is never held while a consumer runs, so that none blocks the scheduler.
 */
final class Call {
    private final GenerationOptions options;
    private final Run run; // its results are read by the calling thread, so that the monitor guards begin and draw
    private final Deque<GeneratedToken> drawn =
            new ArrayDeque<>(); // not yet heard; never more than options.maxTokens()
    private @Nullable FinishReason finishReason;
    private @Nullable Throwable failure;
    private volatile boolean isAbandoned; // the calling thread has left

    Call(Run run, GenerationOptions options) {
        this.run = run;
        this.options = options;
    }

    // The calling thread.

    /**
     * Gives each token to the consumer until the end.
     *
     * @return what the consumer was given
     */
    Generation listen(Consumer<GeneratedToken> tokens) {
        int heard = 0;
        try {
            for (GeneratedToken token = next(); token != null; token = next()) {
                tokens.accept(token);
                heard++;
                if (!isLast(heard) && options.isCancelled()) {
                    return result(heard, FinishReason.CANCELLED);
                }
            }
            return result(heard, finishReason());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return result(heard, FinishReason.CANCELLED);
        } finally {
            isAbandoned = true;
        }
    }

    /** Waits for the next token; returns null at the end. */
    private synchronized @Nullable GeneratedToken next() throws InterruptedException {
        while (drawn.isEmpty()) {
            if (finishReason != null) {
                return null;
            }
            throwFailure();
            wait();
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return drawn.poll();
    }

    private synchronized void throwFailure() {
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        if (failure != null) {
            throw new UndeclaredThrowableException(failure);
        }
    }

    private synchronized boolean isLast(int heard) {
        return run.finishReason() != null && run.count() == heard;
    }

    private synchronized FinishReason finishReason() {
        return requireNonNull(finishReason);
    }

    private synchronized Generation result(int heard, FinishReason reason) {
        return run.result(heard, reason);
    }

    // The scheduler.

    Run run() {
        return run;
    }

    /** Returns whether nothing more is to be done; asks whether the generation is cancelled. */
    boolean isOver() {
        if (!isEnded() && !isAbandoned) {
            try {
                if (options.isCancelled()) {
                    end(FinishReason.CANCELLED);
                }
            } catch (Throwable e) {
                fail(e);
            }
        }
        return isEnded() || isAbandoned;
    }

    private synchronized boolean isEnded() {
        return finishReason != null || failure != null;
    }

    synchronized boolean hasFailed() {
        return failure != null;
    }

    /** Begins, if nothing speaks against it. */
    synchronized boolean begin(PrefixCache cache, List<Run> others) {
        try {
            return cache.begin(run, others);
        } catch (Throwable e) {
            fail(e);
            return false;
        }
    }

    /** Draws the next token. */
    synchronized void draw(Logits logits) {
        try {
            drawn.add(run.draw(logits));
            finishReason = run.finishReason();
            notifyAll();
        } catch (Throwable e) {
            fail(e);
        }
    }

    synchronized void end(FinishReason reason) {
        if (!isEnded()) {
            finishReason = reason;
            notifyAll();
        }
    }

    /** Ends it with an exception, which the calling thread throws after it has given all tokens to the consumer. */
    synchronized void fail(Throwable thrown) {
        if (!isEnded()) {
            failure = thrown;
            notifyAll();
        }
    }
}
