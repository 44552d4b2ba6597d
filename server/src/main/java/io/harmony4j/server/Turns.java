package io.harmony4j.server;

import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.json.JsonValue;
import io.harmony4j.openai.AnswerTurn;
import io.harmony4j.openai.ApiException;
import io.harmony4j.openai.ApiRequest;
import io.harmony4j.tokenizer.Tokenizer;
import java.time.Duration;

/** Runs turns of a model, and counts what they take. Thread-safe. */
final class Turns {
    private final ServedModel model;
    private final Tokenizer tokenizer;
    private final Metrics metrics;

    Turns(ServedModel model, Tokenizer tokenizer, Metrics metrics) {
        this.model = model;
        this.tokenizer = tokenizer;
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
     * @param cancellation whether it is still wanted
     * @param awaitRoom waits until more can be taken; is called without the lock
     */
    record Target(AnswerTurn turn, Object lock, Cancellation cancellation, Runnable awaitRoom) {}

    /**
     * Generates, and finishes the turn.
     *
     * @param exchange where figures are noted
     * @throws ApiException if it fails, or is cancelled for a cause; the turn is not finished then
     */
    void run(ApiRequest request, int choice, int[] prompt, Target target, Exchange exchange) {
        int room = Math.max(1, model.contextTokens() - prompt.length);
        TokenGenerator generator = request.forced(model.generator(), tokenizer);
        Watch watch = new Watch(target);
        Generation generation;
        try {
            GenerationOptions options = request.generationOptions(choice, room).withCancelled(watch::isOver);
            generation = generator.generate(prompt, options, watch::accept);
        } catch (RuntimeException e) {
            throw ModelErrors.of(e);
        }
        ApiException cause = target.cancellation().cause();
        if (cause != null) {
            throw cause;
        }
        synchronized (target.lock()) {
            target.turn().finish(generation);
            metrics.repaired(target.turn().diagnostics());
        }
        watch.report(generation, metrics, exchange);
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
        void report(Generation generation, Metrics metrics, Exchange exchange) {
            long end = System.nanoTime();
            if (firstToken != 0) {
                metrics.firstToken(firstToken - start);
                exchange.note("first_token_ms", JsonValue.of((firstToken - start) / 1_000_000));
            }
            metrics.generated(generation, count, end - firstToken);
            exchange.count("prompt_tokens", generation.promptTokens());
            exchange.count("cached_tokens", generation.cachedTokens());
            exchange.count("completion_tokens", count);
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
