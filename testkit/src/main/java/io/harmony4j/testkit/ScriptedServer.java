package io.harmony4j.testkit;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.harmony4j.SpecialToken;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A {@link ScriptedModel} as a server on loopback that speaks llama-server's protocol, for tests of all that lies between a program and a
 * runtime: a connection that fails, a runtime that refuses.
 *
 * <pre>{@code
 * try (ScriptedServer server = ScriptedServer.start(new ScriptedModel(ScriptedTurn.answer("It is sunny.")))) {
 *     TokenGenerator generator = Backends.of("llama-server:" + server.url());
 * }
 * }</pre>
 *
 * <p>Of the protocol it has {@code POST /completion} with a stream. Where the script fails, the connection breaks. Where the client
 * leaves, the generation is cancelled.
 */
public final class ScriptedServer implements AutoCloseable {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();

    private final HttpServer server;
    private final List<JsonValue> requests = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "scripted server");
        thread.setDaemon(true);
        return thread;
    });

    /** Answers one request. */
    private interface Answer {
        void to(JsonValue request, HttpExchange exchange) throws IOException;
    }

    private ScriptedServer(Answer answer) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/completion", exchange -> {
            try (exchange) {
                JsonValue request =
                        Json.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                requests.add(request);
                answer.to(request, exchange);
            }
        });
        server.setExecutor(threads);
        server.start();
    }

    /** Starts a server with a model, at a free port. */
    public static ScriptedServer start(ScriptedModel model) {
        requireNonNull(model, "model");
        return new ScriptedServer((request, exchange) -> play(model, request, exchange));
    }

    /**
     * Starts a server that refuses every request.
     *
     * @param status the HTTP status, as in 503
     * @param message the words of the error
     */
    public static ScriptedServer refusing(int status, String message) {
        JsonObject error = JsonObject.builder()
                .put("code", status)
                .put("message", requireNonNull(message, "message"))
                .build();
        byte[] body = Json.write(JsonObject.of("error", error)).getBytes(StandardCharsets.UTF_8);
        return new ScriptedServer((request, exchange) -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        });
    }

    /** Returns where it is, as in {@code http://127.0.0.1:41873}. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Returns what it was asked so far, in order: the fields of llama-server's protocol. */
    public List<JsonValue> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    private static void play(ScriptedModel model, JsonValue request, HttpExchange exchange) throws IOException {
        int[] prompt = request.get("prompt").elements().stream()
                .mapToInt(JsonValue::intValue)
                .toArray();
        AtomicBoolean isLeft = new AtomicBoolean();
        GenerationOptions options = GenerationOptions.DEFAULT
                .withMaxTokens(request.get("n_predict").intValue())
                .withStopTokens(SpecialToken.stopIds())
                .withCancelled(isLeft::get);
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        Generation generation = model.generate(prompt, options, token -> {
            try {
                send(out, event(token.id()));
            } catch (IOException e) {
                isLeft.set(true);
            }
        });
        if (!isLeft.get()) {
            send(out, end(generation));
            out.close();
        }
    }

    private static JsonObject event(int token) {
        return JsonObject.builder()
                .put("index", 0)
                .put("content", TOKENIZER.decode(token))
                .put("tokens", JsonArray.ofIntegers(token))
                .put("stop", false)
                .build();
    }

    private static JsonObject end(Generation generation) {
        return JsonObject.builder()
                .put("content", "")
                .put("tokens", JsonArray.ofIntegers())
                .put("stop", true)
                .put("stop_type", generation.finishReason() == FinishReason.LENGTH ? "limit" : "eos")
                .build();
    }

    private static void send(OutputStream out, JsonObject event) throws IOException {
        out.write(("data: " + Json.write(event) + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Breaks all connections. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
