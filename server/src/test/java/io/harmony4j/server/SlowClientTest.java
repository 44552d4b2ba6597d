package io.harmony4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import io.harmony4j.server.RawClient.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that read or send slowly, or not at all. */
@Timeout(120)
class SlowClientTest {
    /** So many tokens of a stream are more than the system's buffers on both sides take. */
    private static final int LONG = 40_000;

    /** What the system takes for a client that does not read. */
    private static final int SMALL = 4096;

    private final ScriptedGenerator generator = new ScriptedGenerator(ScriptedServer.PLAYS);
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<RawClient> clients = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // each test starts it
    private HarmonyServer server;

    private void start(ServerOptions options) {
        server = HarmonyServer.start(options.withPort(0)
                        .withShutdownTime(Duration.ofMillis(100))
                        .withAccessLog(log::add))
                .serve(ScriptedServer.model(generator, 100_000));
    }

    private SteppedGenerator startStepped(ServerOptions options) {
        start(options);
        SteppedGenerator stepped = new SteppedGenerator();
        stepped.let(Integer.MAX_VALUE / 2);
        server.serve(new ServedModel("stepped", stepped, 10_000_000));
        return stepped;
    }

    @AfterEach
    void stop() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
        server.close();
    }

    private RawClient client() throws IOException {
        RawClient client = new RawClient(server, SMALL);
        clients.add(client);
        return client;
    }

    private JsonValue logged(String field) throws InterruptedException {
        Await.until("the log has " + field, () -> log.stream().anyMatch(line -> line.contains('"' + field + '"')));
        return log.stream()
                .filter(line -> line.contains('"' + field + '"'))
                .map(Json::parse)
                .findFirst()
                .orElseThrow();
    }

    private static String endless(int maxTokens) {
        return RawClient.post(
                "/v1/chat/completions",
                "{\"model\":\"stepped\",\"stream\":true,\"max_tokens\":" + maxTokens
                        + ",\"messages\":[{\"role\":\"user\",\"content\":\"go\"}]}");
    }

    @Test
    void clientThatDoesNotReadDoesNotStopOthers() throws Exception {
        start(ServerOptions.DEFAULT.withParallel(11).withStallTime(Duration.ofMinutes(1)));
        for (int i = 0; i < 10; i++) {
            client().send(RawClient.chat("play:count-9999", true));
        }
        Await.until("all run", () -> generator.running() == 10);

        for (int i = 0; i < 20; i++) {
            Answer answer =
                    client().send(RawClient.chat("play:echo Tell " + i, false)).answer();
            assertThat(answer.body()).contains("\"Tell " + i + "\"");
        }
    }

    @Test
    void clientThatDoesNotReadIsLeftWhenItsBufferIsFull() throws Exception {
        SteppedGenerator stepped = startStepped(
                ServerOptions.DEFAULT.withStallTime(Duration.ofMillis(500)).withStreamLength(100_000));
        RawClient client = client();
        client.send(endless(10_000_000));

        assertThat(logged("client_too_slow").get("client_too_slow").text()).isEqualTo("took nothing for 0.5 s");
        Await.until("nothing is generated", () -> stepped.running() == 0);
        assertThat(client.drain()).isLessThan(20_000_000);
    }

    /** Its generation does not wait for room, or is done, so that nobody else sees that it does not read. */
    @Test
    void clientThatDoesNotReadTheEndIsLeft() throws Exception {
        SteppedGenerator stepped = startStepped(
                ServerOptions.DEFAULT.withStallTime(Duration.ofMillis(500)).withStreamLength(Integer.MAX_VALUE));
        client().send(endless(LONG));

        logged("client_too_slow");
        Await.until("nothing is generated", () -> stepped.running() == 0);
    }

    @Test
    void clientThatDoesNotReadAWholeAnswerIsLeft() throws Exception {
        start(ServerOptions.DEFAULT.withStallTime(Duration.ofMillis(500)));
        RawClient client = client();
        client.send(RawClient.post("/tokenize", "{\"prompt\":\"" + " a b".repeat(1_100_000) + "\"}"));

        logged("client_too_slow");
        assertThat(client.drain()).isLessThan(10_000_000);
    }

    /** Waits until nothing more is generated, because nothing is read. */
    private static void awaitStandstill(SteppedGenerator stepped) throws InterruptedException {
        int before;
        do {
            before = stepped.made();
            Thread.sleep(300);
        } while (before == 0 || stepped.made() > before);
        assertThat(before).isLessThan(LONG);
    }

    @Test
    void clientThatReadsSlowlyGetsAll() throws Exception {
        SteppedGenerator stepped = startStepped(ServerOptions.DEFAULT.withStreamLength(10_000));
        RawClient client = client();
        client.send(endless(LONG));

        awaitStandstill(stepped);
        client.stream();
        int words = 0;
        for (String line = client.line(); !line.equals("data: [DONE]"); line = client.line()) {
            words += line.contains("\"content\":\" word\"") ? 1 : 0;
        }
        assertThat(words).isEqualTo(LONG - 3);
    }

    @Test
    void clientThatReadsABackgroundResponseSlowlyGetsAll() throws Exception {
        SteppedGenerator stepped = startStepped(ServerOptions.DEFAULT.withStreamLength(10_000));
        RawClient client = client();
        client.send(RawClient.post(
                "/v1/responses",
                "{\"stream\":true,\"background\":true,\"max_output_tokens\":" + LONG + ",\"input\":\"go\"}"));

        Await.until("it is made", () -> stepped.started() == 1 && stepped.running() == 0);
        client.stream();
        long number = -1;
        for (String line = client.line(); !line.equals("event: response.incomplete"); line = client.line()) {
            if (line.startsWith("data: ")) {
                JsonValue event = Json.parse(line.substring(6));
                assertThat(event.get("sequence_number").longValue()).isEqualTo(++number);
            }
        }
        assertThat(number).isGreaterThan(LONG);
    }

    @Test
    void bodyThatDoesNotComeIsRefused() throws Exception {
        start(ServerOptions.DEFAULT.withBodyTime(Duration.ofMillis(500)));
        RawClient client = client();
        client.send(RawClient.head("POST", "/v1/chat/completions") + "content-length: 100\r\n\r\n{");
        Answer answer = client.answer();

        assertThat(answer.status()).isEqualTo(408);
        assertThat(answer.body()).contains("Expected the whole body within");
        assertThat(client.drain()).isZero();
    }

    @Test
    void connectionWithoutHeadersIsClosed() throws Exception {
        start(ServerOptions.DEFAULT.withHeaderTime(Duration.ofMillis(500)));
        RawClient silent = client();
        RawClient slow = client();
        slow.send("POST /v1/chat/completions HTTP/1.1\r\nhost: local");

        assertThat(silent.drain()).isZero();
        assertThat(slow.drain()).isZero();
    }

    @Test
    void silentConnectionsDoNotKeepOthersOut() throws Exception {
        start(ServerOptions.DEFAULT.withConnections(10).withHeaderTime(Duration.ofMinutes(5)));
        RawClient first = client();
        for (int i = 0; i < 50; i++) {
            client();
        }

        assertThat(first.drain()).isZero();
        for (int i = 0; i < 3; i++) {
            assertThat(client().send(RawClient.get("/health")).answer().status())
                    .isEqualTo(200);
        }
    }

    @Test
    void connectionsThatAreAnsweredKeepTheirPlaces() throws Exception {
        start(ServerOptions.DEFAULT.withConnections(2));
        RawClient one = client();
        RawClient other = client();
        one.send(RawClient.chat("play:think-2000", false));
        other.send(RawClient.chat("play:think-2000", false));
        Await.until("both run", () -> generator.running() == 2);

        assertThat(client().drain()).isZero();
        assertThat(one.answer().status()).isEqualTo(200);
        assertThat(other.answer().status()).isEqualTo(200);
        assertThat(client().send(RawClient.get("/health")).answer().status()).isEqualTo(200);
    }
}
