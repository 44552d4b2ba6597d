package io.harmony4j.bench;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts load on the server: many streams at a time, whose words must all come and be their own; hostile clients beside others; and the end of
 * the process in the middle of it all. The server is a process of its own whose model says what its prompt asks for; all clients are on
 * one thread of this one. One run; not thread-safe.
 */
public final class ServerBench {
    private static final int OTHERS = 20;
    private static final int LEAVERS = 100;
    private static final int SLOW_READERS = 100;
    private static final int OTHER_RUDE = 10;
    private static final int ROUNDS = 3;
    private static final int LONG = 100_000;

    private final ServerBenchOptions options;
    private final Listener listener;
    private final List<JsonObject> results = new ArrayList<>();
    private final AtomicInteger number = new AtomicInteger();
    private boolean isRight = true;

    /** A part of the run. */
    public enum Part {
        /** Many streams at a time, two on each connection. */
        STREAMS,
        /** Small requests while others leave, read slowly, or send what they should not. */
        HOSTILE,
        /** What is refused, and how. */
        LIMITS,
        /** {@code kill -TERM} while there are streams. */
        TERM
    }

    /**
     * Prepares a run.
     *
     * @param listener hears the results as they come
     */
    public ServerBench(ServerBenchOptions options, Listener listener) {
        this.options = requireNonNull(options, "options");
        this.listener = requireNonNull(listener, "listener");
    }

    /** Runs all parts; tells the listener the results as tables, and returns the figures, an object for each row. */
    public List<JsonObject> run() throws IOException, InterruptedException {
        listener.result(Machine.here() + "\n");
        List<Part> parts =
                Stream.of(Part.values()).filter(options.parts()::contains).toList();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            listener.progress(part.name().toLowerCase(Locale.ROOT), (double) i / parts.size());
            switch (part) {
                case STREAMS -> streams();
                case HOSTILE -> hostile();
                case LIMITS -> limits();
                case TERM -> term();
            }
        }
        return List.copyOf(results);
    }

    /** Returns whether nothing was lost or mixed, and all that was refused was so with words. */
    public boolean isRight() {
        return isRight;
    }

    private LoadProcess server(int parallel, int queue, long queueTime, long answerTime, long shutdownTime)
            throws IOException {
        return LoadProcess.start(
                JsonObject.builder()
                        .put("parallel", parallel)
                        .put("queue", queue)
                        .put("queue_time", queueTime)
                        .put("answer_time", answerTime)
                        .put("body_time", 5000)
                        .put("shutdown_time", shutdownTime)
                        .build(),
                options.heap());
    }

    private LoadScript script(int words, int millis) {
        return new LoadScript(number.incrementAndGet(), words, millis);
    }

    private static <T> Supplier<@Nullable T> times(int count, Supplier<T> supplier) {
        AtomicInteger left = new AtomicInteger(count);
        return () -> left.getAndDecrement() > 0 ? supplier.get() : null;
    }

    private static boolean areDone(List<StreamClient> clients) {
        return clients.stream().allMatch(StreamClient::isDone);
    }

    private static List<StreamClient.Exchange> exchanges(List<StreamClient> clients) {
        return clients.stream().flatMap(client -> client.exchanges().stream()).toList();
    }

    private void add(String part, JsonObject.Builder figures) {
        JsonObject.Builder row = JsonObject.builder().put("part", part);
        figures.build().members().forEach(row::put);
        results.add(row.build());
    }

    // ---- streams --------------------------------------------------------------------------------------------------

    private void streams() throws IOException, InterruptedException {
        MarkdownTable table = new MarkdownTable(List.of(
                "streams",
                "answered",
                "lost",
                "mixed",
                "refused",
                "seconds",
                "tokens/s",
                "first byte, ms",
                "between, ms",
                "event loop, ms",
                "heap, MB",
                "RSS, MB"));
        try (LoadProcess server = server(options.streams(), options.streams(), 30_000, 60_000, 30_000)) {
            for (int round = 0; round < ROUNDS; round++) {
                streams(server, table, round);
            }
        }
        listener.result("\nStreams at a time (percentiles: median / 99 % / most)\n\n" + table);
    }

    private void streams(LoadProcess server, MarkdownTable table, int round) throws IOException {
        long madeBefore = server.figures(0).get("made").longValue();
        try (LoadLoop loop = new LoadLoop(server.address())) {
            Probe probe = new Probe(loop);
            List<StreamClient> clients = new ArrayList<>();
            long start = System.nanoTime();
            for (int i = 0; i < options.streams(); i++) {
                clients.add(new StreamClient(loop, times(2, () -> script(options.words(), options.millis()))));
            }
            loop.run(() -> areDone(clients), 60);
            double seconds = (System.nanoTime() - start) / 1e9;
            List<StreamClient.Exchange> exchanges = exchanges(clients);
            JsonValue figures = server.figures(0);
            long lost = exchanges.stream().filter(StreamClient.Exchange::isLost).count();
            long mixed =
                    exchanges.stream().filter(StreamClient.Exchange::isMixed).count();
            long answered =
                    exchanges.stream().filter(StreamClient.Exchange::isAnswered).count();
            isRight &= lost == 0 && mixed == 0 && answered == 2L * options.streams();
            double tokens = (figures.get("made").longValue() - madeBefore) / seconds;
            Latencies first = Latencies.ofNanos(exchanges.stream()
                    .filter(exchange -> exchange.firstByte != 0)
                    .mapToLong(exchange -> exchange.firstByte - exchange.start));
            Latencies between = Latencies.ofNanos(exchanges.stream().flatMapToLong(ServerBench::gaps));
            table.add(List.of(
                    exchanges.size() + "",
                    answered + "",
                    lost + "",
                    mixed + "",
                    statuses(exchanges).toString(),
                    String.format(Locale.ROOT, "%.1f", seconds),
                    String.format(Locale.ROOT, "%.0f", tokens),
                    first.toString(),
                    between.toString(),
                    probe.latencies().toString(),
                    figures.get("heap_peak").longValue() / 1_000_000 + "",
                    server.peakMemory() / 1_000_000 + ""));
            add(
                    "streams",
                    JsonObject.builder()
                            .put("round", round)
                            .put("streams", exchanges.size())
                            .put("answered", answered)
                            .put("lost", lost)
                            .put("mixed", mixed)
                            .put("seconds", seconds)
                            .put("tokens_per_s", tokens)
                            .put("first_byte", first.toJson())
                            .put("between", between.toJson())
                            .put("event_loop", probe.latencies().toJson())
                            .put("heap_peak", figures.get("heap_peak").longValue())
                            .put("rss_peak", server.peakMemory()));
        }
    }

    private static LongStream gaps(StreamClient.Exchange exchange) {
        return IntStream.range(1, exchange.arrivals.size())
                .mapToLong(i -> exchange.arrivals.get(i) - exchange.arrivals.get(i - 1));
    }

    /** Returns how many had which status other than 200. */
    private static Map<Integer, Integer> statuses(List<StreamClient.Exchange> exchanges) {
        Map<Integer, Integer> statuses = new TreeMap<>();
        exchanges.stream()
                .filter(exchange -> exchange.status != 200)
                .forEach(exchange -> statuses.merge(exchange.status, 1, Integer::sum));
        return statuses;
    }

    // ---- hostile clients
    // ---------------------------------------------------------------------------------------------

    private void hostile() throws IOException, InterruptedException {
        MarkdownTable table = new MarkdownTable(List.of(
                "beside",
                "requests",
                "answered",
                "whole answer, ms",
                "first byte, ms",
                "event loop, ms",
                "heap, MB",
                "RSS, MB"));
        try (LoadProcess server = server(400, 400, 30_000, 60_000, 1000)) {
            others(server, List.of(), "warm-up", table);
            List<HostileClient.Kind> all = List.of(HostileClient.Kind.values());
            for (int round = 0; round < ROUNDS; round++) {
                others(server, List.of(), "nobody", table);
                others(server, all, "hostile clients", table);
            }
            for (HostileClient.Kind kind : all) {
                others(
                        server,
                        List.of(kind),
                        kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        table);
            }
        }
        listener.result("\n" + OTHERS + " clients with small requests, beside others\n\n" + table);
    }

    private void others(LoadProcess server, List<HostileClient.Kind> kinds, String beside, MarkdownTable table)
            throws IOException, InterruptedException {
        try (LoadLoop loop = new LoadLoop(server.address())) {
            List<HostileClient> crowd = new ArrayList<>();
            for (HostileClient.Kind kind : kinds) {
                for (int i = 0; i < crowd(kind); i++) {
                    crowd.add(new HostileClient(loop, kind, script(LONG, 20)));
                }
            }
            loop.run(() -> false, kinds.isEmpty() ? 0 : 1); // they are all there
            Probe probe = new Probe(loop);
            long end = System.nanoTime() + options.seconds() * 1_000_000_000L;
            List<StreamClient> clients = new ArrayList<>();
            for (int i = 0; i < OTHERS; i++) {
                clients.add(new StreamClient(loop, () -> System.nanoTime() < end ? script(10, 5) : null));
            }
            loop.run(() -> areDone(clients), options.seconds() + 20);
            List<StreamClient.Exchange> exchanges = exchanges(clients);
            long answered =
                    exchanges.stream().filter(StreamClient.Exchange::isAnswered).count();
            isRight &= answered == exchanges.size();
            Latencies whole =
                    Latencies.ofNanos(exchanges.stream().mapToLong(exchange -> exchange.end - exchange.start));
            Latencies first =
                    Latencies.ofNanos(exchanges.stream().mapToLong(exchange -> exchange.firstByte - exchange.start));
            double late = late(server, crowd);
            crowd.forEach(HostileClient::stop);
            loop.run(() -> false, 0.1);
            long rest = server.awaitRest();
            JsonValue figures = server.figures(0);
            table.add(List.of(
                    beside,
                    exchanges.size() + "",
                    answered + "",
                    whole.toString(),
                    first.toString(),
                    probe.latencies().toString(),
                    figures.get("heap_peak").longValue() / 1_000_000 + "",
                    server.peakMemory() / 1_000_000 + ""));
            add(
                    "hostile",
                    JsonObject.builder()
                            .put("beside", beside)
                            .put("requests", exchanges.size())
                            .put("answered", answered)
                            .put("whole", whole.toJson())
                            .put("first_byte", first.toJson())
                            .put("event_loop", probe.latencies().toJson())
                            .put("last_token_after_leaving_ms", late)
                            .put("rest_ms", rest)
                            .put("heap_peak", figures.get("heap_peak").longValue())
                            .put("rss_peak", server.peakMemory()));
            if (kinds.contains(HostileClient.Kind.LEAVES)) {
                listener.result(String.format(
                        Locale.ROOT,
                        "Of clients that left, the last token came at most %.0f ms after that (20 ms a token).%n",
                        late));
            }
        }
    }

    private static int crowd(HostileClient.Kind kind) {
        return switch (kind) {
            case LEAVES -> LEAVERS;
            case READS_ONE_BYTE_A_SECOND, SAYS_NOTHING -> SLOW_READERS;
            default -> OTHER_RUDE;
        };
    }

    /** Returns how long after its client had left the last token of an answer was made, at most, in milliseconds. */
    private static double late(LoadProcess server, List<HostileClient> crowd) throws IOException {
        double most = 0;
        for (HostileClient hostile : crowd) {
            if (hostile.left() != 0) {
                long last = server.figures(hostile.number()).get("last_token").longValue();
                most = Math.max(most, (last - hostile.left()) / 1e6);
            }
        }
        return most;
    }

    // ---- limits ---------------------------------------------------------------------------------------------------

    private void limits() throws IOException {
        MarkdownTable table = new MarkdownTable(List.of("what there is too much of", "asked", "answered", "by status"));
        try (LoadProcess server = server(10, 20, 30_000, 60_000, 1000)) {
            limit(server, "requests at once: places 10, queue 20", 200, script(20, 20), table);
        }
        try (LoadProcess server = server(10, 200, 1000, 60_000, 1000)) {
            limit(server, "time in the queue: 1 s", 100, script(40, 50), table);
        }
        try (LoadProcess server = server(100, 100, 30_000, 1000, 1000)) {
            limit(server, "time of an answer: 1 s", 100, script(LONG, 20), table);
        }
        try (LoadProcess server = server(10, 10, 30_000, 60_000, 1000)) {
            bodies(server, table);
        }
        listener.result("\nLimits\n\n" + table);
    }

    private void limit(LoadProcess server, String what, int requests, LoadScript like, MarkdownTable table)
            throws IOException {
        try (LoadLoop loop = new LoadLoop(server.address())) {
            List<StreamClient> clients = new ArrayList<>();
            for (int i = 0; i < requests; i++) {
                clients.add(new StreamClient(loop, times(1, () -> script(like.words(), like.millis()))));
            }
            loop.run(() -> areDone(clients), 60);
            List<StreamClient.Exchange> exchanges = exchanges(clients);
            Map<String, Integer> byStatus = new TreeMap<>();
            exchanges.forEach(exchange -> byStatus.merge(outcome(exchange), 1, Integer::sum));
            long answered =
                    exchanges.stream().filter(StreamClient.Exchange::isAnswered).count();
            isRight &= exchanges.stream().noneMatch(exchange -> exchange.isLost() || exchange.isMixed());
            table.add(List.of(what, requests + "", answered + "", byStatus.toString()));
            JsonObject.Builder outcomes = JsonObject.builder();
            byStatus.forEach(outcomes::put);
            add(
                    "limits",
                    JsonObject.builder()
                            .put("limit", what)
                            .put("requests", requests)
                            .put("answered", answered)
                            .put("outcomes", outcomes.build()));
        }
    }

    /** Sends the beginning of bodies, and waits for the rest of the time that they have. */
    private void bodies(LoadProcess server, MarkdownTable table) throws IOException {
        try (LoadLoop loop = new LoadLoop(server.address())) {
            List<Stopper> stoppers = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                Stopper stopper = new Stopper();
                stoppers.add(stopper);
                loop.open(stopper, 0);
            }
            loop.run(() -> stoppers.stream().allMatch(stopper -> stopper.reader.isDone()), 20);
            Map<String, Integer> byStatus = new TreeMap<>();
            stoppers.forEach(stopper -> byStatus.merge(Integer.toString(stopper.reader.status()), 1, Integer::sum));
            isRight &= byStatus.equals(Map.of("408", stoppers.size()));
            String what = "time of a body: 5 s";
            table.add(List.of(what, stoppers.size() + "", "0", byStatus.toString()));
            JsonObject.Builder outcomes = JsonObject.builder();
            byStatus.forEach(outcomes::put);
            add(
                    "limits",
                    JsonObject.builder()
                            .put("limit", what)
                            .put("requests", stoppers.size())
                            .put("answered", 0)
                            .put("outcomes", outcomes.build()));
        }
    }

    /** A client that does not send all of its body, and reads the answer. */
    private static final class Stopper implements LoadLoop.Client {
        private final HttpReader reader = new HttpReader();

        @Override
        public void connected(LoadLoop.Wire wire) {
            wire.send("POST /v1/responses HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\n\r\n{"
                    .getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public void received(byte[] bytes, int count) {
            reader.read(bytes, 0, count);
        }

        @Override
        public void closed() {
            // the answer has come before, or it is missing
        }
    }

    private static String outcome(StreamClient.Exchange exchange) {
        if (exchange.isAnswered()) {
            return "200";
        }
        if (exchange.isLost()) {
            return exchange.status == 0 ? "no answer" : "cut";
        }
        return exchange.status == 200
                ? "200 with an error"
                : exchange.status + (exchange.isRetryNamed ? " with retry-after" : "");
    }

    // ---- the end of the process -----------------------------------------------------------------------------------

    private void term() throws IOException, InterruptedException {
        MarkdownTable table = new MarkdownTable(
                List.of("shutdown time, s", "asked", "answered", "by status", "seconds to the end", "exit code"));
        term(table, 30_000, false);
        term(table, 2000, false);
        term(table, 30_000, true);
        listener.result("\nkill -TERM among " + options.streams() / 2 + " streams (the last time twice)\n\n" + table);
    }

    private static long begun(List<StreamClient> clients) {
        return exchanges(clients).stream()
                .filter(exchange -> exchange.firstByte != 0)
                .count();
    }

    private void term(MarkdownTable table, long shutdownTime, boolean isTwice)
            throws IOException, InterruptedException {
        int places = Math.max(1, options.streams() / 4);
        try (LoadProcess server = server(places, options.streams(), 30_000, 60_000, shutdownTime);
                LoadLoop loop = new LoadLoop(server.address())) {
            List<StreamClient> clients = new ArrayList<>();
            for (int i = 0; i < options.streams() / 2; i++) {
                clients.add(new StreamClient(loop, times(5, () -> script(options.words(), options.millis()))));
            }
            loop.run(() -> begun(clients) >= places, 30);
            server.terminate();
            long start = System.nanoTime();
            if (isTwice) {
                loop.after(500, server::terminate);
            }
            loop.run(() -> areDone(clients), 50);
            int exitCode = server.exitCode(20);
            double seconds = (System.nanoTime() - start) / 1e9;
            List<StreamClient.Exchange> exchanges = exchanges(clients);
            Map<String, Integer> byStatus = new TreeMap<>();
            exchanges.forEach(exchange -> byStatus.merge(outcome(exchange), 1, Integer::sum));
            long answered =
                    exchanges.stream().filter(StreamClient.Exchange::isAnswered).count();
            isRight &= exchanges.stream().noneMatch(exchange -> exchange.isLost() || exchange.isMixed());
            table.add(List.of(
                    shutdownTime / 1000 + "",
                    exchanges.size() + "",
                    answered + "",
                    byStatus.toString(),
                    String.format(Locale.ROOT, "%.1f", seconds),
                    exitCode + ""));
            JsonObject.Builder outcomes = JsonObject.builder();
            byStatus.forEach(outcomes::put);
            add(
                    "term",
                    JsonObject.builder()
                            .put("shutdown_ms", shutdownTime)
                            .put("twice", isTwice)
                            .put("requests", exchanges.size())
                            .put("answered", answered)
                            .put("outcomes", outcomes.build())
                            .put("seconds", seconds)
                            .put("exit_code", exitCode));
        }
    }
}
