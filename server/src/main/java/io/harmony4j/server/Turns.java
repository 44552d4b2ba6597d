package io.harmony4j.server;

import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.json.JsonValue;
import io.harmony4j.openai.AnswerTurn;
import io.harmony4j.openai.ApiException;
import io.harmony4j.openai.Turn;
import java.time.Duration;

/** Runs turns of a model, and counts what they take. Thread-safe. */
final class Turns {
    private final Metrics metrics;

    Turns(Metrics metrics) {
        this.metrics = metrics;
    }

    /** Notes how long a request has waited for its place. */
    void waited(Duration time, Exchange exchange) {
        metrics.waited(time);
        exchange.note("queue_ms", JsonValue.of(time.toMillis()));
    }

    /**
     * What a turn goes into.
     *
     * @param turn the turn; whoever uses it or its answer holds the lock
     * @param exchange where figures are noted
     * @param cancellation whether it is still wanted
     * @param awaitRoom waits until more can be taken; is called without the lock
     */
    record Target(Turn turn, Object lock, Exchange exchange, Cancellation cancellation, Runnable awaitRoom) {}

    /**
     * Generates, and finishes the turn.
     *
     * @throws ApiException if it fails, or is cancelled for a cause; the turn is not finished then
     */
    void run(TokenGenerator generator, int[] prompt, GenerationOptions options, Target target) {
        Exchange exchange = target.exchange();
        boolean isHeld = exchange.hold();
        Watch watch = new Watch(target);
        try {
            Generation generation = generate(generator, prompt, options, watch);
            finish(generation, target);
            metrics.tokens("cached", generation.cachedTokens());
            exchange.count("cached_tokens", generation.cachedTokens());
        } finally {
            exchange.count("prompt_tokens", prompt.length);
            metrics.tokens("prompt", prompt.length);
            watch.report(metrics, exchange);
            if (isHeld) {
                exchange.release();
            }
        }
    }

    private static Generation generate(TokenGenerator generator, int[] prompt, GenerationOptions options, Watch watch) {
        try {
            return generator.generate(prompt, options.withCancelled(watch::isOver), watch::accept);
        } catch (RuntimeException e) {
            throw ModelErrors.of(e);
        }
    }

    private void finish(Generation generation, Target target) {
        ApiException cause = target.cancellation().cause();
        if (cause != null) {
            throw cause;
        }
        synchronized (target.lock()) {
            target.turn().finish(generation);
            if (target.turn() instanceof AnswerTurn turn) {
                metrics.repaired(turn.diagnostics());
            }
        }
    }

    /** Hands tokens to a turn. */
    private static final class Watch {
        private final Target target;
        private final long start = System.nanoTime();
        private volatile boolean isDone;
        private long firstToken;
        private int count;

        Watch(Target target) {
            this.target = target;
        }

        /** Returns whether no more is wanted; any thread may ask. */
        boolean isOver() {
            return isDone || target.cancellation().isCancelled();
        }

        /** Tells the figures. */
        void report(Metrics metrics, Exchange exchange) {
            exchange.count("completion_tokens", count);
            metrics.tokens("completion", count);
            if (count > 0) {
                metrics.firstToken(firstToken - start);
                metrics.decoded(count - 1, System.nanoTime() - firstToken);
                exchange.note("first_token_ms", JsonValue.of((firstToken - start) / 1_000_000));
            }
        }

        void accept(GeneratedToken token) {
            if (count++ == 0) {
                firstToken = System.nanoTime();
            }
            target.awaitRoom().run();
            synchronized (target.lock()) {
                target.turn().accept(token);
                isDone = target.turn().isDone();
            }
        }
    }
}
