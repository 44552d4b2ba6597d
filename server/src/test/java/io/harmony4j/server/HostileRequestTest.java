package io.harmony4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import io.harmony4j.server.RawClient.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are too large, broken or no requests: each has its answer, and the server goes on. */
@Timeout(120)
class HostileRequestTest {
    private static final int BODY = 200_000;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private HarmonyServer server;
    private RawClient client;

    @BeforeEach
    void start() throws IOException {
        server = ScriptedServer.start(ServerOptions.DEFAULT
                .withPort(0)
                .withBodyLength(BODY)
                .withBodyTime(Duration.ofSeconds(2))
                .withAccessLog(log::add));
        client = new RawClient(server);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    private void goesOn() throws IOException {
        try (RawClient other = new RawClient(server)) {
            assertThat(other.send(RawClient.chat("play:echo all is well", false))
                            .answer()
                            .body())
                    .contains("all is well");
        }
    }

    @Test
    void bodyThatIsSaidToBeTooLongIsRefusedAtOnce() throws Exception {
        client.send(RawClient.head("POST", "/v1/chat/completions") + "content-length: " + (BODY + 1) + "\r\n\r\n");

        Answer answer = client.answer();
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body()).contains("request_too_large", "at most " + BODY + " bytes");
        goesOn();
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "999999999999999999"})
    void lengthsWithManyDigitsAreRefusedAtOnce(String length) throws Exception {
        client.send(RawClient.head("POST", "/v1/responses") + "content-length: " + length + "\r\n\r\n");

        assertThat(client.answer().status()).isEqualTo(413);
    }

    @Test
    void connectionGoesOnAfterABodyThatWasTooLong() throws Exception {
        client.send(RawClient.post("/v1/chat/completions", "x".repeat(BODY + 1)));
        assertThat(client.answer().status()).isEqualTo(413);

        client.send(RawClient.chat("play:echo again", false));
        assertThat(client.answer().body()).contains("again");
    }

    @Test
    void bodyInChunksThatGetsTooLongIsRefused() throws Exception {
        client.send(RawClient.head("POST", "/v1/chat/completions") + "transfer-encoding: chunked\r\n\r\n");
        String chunk = "2710\r\n" + "x".repeat(10_000) + "\r\n";
        for (int i = 0; i < BODY / 10_000; i++) {
            client.send(chunk);
        }
        client.send("1\r\nx\r\n");

        assertThat(client.answer().status()).isEqualTo(413);
        assertThat(client.drain()).isZero(); // the end of the body does not come
        goesOn();
    }

    @Test
    void bodyOfTheLimitIsRead() throws Exception {
        String begin = "{\"messages\":[{\"role\":\"user\",\"content\":\"";
        String text = "play:echo" + " x".repeat(1000);
        String end = "\"}]}";
        String space = " ".repeat(BODY - begin.length() - text.length() - end.length());
        client.send(RawClient.post("/v1/chat/completions", begin + text + end + space));

        assertThat(client.answer().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"messages\":",
                "[]",
                "null",
                "\"messages\"",
                "{\"messages\":[{}]}",
                "{\"messages\":[null]}",
                "{\"messages\":1e999}",
                "{\"messages\":[],\"messages\":[]}",
                "\u0000",
                "{'messages':[]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"\\ud800\"}"
            })
    void brokenJsonIsRefusedWithWords(String body) throws Exception {
        for (String path : List.of("/v1/chat/completions", "/v1/responses", "/tokenize", "/detokenize")) {
            Answer answer = client.send(RawClient.post(path, body)).answer();

            assertThat(answer.status()).as(path).isEqualTo(400);
            assertThat(answer.header("content-type")).isEqualTo("application/json");
            assertThat(answer.body()).contains("\"error\":{\"message\":\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[", "{\"a\":", "{\"messages\":[{\"role\":\"user\",\"content\":", "{\"input\":[{\"content\":["})
    void deepNestingIsRefused(String opening) throws Exception {
        String deep = opening.repeat((BODY - 1000) / opening.length());
        for (String path : List.of("/v1/chat/completions", "/v1/responses", "/tokenize")) {
            assertThat(client.send(RawClient.post(path, deep)).answer().status())
                    .isEqualTo(400);
        }
        goesOn();
    }

    @Test
    void textThatIsNotUtf8IsRefused() throws Exception {
        client.send(RawClient.head("POST", "/v1/chat/completions") + "content-length: 2\r\n\r\n");
        client.send(new byte[] {(byte) 0xC3, 0x28});

        Answer answer = client.answer();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("UTF-8");
    }

    @Test
    void headersThatAreTooLongAreRefused() throws Exception {
        client.send("GET /health HTTP/1.1\r\nhost: localhost\r\nx-long: " + "x".repeat(20_000));
        assertThat(client.answer().status()).isEqualTo(431);
        assertThat(client.drain()).isZero();
        goesOn();
    }

    @Test
    void manyHeadersAreRefused() throws Exception {
        client.send("GET /health HTTP/1.1\r\nhost: localhost\r\n" + "x-a: b\r\n".repeat(5000));

        assertThat(client.answer().status()).isEqualTo(431);
    }

    @Test
    void lineThatIsTooLongIsRefused() throws Exception {
        client.send("GET /" + "x".repeat(10_000));

        assertThat(client.answer().status()).isEqualTo(414);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello\r\n\r\n",
                "GET /health\r\n\r\n",
                "GET /health HTTP/9.9\r\nhost: localhost\r\n\r\n",
                "GET /health HTTP/1.1\r\nhost localhost\r\n\r\n",
                "GET /health HTTP/1.1\r\n host: localhost\r\n\r\n",
                "POST /v1/responses HTTP/1.1\r\nhost: localhost\r\ncontent-length: abc\r\n\r\n",
                "POST /v1/responses HTTP/1.1\r\nhost: localhost\r\ncontent-length: -1\r\n\r\n",
                "POST /v1/responses HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
            })
    void whatIsNotHttpIsRefusedAndClosed(String request) throws Exception {
        client.send(request);

        assertThat(client.answer().status()).isBetween(400, 505);
        assertThat(client.drain()).isZero();
        goesOn();
    }

    @Test
    void chunkThatIsBrokenEndsTheConnection() throws Exception {
        client.send(RawClient.head("POST", "/v1/responses") + "transfer-encoding: chunked\r\n\r\nzz\r\nhello");

        client.drain();
        goesOn();
    }

    @Test
    void noiseDoesNotStopTheServer() throws Exception {
        Random random = new Random(19);
        for (int i = 0; i < 100; i++) {
            try (RawClient noise = new RawClient(server)) {
                byte[] bytes = new byte[random.nextInt(2000)];
                random.nextBytes(bytes);
                noise.send(i % 2 == 0 ? "POST /v1/responses HTTP/1.1\r\n" : "").send(bytes);
            } catch (IOException e) {
                // closed while it was sent
            }
        }
        goesOn();
        assertThat(String.join("\n", log)).doesNotContain("\"defect\"");
    }

    @Test
    void requestsInOneGoAreAnsweredInTheirOrder() throws Exception {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            all.append(RawClient.chat("play:echo number " + i, i % 3 == 0));
            all.append(RawClient.get("/health"));
        }
        client.send(all.toString());

        for (int i = 0; i < 50; i++) {
            Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(content(answer.body())).isEqualTo("number " + i);
            assertThat(client.answer().body()).contains("\"status\":\"ok\"");
        }
    }

    /** Returns the text of an answer, whole or in chunks. */
    private static String content(String body) {
        StringBuilder content = new StringBuilder();
        for (String line : body.replace("data: ", "").lines().toList()) {
            if (line.startsWith("{")) {
                JsonValue choice = Json.parse(line).get("choices").elements().get(0);
                JsonValue text = choice.get(choice.get("message").isNull() ? "delta" : "message")
                        .get("content");
                content.append(text.isString() ? text.text() : "");
            }
        }
        return content.toString();
    }

    @Test
    void headHasTheHeadersOfGetAndNoBody() throws Exception {
        for (String path : List.of("/health", "/v1/models", "/v1/models/none", "/", "/metrics")) {
            Answer head = client.send(RawClient.head("HEAD", path) + "\r\n").answerToHead();
            Answer get = client.send(RawClient.get(path)).answer();

            assertThat(head.status()).as(path).isEqualTo(get.status());
            assertThat(head.header("content-type")).isEqualTo(get.header("content-type"));
            if (!path.equals("/metrics")) {
                assertThat(head.header("content-length")).isEqualTo(get.header("content-length"));
            }
        }
    }

    @Test
    void headOfAStreamHasNoBody() throws Exception {
        client.send(
                RawClient.post("/v1/responses", "{\"stream\":true,\"background\":true,\"input\":\"play:echo hello\"}"));
        String body = client.answer().body();
        String id = body.replaceFirst("(?s).*?\"id\":\"(resp_[^\"]+)\".*", "$1");

        Answer head = client.send(RawClient.head("HEAD", "/v1/responses/" + id + "?stream=true") + "\r\n")
                .answerToHead();
        assertThat(head.status()).isEqualTo(200);
        assertThat(client.send(RawClient.get("/health")).answer().body()).contains("\"ok\"");
    }

    @Test
    void clientThatWaitsForContinueIsTold() throws Exception {
        String body = RawClient.chatBody("play:echo hello", false);
        client.send(RawClient.head("POST", "/v1/chat/completions") + "expect: 100-continue\r\ncontent-length: "
                + body.length() + "\r\n\r\n");
        assertThat(client.line()).isEqualTo("HTTP/1.1 100 Continue");
        assertThat(client.line()).isEmpty();

        assertThat(client.send(body).answer().body()).contains("hello");
    }

    @Test
    void idsOfRequestsCannotAddHeaders() throws Exception {
        for (String id : List.of("a b", "x".repeat(200), "\u00e9", "a\rb", "a\u0000b")) {
            try (RawClient other = new RawClient(server)) {
                other.send("GET /health HTTP/1.1\r\nhost: localhost\r\nx-client-request-id: " + id + "\r\n\r\n");
                Answer answer = other.answer();
                assertThat(answer.header("x-request-id")).startsWith("req_");
            }
        }
        assertThat(client.send("GET /health HTTP/1.1\r\nhost: localhost\r\nx-client-request-id: mine-1\r\n\r\n")
                        .answer()
                        .header("x-request-id"))
                .isEqualTo("mine-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "//",
                "/%",
                "/%zz",
                "/..",
                "/../../etc/passwd",
                "/v1/models/%00",
                "/v1/models/%2e%2e%2f",
                "/?a=%",
                "/v1/responses/%ff",
                "http://localhost/health",
                "http://[/",
                "/v1/chat/completions/../models",
                "/v1/responses/x?starting_after=9999999999999&stream=true"
            })
    void strangePathsHaveAnswers(String path) throws Exception {
        for (String method : List.of("GET", "POST", "OPTIONS", "DELETE", "PATCH", "TRACE", "CONNECT", "X")) {
            try (RawClient other = new RawClient(server)) {
                Answer answer = other.send(RawClient.head(method, path) + "content-length: 0\r\n\r\n")
                        .answer();
                assertThat(answer.status()).as(method + " " + path).isBetween(200, 499);
                assertThat(answer.body()).doesNotContain("root:");
            }
        }
    }

    @Test
    void everyRequestHasOneLineInTheLog() throws Exception {
        client.send(RawClient.get("/health")).answer();
        client.send(RawClient.post("/v1/chat/completions", "{")).answer();
        client.send(RawClient.chat("play:broken", true)).answer();
        client.send("GET /x HTTP/1.1\r\nhost: evil.example\r\n\r\n").answer();
        client.send("nonsense\r\n\r\n").answer();

        Await.until("5 lines", () -> log.size() == 5);
        assertThat(log.get(0)).contains("\"status\":200", "\"path\":\"/health\"");
        assertThat(log.get(1)).contains("\"status\":400", "\"error\":\"");
        assertThat(log.get(2)).contains("\"status\":200", "\"error\":\"The model failed: ");
        assertThat(log.get(3)).contains("\"status\":403", "\"error\":\"");
        assertThat(log.get(4)).contains("\"status\":400", "\"error\":\"");
    }
}
