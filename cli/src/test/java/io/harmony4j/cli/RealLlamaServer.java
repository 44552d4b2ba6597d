package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** A llama-server that runs on loopback until it is closed; the path of the program is in {@code HARMONY_LLAMA_SERVER}. */
final class RealLlamaServer implements AutoCloseable {
    /** Of a slot, in tokens. */
    static final int CONTEXT = 4096;

    private static final int SLOTS = 2;
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    private final Path log;
    private final int port;

    /** Starts the program; it has yet to load its model. */
    RealLlamaServer(Path program, Path model, Path folder) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        log = Files.createTempFile(folder, "llama-server", ".log");
        process = new ProcessBuilder(
                        program.toString(),
                        "--model",
                        model.toString(),
                        "--host",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--parallel",
                        Integer.toString(SLOTS),
                        "--ctx-size",
                        Integer.toString(SLOTS * CONTEXT),
                        "--threads",
                        "1")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** Waits until it has loaded its model. */
    RealLlamaServer awaitHealth() throws IOException, InterruptedException {
        await(() -> {
            assertThat(process.isAlive())
                    .as("llama-server, which said: %s", said())
                    .isTrue();
            try {
                return get("/health").contains("\"ok\"");
            } catch (IOException e) {
                return false; // it does not listen yet
            }
        });
        return this;
    }

    /** Waits for something that is near. */
    static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time").isLessThan(end);
            Thread.sleep(20);
        }
    }

    private String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private URI resolve(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Returns its description as a backend. */
    String backend() {
        return "llama-server:" + resolve("");
    }

    private String get(String path) throws IOException {
        try {
            return CLIENT.send(HttpRequest.newBuilder(resolve(path)).build(), BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    JsonValue post(String path, JsonObject request) throws IOException, InterruptedException {
        return Json.parseAny(
                send(path, Json.write(request), BodyHandlers.ofString()).body());
    }

    private <T> HttpResponse<T> send(String path, String json, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(resolve(path))
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        return CLIENT.send(request, handler);
    }

    /** Returns what its slots do. */
    JsonValue slots() {
        try {
            return Json.parseAny(get("/slots"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isIdle() {
        return slots().elements().stream()
                .noneMatch(slot -> slot.get("is_processing").booleanValue());
    }

    /** Opens a way to it on which each request is given a grammar, so that the tiny model says what a test wants to hear. */
    Relay withGrammar(String grammar) throws IOException {
        return new Relay(grammar);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    /** Passes requests and answers on. */
    final class Relay implements AutoCloseable {
        private final HttpServer server;
        private final String grammar;

        private Relay(String grammar) throws IOException {
            this.grammar = grammar;
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "relay");
                thread.setDaemon(true);
                return thread;
            }));
            server.createContext("/", this::pass);
            server.start();
        }

        private void pass(HttpExchange exchange) throws IOException {
            String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            JsonObject.Builder changed = JsonObject.builder();
            Json.parseAny(request).members().forEach(changed::put);
            changed.put("grammar", grammar);
            try {
                HttpResponse<InputStream> answer = send(
                        exchange.getRequestURI().getPath(), Json.write(changed.build()), BodyHandlers.ofInputStream());
                exchange.sendResponseHeaders(answer.statusCode(), 0);
                try (InputStream from = answer.body();
                        OutputStream to = exchange.getResponseBody()) {
                    from.transferTo(to);
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        String backend() {
            return "llama-server:http://127.0.0.1:" + server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
