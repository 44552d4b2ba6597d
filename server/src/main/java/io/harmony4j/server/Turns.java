package io.harmony4j.server;

import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.json.JsonValue;
import io.harmony4j.openai.AnswerTurn;
import io.harmony4j.openai.ApiException;
import io.harmony4j.openai.ApiRequest;

/** Runs turns of a model, and counts what they take. Thread-safe. */
final class Turns {
    private final Service service;
    private final Metrics metrics;

    Turns(Service service, Metrics metrics) {
        this.service = service;
        this.metrics = metrics;
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
        int room = Math.max(1, service.model().contextTokens() - prompt.length);
        GenerationOptions options = request.generationOptions(choice);
        Watch watch = new Watch(target);
        Generation generation;
        try {
            generation = service.model()
                    .generator()
                    .generate(
                            prompt,
                            options.withMaxTokens(Math.min(options.maxTokens(), room))
                                    .withCancelled(watch::isOver),
                            watch::accept);
        } catch (RuntimeException e) {
            throw ModelErrors.of(e);
        }
        ApiException cause = target.cancellation().cause();
        if (cause != null) {
            throw cause;
        }
        synchronized (target.lock()) {
            target.turn().finish(generation);
        }
        if (watch.firstToken != 0) {
            metrics.firstToken(watch.firstToken - watch.start);
            exchange.note("first_token_ms", JsonValue.of((watch.firstToken - watch.start) / 1_000_000));
        }
        exchange.note("prompt_tokens", JsonValue.of(generation.promptTokens()));
        exchange.note("cached_tokens", JsonValue.of(generation.cachedTokens()));
        exchange.note("completion_tokens", JsonValue.of(watch.count));
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
