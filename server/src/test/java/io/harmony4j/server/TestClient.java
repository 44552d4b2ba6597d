package io.harmony4j.server;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A server at a free port whose model plays scripts, and a client of it. */
final class TestClient implements AutoCloseable {
    private final HarmonyServer server;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** The lines of the log. */
    final Queue<JsonValue> log = new ConcurrentLinkedQueue<>();

    private TestClient(ServerOptions options, boolean hasModel) {
        ServerOptions atFreePort = options.withPort(0).withAccessLog(line -> log.add(Json.parse(line)));
        server = HarmonyServer.start(atFreePort);
        if (hasModel) {
            server.serve(ScriptedServer.model(new ScriptedGenerator(ScriptedServer.PLAYS), 8192));
        }
    }

    static TestClient of(ServerOptions options) {
        return new TestClient(options, true);
    }

    /** As {@link #of}, with a server that still loads its model. */
    static TestClient loading(ServerOptions options) {
        return new TestClient(options, false);
    }

    HarmonyServer server() {
        return server;
    }

    /** Sends a request. */
    HttpResponse<String> send(String method, String path, @Nullable String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, null, headers);
    }

    /** Posts JSON in which apostrophes stand for quotation marks. */
    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, body.replace('\'', '"'), "content-type", "application/json");
    }

    JsonValue json(HttpResponse<String> response) {
        return Json.parse(response.body());
    }

    /** Returns the error of an answer, which must have all of its four fields. */
    JsonValue error(HttpResponse<String> response) {
        JsonValue error = json(response).get("error");
        if (!error.members()
                .keySet()
                .containsAll(
                        Map.of("message", 1, "type", 1, "param", 1, "code", 1).keySet())) {
            throw new AssertionError("expected an error with four fields but found " + response.body());
        }
        return error;
    }

    /** Sends bytes and returns all that comes until the connection is closed. */
    String raw(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.url().getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.setSoTimeout(20_000);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
