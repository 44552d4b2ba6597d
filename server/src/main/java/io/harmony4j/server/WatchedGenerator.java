package io.harmony4j.server;

import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.json.JsonValue;
import io.harmony4j.openai.ApiException;
import java.util.function.Consumer;

/**
 * The model's generator on behalf of a request: it stops when the request is cancelled, waits for clients that read slowly, counts, and
 * says what goes wrong as the error that the client gets.
 */
final class WatchedGenerator implements TokenGenerator {
    private final TokenGenerator generator;
    private final Metrics metrics;
    private final Exchange exchange;
    private final Cancellation cancellation;
    private final Runnable awaitRoom;

    /**
     * @param exchange where figures are noted
     * @param cancellation whether what is generated is still wanted
     * @param awaitRoom waits until the client can be sent more
     */
    WatchedGenerator(
            TokenGenerator generator,
            Metrics metrics,
            Exchange exchange,
            Cancellation cancellation,
            Runnable awaitRoom) {
        this.generator = generator;
        this.metrics = metrics;
        this.exchange = exchange;
        this.cancellation = cancellation;
        this.awaitRoom = awaitRoom;
    }

    /**
     * {@inheritDoc}
     *
     * @throws ApiException if it fails, or is cancelled for a cause
     */
    @Override
    public Generation generate(int[] prompt, GenerationOptions options, Consumer<GeneratedToken> tokens) {
        boolean isHeld = exchange.hold();
        Watch watch = new Watch(tokens);
        try {
            Generation generation =
                    generator.generate(prompt, options.withCancelled(cancellation::isCancelled), watch::accept);
            exchange.count("cached_tokens", generation.cachedTokens());
            metrics.tokens("cached", generation.cachedTokens());
            ApiException cause = cancellation.cause();
            if (cause != null) {
                throw cause;
            }
            return generation;
        } catch (RuntimeException e) {
            throw ModelErrors.of(e);
        } finally {
            exchange.count("prompt_tokens", prompt.length);
            metrics.tokens("prompt", prompt.length);
            watch.report();
            if (isHeld) {
                exchange.release();
            }
        }
    }

    /** Takes the time of one generation. */
    private final class Watch {
        private final Consumer<GeneratedToken> tokens;
        private final long start = System.nanoTime();
        private long firstToken;
        private int count;

        Watch(Consumer<GeneratedToken> tokens) {
            this.tokens = tokens;
        }

        void accept(GeneratedToken token) {
            if (count++ == 0) {
                firstToken = System.nanoTime();
            }
            awaitRoom.run();
            tokens.accept(token);
        }

        void report() {
            exchange.count("completion_tokens", count);
            metrics.tokens("completion", count);
            if (count > 0) {
                metrics.firstToken(firstToken - start);
                metrics.decoded(count - 1, System.nanoTime() - firstToken);
                exchange.note("first_token_ms", JsonValue.of((firstToken - start) / 1_000_000));
            }
        }
    }
}
