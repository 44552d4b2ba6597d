package io.harmony4j.server;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A server of OpenAI's APIs in front of a model.
 *
 * <pre>{@code
 * ServedModel model = new ServedModel("gpt-oss-20b", Backends.of("llama-server:http://127.0.0.1:8081"), 131_072);
 * try (HarmonyServer server = HarmonyServer.start(ServerOptions.DEFAULT).serve(model)) {
 *     System.out.println(server.url());
 *     …
 * }
 * }</pre>
 *
 * <p>From when it is started until it has a model, it answers that the model is being loaded. Thread-safe.
 */
public final class HarmonyServer implements AutoCloseable {
    /** How long answers may take to end after they have been cancelled, and their last words to be sent. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    /** How long the server goes on to refuse requests after its last answer. */
    private static final Duration LINGER = Duration.ofMillis(500);

    private static final int MAX_LINE = 8192;
    private static final int MAX_HEADERS = 16_384;

    private final ServerOptions options;
    private final Sockets sockets = new Sockets();
    private final Vertx vertx;
    private final Slots slots;
    private final AccessLog log;
    private final Routes routes;
    private final HttpServer http;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private HarmonyServer(ServerOptions options) {
        this.options = options;
        this.vertx = Vertx.builder()
                .with(new VertxOptions()
                        .setFileSystemOptions(new FileSystemOptions()
                                .setFileCachingEnabled(false)
                                .setClassPathResolvingEnabled(false)))
                .withTransport(sockets.transport())
                .build();
        this.slots = new Slots(options.parallel(), options.queueLength(), options.queueTime(), options.answerTime());
        this.log = new AccessLog(options.accessLog());
        Metrics metrics = new Metrics();
        metrics.watch(slots);
        this.routes = new Routes(vertx, options, slots, metrics, log, sockets);
        Connections connections = new Connections(vertx, options);
        this.http = vertx.createHttpServer(new HttpServerOptions()
                        .setHost(options.host())
                        .setPort(options.port())
                        .setMaxInitialLineLength(MAX_LINE)
                        .setMaxHeaderSize(MAX_HEADERS)
                        .setHandle100ContinueAutomatically(true)
                        .setHttp2ClearTextEnabled(false))
                .connectionHandler(connections::opened)
                .invalidRequestHandler(routes::invalid)
                .requestHandler(connections.watched(routes.router()));
    }

    /**
     * Starts a server that has no model yet.
     *
     * @throws IllegalArgumentException if it would let everyone in: at an address beyond the loopback, without a key
     * @throws UncheckedIOException if it cannot listen there
     */
    public static HarmonyServer start(ServerOptions options) {
        requireNonNull(options, "options");
        Access.check(options);
        HarmonyServer server = new HarmonyServer(options);
        try {
            server.http.listen().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            server.close();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new UncheckedIOException(
                    "expected to listen at " + options.host() + " port " + options.port() + " but: "
                            + cause.getMessage(),
                    new IOException(cause));
        }
        return server;
    }

    /**
     * Answers requests with a model from now on.
     *
     * @return this server
     */
    public HarmonyServer serve(ServedModel model) {
        routes.serve(requireNonNull(model, "model"));
        return this;
    }

    /** Returns where the server listens, {@code http://127.0.0.1:8080} for instance. */
    public URI url() {
        String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
        return URI.create("http://" + (host.equals("0.0.0.0") ? "127.0.0.1" : host) + ":" + http.actualPort());
    }

    /**
     * Ends the server: it takes no more requests, refuses those that wait, and lets answers that have begun go on for the time that the
     * options say; what is not finished then ends with an error that says why. A second call does nothing.
     */
    @Override
    public void close() {
        if (isClosed.getAndSet(true)) {
            return;
        }
        long end = System.nanoTime() + options.shutdownTime().plus(LAST_WORDS).toNanos();
        sockets.closeSoon();
        if (slots.close(options.shutdownTime(), LAST_WORDS)) {
            linger();
        }
        Duration rest = Duration.ofNanos(Math.max(LAST_WORDS.toNanos(), end - System.nanoTime()));
        await(http.shutdown(rest.toMillis(), TimeUnit.MILLISECONDS), rest); // those who read slowly have it, too
        await(vertx.close(), LAST_WORDS);
        log.close();
    }

    /** Lets clients that have read their answer, and ask again at once, be told that the server closes. */
    private static void linger() {
        try {
            Thread.sleep(LINGER.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(Future<?> future, Duration limit) {
        try {
            future.toCompletionStage().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // it is as closed as can be
        }
    }
}
