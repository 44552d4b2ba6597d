package io.harmony4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.server.RawClient.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that is closed while it answers: each answer ends, or says why it does not. */
@Timeout(120)
class ShutdownTest {
    private final ScriptedGenerator generator = new ScriptedGenerator(ScriptedServer.PLAYS);
    private final List<RawClient> clients = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // each test starts it
    private HarmonyServer server;

    private void start(ServerOptions options) {
        server = HarmonyServer.start(options.withPort(0)).serve(ScriptedServer.model(generator, 100_000));
    }

    @AfterEach
    void stop() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
        server.close();
    }

    private RawClient client() throws IOException {
        RawClient client = new RawClient(server);
        clients.add(client);
        return client;
    }

    private void awaitRunning(int number) throws InterruptedException {
        Await.until(number + " run", () -> generator.running() == number);
    }

    @Test
    void answersThatHaveBegunEnd() throws Exception {
        start(ServerOptions.DEFAULT);
        RawClient stream = client().send(RawClient.chat("play:count-20-50", true));
        RawClient whole = client().send(RawClient.chat("play:think-1000", false));
        RawClient response =
                client().send(RawClient.post("/v1/responses", "{\"stream\":true,\"input\":\"play:count-20-50\"}"));
        awaitRunning(3);
        CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close);

        assertThat(stream.answer().body()).endsWith("data: [DONE]\n\n");
        assertThat(whole.answer().body()).contains("Hello.");
        assertThat(response.answer().body()).contains("event: response.completed");
        closed.join();
        assertThat(stream.drain()).isZero();
    }

    @Test
    void requestsThatWaitAndNewOnesAreRefusedWithWords() throws Exception {
        start(ServerOptions.DEFAULT.withParallel(1));
        RawClient runs = client().send(RawClient.chat("play:count-30-50", true));
        awaitRunning(1);
        RawClient waits = client().send(RawClient.chat("play:echo hello", true));
        RawClient idle = client();
        assertThat(idle.send(RawClient.get("/health")).answer().status()).isEqualTo(200);
        RawClient sends = client().send(RawClient.head("POST", "/v1/chat/completions") + "content-length: 2\r\n\r\n");
        idle.send(RawClient.get("/v1/models")).answer(); // what was sent before has come
        CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close);

        Answer refused = waits.answer();
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("retry-after")).isEqualTo("5");
        assertThat(refused.body()).contains("shutting down");
        Answer late = idle.send(RawClient.chat("play:echo hello", false)).answer();
        assertThat(late.status()).isEqualTo(503);
        assertThat(late.header("connection")).isEqualToIgnoringCase("close");
        assertThat(idle.drain()).isZero();
        assertThat(generator.running()).isOne(); // it was closed at once
        assertThat(sends.send("{}").answer().status()).isBetween(400, 503);
        assertThat(runs.answer().body()).endsWith("data: [DONE]\n\n");
        closed.join();
    }

    @Test
    void answersThatTakeLongerEndWithWords() throws Exception {
        start(ServerOptions.DEFAULT.withShutdownTime(Duration.ofMillis(500)));
        RawClient stream = client().send(RawClient.chat("play:count-9999-20", true));
        RawClient whole = client().send(RawClient.chat("play:think-60000", false));
        RawClient response =
                client().send(RawClient.post("/v1/responses", "{\"stream\":true,\"input\":\"play:count-9999-20\"}"));
        awaitRunning(3);
        Thread.sleep(400); // both streams have begun
        CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close);

        assertThat(stream.answer().body())
                .contains("\"error\":{", "shutting down")
                .doesNotContain("[DONE]");
        assertThat(whole.answer().status()).isEqualTo(503);
        assertThat(response.answer().body()).contains("event: response.failed", "shutting down");
        closed.join();
    }

    /** The generation is over long before its client has read what it said. */
    @Test
    void clientThatReadsSlowlyGetsItsEnd() throws Exception {
        SteppedGenerator stepped = new SteppedGenerator();
        stepped.let(40_001);
        server = HarmonyServer.start(ServerOptions.DEFAULT
                        .withPort(0)
                        .withStreamLength(Integer.MAX_VALUE)
                        .withStallTime(Duration.ofMinutes(1)))
                .serve(new ServedModel("stepped", stepped, 1_000_000));
        RawClient client = new RawClient(server, 4096);
        clients.add(client);
        client.send(RawClient.post(
                "/v1/chat/completions",
                "{\"stream\":true,\"max_tokens\":40000,\"messages\":[{\"role\":\"user\",\"content\":\"go\"}]}"));
        Await.until("all is made", () -> stepped.made() == 40_000);
        CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close);
        Thread.sleep(7000); // longer than what there is after the last generation

        assertThat(client.answer().body()).endsWith("data: [DONE]\n\n");
        closed.join();
    }

    @Test
    void clientThatDoesNotReadDoesNotKeepTheServer() throws Exception {
        Set<Thread> before = eventLoops();
        SteppedGenerator stepped = new SteppedGenerator();
        stepped.let(Integer.MAX_VALUE / 2);
        server = HarmonyServer.start(ServerOptions.DEFAULT
                        .withPort(0)
                        .withShutdownTime(Duration.ofMillis(100))
                        .withStallTime(Duration.ofMinutes(5)))
                .serve(new ServedModel("stepped", stepped, 10_000_000));
        RawClient client = new RawClient(server, 4096);
        clients.add(client);
        client.send(RawClient.chat("go", true));
        Await.until("it is made", () -> stepped.made() > 2_000);
        long start = System.nanoTime();
        server.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(stepped.running()).isZero();
        Await.until("no thread of the server is left", () -> before.containsAll(eventLoops()));
    }

    private static Set<Thread> eventLoops() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("vert.x-eventloop"))
                .collect(Collectors.toSet());
    }

    @Test
    void closingTwiceIsClosing() {
        start(ServerOptions.DEFAULT);
        server.close();
        server.close();

        assertThat(generator.running()).isZero();
    }
}
