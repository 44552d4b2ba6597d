package io.harmony4j.server;

import io.harmony4j.openai.AnswerTurn;
import io.harmony4j.openai.Turn;
import io.harmony4j.parser.Diagnostic;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.IntStream;

/** What the server counts, in Prometheus' text format. Thread-safe. */
final class Metrics {
    /** The bounds that times are counted below. */
    private static final Duration[] TIMES = IntStream.of(
                    10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Timer queueTime = timer("harmony.queue.time", "How long requests waited for a place.");
    private final Timer firstToken = timer(
            "harmony.time.to.first.token", "How long it took from the beginning of a generation to its first token.");
    private final DistributionSummary tokensPerSecond = DistributionSummary.builder("harmony.tokens.per.second")
            .description("How many tokens a second a generation gave after its first.")
            .serviceLevelObjectives(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
            .register(registry);

    /** Tells the numbers of places and of those who wait for them. */
    void watch(Slots slots) {
        Gauge.builder("harmony.requests.running", slots, Slots::running)
                .description("Generations that run.")
                .register(registry);
        Gauge.builder("harmony.requests.waiting", slots, Slots::waiting)
                .description("Generations that wait for a place.")
                .register(registry);
    }

    /** Tells the number of bytes that are taken. */
    void watch(Budget budget) {
        Gauge.builder("harmony.memory.bytes", budget, Budget::used)
                .description("Bytes of large requests and answers that are on their way.")
                .register(registry);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(TIMES)
                .register(registry);
    }

    /** Counts a request that has been answered. */
    void request(String endpoint, int status) {
        registry.counter("harmony.requests", "endpoint", endpoint, "status", Integer.toString(status))
                .increment();
    }

    void waited(Duration time) {
        queueTime.record(time);
    }

    void firstToken(long nanos) {
        firstToken.record(Duration.ofNanos(nanos));
    }

    /** Notes how many tokens came after the first one, in which time. */
    void decoded(int tokens, long nanos) {
        if (tokens > 0 && nanos > 0) {
            tokensPerSecond.record(tokens * 1e9 / nanos);
        }
    }

    /** Counts tokens of a kind: {@code prompt}, {@code cached}, which are part of these, or {@code completion}. */
    void tokens(String kind, int number) {
        registry.counter("harmony.tokens", "kind", kind).increment(number);
    }

    /** Counts what the parser had to repair in a turn; continued texts are not parsed. */
    void repaired(Turn turn) {
        if (turn instanceof AnswerTurn answer) {
            repaired(answer.diagnostics());
        }
    }

    /** Counts what the parser had to repair. */
    void repaired(Collection<Diagnostic> diagnostics) {
        for (Diagnostic diagnostic : diagnostics) {
            registry.counter(
                            "harmony.repairs",
                            "code",
                            diagnostic.code().name().toLowerCase(Locale.ROOT),
                            "severity",
                            diagnostic.severity().name().toLowerCase(Locale.ROOT))
                    .increment();
        }
    }

    /** Returns all figures as text. */
    String text() {
        return registry.scrape();
    }
}
