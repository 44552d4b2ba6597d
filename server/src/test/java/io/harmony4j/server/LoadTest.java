package io.harmony4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import io.harmony4j.server.RawClient.Answer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many clients at a time, more than there is room for, and answers that take too long. */
@Timeout(120)
class LoadTest {
    private final ScriptedGenerator generator = new ScriptedGenerator(ScriptedServer.PLAYS);
    private final List<RawClient> clients = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // each test starts it
    private HarmonyServer server;

    private void start(ServerOptions options) {
        server = HarmonyServer.start(options.withPort(0).withShutdownTime(Duration.ofMillis(100)))
                .serve(ScriptedServer.model(generator, 100_000));
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

    /** Starts a generation that takes long. */
    private RawClient takeAPlace(int running) throws Exception {
        RawClient client = client().send(RawClient.chat("play:count-9999-20", true));
        Await.until("it runs", () -> generator.running() == running);
        return client;
    }

    @Test
    void noStreamOfManyIsLostOrMixed() {
        start(ServerOptions.DEFAULT.withParallel(100));
        HttpClient http = HttpClient.newHttpClient();
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String text = "play:echo-2 This is number " + i + ", and no other than " + i + ".";
            boolean isChat = i % 2 == 0;
            HttpRequest request = HttpRequest.newBuilder(
                            server.url().resolve(isChat ? "/v1/chat/completions" : "/v1/responses"))
                    .POST(HttpRequest.BodyPublishers.ofString(
                            isChat ? RawClient.chatBody(text, true) : "{\"stream\":true,\"input\":\"" + text + "\"}"))
                    .build();
            answers.add(http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                    .thenApply(answer -> text(answer.body())));
            if (i == 99) { // the connections of the first are used again by the others
                answers.forEach(CompletableFuture::join);
            }
        }

        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).join()).isEqualTo("This is number " + i + ", and no other than " + i + ".");
        }
    }

    /** Returns what a stream of either API says, if it has its end. */
    private static String text(String events) {
        StringBuilder text = new StringBuilder();
        for (String line :
                events.lines().filter(line -> line.startsWith("data: {")).toList()) {
            JsonValue event = Json.parse(line.substring(6));
            JsonValue delta = event.get("delta");
            if (event.get("object").isString()) {
                delta = event.get("choices").elements().get(0).get("delta").get("content");
            } else if (!event.get("type").text().equals("response.output_text.delta")) {
                continue;
            }
            text.append(delta.isString() ? delta.text() : "");
        }
        boolean hasEnd = events.endsWith("data: [DONE]\n\n") || events.contains("event: response.completed");
        return hasEnd ? text.toString() : "without end: " + text;
    }

    @Test
    void requestForWhichThereIsNoRoomIsToldWhenToComeAgain() throws Exception {
        start(ServerOptions.DEFAULT.withParallel(1).withQueueLength(1));
        takeAPlace(1);
        client().send(RawClient.chat("play:echo hello", false));
        Await.until("it waits", () -> metrics().contains("harmony_requests_waiting 1.0"));

        for (String request : List.of(
                RawClient.chat("play:echo hello", true),
                RawClient.chat("play:echo hello", false),
                RawClient.post("/v1/responses", "{\"input\":\"play:echo hello\"}"))) {
            Answer refused = client().send(request).answer();
            assertThat(refused.status()).isEqualTo(429);
            assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(1, 60);
            assertThat(refused.body()).contains("\"code\":\"rate_limit_exceeded\"", "try again in");
        }
    }

    @Test
    void requestIsTakenWithAllItsChoices() throws Exception {
        start(ServerOptions.DEFAULT.withParallel(2).withQueueLength(2));
        String four = "{\"n\":4,\"messages\":[{\"role\":\"user\",\"content\":\"play:echo hello\"}]}";
        takeAPlace(1);
        takeAPlace(2);
        RawClient first = client().send(RawClient.post("/v1/chat/completions", four));
        Await.until("all wait", () -> metrics().contains("harmony_requests_waiting 4.0"));

        assertThat(client().send(RawClient.post("/v1/chat/completions", four))
                        .answer()
                        .status())
                .isEqualTo(429);
        for (RawClient client : clients.subList(0, 2)) {
            client.close();
        }
        assertThat(Json.parse(first.answer().body()).get("choices").elements()).hasSize(4);
    }

    @Test
    void requestThatWaitsTooLongIsRefused() throws Exception {
        start(ServerOptions.DEFAULT.withParallel(1).withQueueTime(Duration.ofMillis(300)));
        takeAPlace(1);

        Answer refused = client().send(RawClient.chat("play:echo hello", true)).answer();
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("retry-after")).isNotEmpty();
        assertThat(refused.body()).contains("The request waited for");
    }

    @Test
    void answerThatTakesTooLongEndsWithWords() throws Exception {
        start(ServerOptions.DEFAULT.withAnswerTime(Duration.ofMillis(700)));

        Answer whole = client().send(RawClient.chat("play:think-60000", false)).answer();
        assertThat(whole.status()).isEqualTo(504);
        assertThat(whole.header("x-should-retry")).isEqualTo("false");
        assertThat(whole.body()).contains("\"code\":\"generation_timeout\"");

        Answer chat = client().send(RawClient.chat("play:count-9999-20", true)).answer();
        assertThat(chat.status()).isEqualTo(200);
        assertThat(chat.body()).contains("generation_timeout").doesNotContain("[DONE]");

        Answer response = client().send(
                        RawClient.post("/v1/responses", "{\"stream\":true,\"input\":\"play:count-9999-20\"}"))
                .answer();
        assertThat(response.body()).contains("event: response.failed", "longer than");
    }

    /** What is thrown where nobody expects it, an error above all, must not end in silence. */
    @Test
    void jobThatThrowsIsAnswered() throws Exception {
        start(ServerOptions.DEFAULT.withParallel(1));
        server.serve(new ServedModel(
                "broken",
                (prompt, options, tokens) -> {
                    throw new StackOverflowError("too deep");
                },
                1000));

        for (int i = 0; i < 2; i++) {
            Answer whole = client().send(RawClient.chat("hello", false)).answer();
            assertThat(whole.status()).isEqualTo(500);
            assertThat(whole.body()).contains("StackOverflowError");
            Answer response = client().send(RawClient.post("/v1/responses", "{\"stream\":true,\"input\":\"hello\"}"))
                    .answer();
            assertThat(response.status()).isEqualTo(500);
        }
    }

    @Test
    void largeBodiesTogetherHaveALimit() throws Exception {
        int length = 2_000_000;
        start(ServerOptions.DEFAULT.withBodyLength(length).withMemory(0)); // there is room for two
        String large = RawClient.head("POST", "/v1/chat/completions") + "content-length: " + length + "\r\n\r\n"
                + " ".repeat(length - 1);
        client().send(large);
        RawClient second = client().send(large);
        double both = 2.0 * (length - 1 - Budget.FREE);
        Await.until("both are read", () -> metrics().contains("harmony_memory_bytes " + both));

        RawClient third = client();
        third.send(RawClient.head("POST", "/v1/chat/completions") + "content-length: 1000000\r\n\r\n"
                + " ".repeat(500_000));
        Answer refused = third.answer();
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("retry-after")).isEqualTo("1");
        // those who send little are answered
        assertThat(client().send(RawClient.chat("play:echo hello", false))
                        .answer()
                        .body())
                .contains("hello");

        // and there is room again when it is read
        second.send(" ");
        assertThat(second.answer().status()).isEqualTo(400);
        assertThat(client().send(RawClient.post("/v1/chat/completions", " ".repeat(500_000)))
                        .answer()
                        .status())
                .isEqualTo(400);
    }

    private String metrics() {
        try (RawClient client = new RawClient(server)) {
            return client.send(RawClient.get("/metrics")).answer().body();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
