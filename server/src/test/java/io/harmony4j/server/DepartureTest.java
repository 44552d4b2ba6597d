package io.harmony4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a generation whose client goes away. */
@Timeout(120)
class DepartureTest {
    private final SteppedGenerator generator = new SteppedGenerator();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private HarmonyServer server;

    @BeforeEach
    void start() {
        server = HarmonyServer.start(ServerOptions.DEFAULT
                        .withPort(0)
                        .withParallel(2)
                        .withShutdownTime(Duration.ofMillis(100))
                        .withAccessLog(log::add))
                .serve(new ServedModel("stepped", generator, 100_000));
    }

    @AfterEach
    void stop() {
        generator.let(Integer.MAX_VALUE / 2); // all that nobody wants end now
        server.close();
    }

    private void awaitRunning(int number) throws InterruptedException {
        Await.until(number + " generations run", () -> generator.running() == number);
    }

    /** The generation that nobody wants makes no token more when it may. */
    private void endsWithoutAnotherToken() throws InterruptedException {
        Await.until("the generation is cancelled", generator::areCancelled);
        int before = generator.made();
        generator.let(100);
        awaitRunning(0);
        assertThat(generator.made()).isEqualTo(before);
    }

    @Test
    void clientThatLeavesItsStreamEndsItsGeneration() throws Exception {
        try (RawClient client = new RawClient(server)) {
            client.send(RawClient.chat("go", true));
            generator.let(5);
            client.stream().lineWith("data: {");
            Await.until("5 tokens are made", () -> generator.made() == 5);
        }

        endsWithoutAnotherToken();
        Await.until("the log has it", () -> !log.isEmpty());
        assertThat(Json.parse(log.get(0)).get("client_gone").booleanValue()).isTrue();
    }

    @Test
    void clientThatLeavesItsResponseEndsItsGeneration() throws Exception {
        try (RawClient client = new RawClient(server)) {
            client.send(RawClient.post("/v1/responses", "{\"stream\":true,\"input\":\"go\"}"));
            generator.let(5);
            client.stream().lineWith("event: response.created");
            Await.until("5 tokens are made", () -> generator.made() == 5);
        }

        endsWithoutAnotherToken();
    }

    @Test
    void clientThatDoesNotStreamEndsItsGeneration() throws Exception {
        try (RawClient client = new RawClient(server)) {
            client.send(RawClient.chat("go", false));
            generator.let(5);
            Await.until("5 tokens are made", () -> generator.made() == 5);
        }

        endsWithoutAnotherToken();
    }

    @Test
    void clientThatLeavesBeforeTheFirstTokenEndsItsGeneration() throws Exception {
        try (RawClient client = new RawClient(server)) {
            client.send(RawClient.post("/v1/responses", "{\"input\":\"go\"}"));
            awaitRunning(1);
        }

        endsWithoutAnotherToken();
        assertThat(generator.made()).isZero();
    }

    @Test
    void clientThatLeavesEndsAllItsChoices() throws Exception {
        try (RawClient client = new RawClient(server)) {
            client.send(RawClient.post(
                    "/v1/chat/completions", "{\"n\":2,\"messages\":[{\"role\":\"user\",\"content\":\"go\"}]}"));
            awaitRunning(2);
        }

        endsWithoutAnotherToken();
    }

    /** As HTTP servers do mostly: who half-closes cannot be told from who is gone. */
    @Test
    void clientThatHalfClosesIsGone() throws Exception {
        try (RawClient client = new RawClient(server)) {
            client.send(RawClient.chat("go", false));
            awaitRunning(1);
            client.endOutput();

            endsWithoutAnotherToken();
        }
    }

    @Test
    void clientThatLeavesTheQueueIsNeverGenerated() throws Exception {
        try (RawClient one = new RawClient(server);
                RawClient other = new RawClient(server)) {
            one.send(RawClient.chat("go", false));
            other.send(RawClient.chat("go", false));
            awaitRunning(2);
            try (RawClient waiting = new RawClient(server)) {
                waiting.send(RawClient.chat("go", false));
                Await.until("it waits", () -> metric("harmony_requests_waiting").equals("1.0"));
            }
            Await.until(
                    "it does not wait any more",
                    () -> metric("harmony_requests_waiting").equals("0.0"));
        }
        endsWithoutAnotherToken();
        assertThat(generator.started()).isEqualTo(2);
    }

    @Test
    void responseInTheBackgroundGoesOn() throws Exception {
        try (RawClient client = new RawClient(server)) {
            client.send(RawClient.post("/v1/responses", "{\"stream\":true,\"background\":true,\"input\":\"go\"}"));
            client.stream().lineWith("event: response.created");
            awaitRunning(1);
        }
        Thread.sleep(300); // the server knows
        generator.let(10);

        Await.until("10 tokens are made", () -> generator.made() == 10);
        assertThat(generator.areCancelled()).isFalse();
    }

    private String metric(String name) {
        try (RawClient client = new RawClient(server)) {
            String text = client.send(RawClient.get("/metrics")).answer().body();
            return text.lines()
                    .filter(line -> line.startsWith(name + " "))
                    .map(line -> line.substring(name.length() + 1))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
