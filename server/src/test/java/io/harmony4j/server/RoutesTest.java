package io.harmony4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.JsonValue;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What goes for all endpoints, and the small ones. */
class RoutesTest {
    private static final String HELLO = "{'messages':[{'role':'user','content':'weather'}]}";

    private static TestClient client;

    @BeforeAll
    static void start() {
        client = TestClient.of(ServerOptions.DEFAULT);
    }

    @AfterAll
    static void close() {
        client.close();
    }

    @Test
    void pathsAreThereWithAndWithoutV1() throws Exception {
        for (String prefix : List.of("/v1", "")) {
            assertThat(client.post(prefix + "/chat/completions", HELLO).statusCode())
                    .isEqualTo(200);
            assertThat(client.post(prefix + "/responses", "{'input':'weather'}").statusCode())
                    .isEqualTo(200);
            assertThat(client.post(prefix + "/completions", "{'prompt':'weather'}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(client.get(prefix + "/models").statusCode()).isEqualTo(200);
            assertThat(client.get(prefix + "/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void modelsAreListedAndFoundByNamesWithSlashes() throws Exception {
        JsonValue list = client.json(client.get("/v1/models"));
        assertThat(list.get("object").text()).isEqualTo("list");
        assertThat(list.get("data").elements().get(0).get("id").text()).isEqualTo("scripted");

        for (String path : List.of("/v1/models/org/scripted-20b", "/v1/models/org%2Fscripted-20b")) {
            assertThat(client.json(client.get(path)).get("id").text()).isEqualTo("org/scripted-20b");
        }
        HttpResponse<String> unknown = client.get("/v1/models/gpt-9");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(client.error(unknown).get("code").text()).isEqualTo("model_not_found");
        assertThat(client.error(unknown).get("param").text()).isEqualTo("model");
    }

    @Test
    void anUnknownPathIsAnErrorInJson() throws Exception {
        HttpResponse<String> answer = client.get("/v1/x");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(client.error(answer).get("message").text()).isEqualTo("Invalid URL (GET /v1/x)");
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    }

    @Test
    void aWrongMethodIsToldTheRightOnes() throws Exception {
        HttpResponse<String> chat = client.get("/v1/chat/completions");
        assertThat(chat.statusCode()).isEqualTo(405);
        assertThat(chat.headers().firstValue("allow").orElse(""))
                .contains("POST")
                .doesNotContain("GET");
        client.error(chat);

        HttpResponse<String> response = client.send("PUT", "/v1/responses/resp_1", "{}");
        assertThat(response.headers().firstValue("allow").orElse("")).contains("GET", "DELETE");
    }

    @Test
    void headIsAnsweredAsGetWithoutABody() throws Exception {
        HttpResponse<String> head = client.send("HEAD", "/v1/models", null);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValueAsLong("content-length"))
                .hasValue(client.get("/v1/models").body().length());
    }

    @Test
    void whatIsNoJsonIsRefusedForAStream() throws Exception {
        for (String body : List.of("", "{", "[]", "\"text\"", "{'messages':[]}", "{'stream':true}")) {
            HttpResponse<String> answer = client.post("/v1/chat/completions", body);
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(client.error(answer).get("type").text()).isEqualTo("invalid_request_error");
        }
    }

    @Test
    void whatIsNoUtf8IsRefused() throws IOException {
        String answer = client.raw("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Length: 4\r\n\r\n{\"\u00ff\"");
        assertThat(answer).startsWith("HTTP/1.1 400").contains("UTF-8");
    }

    @Test
    void whatIsNoHttpIsAnErrorInJson() throws IOException {
        assertThat(client.raw("NONSENSE\r\n\r\n")).contains(" 400 ").contains("\"error\":{");
        assertThat(client.raw("GET /" + "a".repeat(10_000) + " HTTP/1.1\r\n\r\n"))
                .contains(" 414 ");
        assertThat(client.raw("GET / HTTP/1.1\r\nx: " + "a".repeat(20_000) + "\r\n\r\n"))
                .contains(" 431 ");
    }

    @Test
    void answersHaveTheIdThatTheClientGaveOrTheirOwn() throws Exception {
        assertThat(client.get("/health", "x-client-request-id", "mine-1")
                        .headers()
                        .firstValue("x-request-id"))
                .contains("mine-1");
        assertThat(client.get("/v1/nothing")
                        .headers()
                        .firstValue("x-request-id")
                        .orElse(""))
                .matches("req_[0-9a-f]{32}");
        assertThat(client.get("/health").headers().firstValue("openai-processing-ms"))
                .isPresent();
    }

    @Test
    void theLogHasALineForEachRequest() throws Exception {
        client.send("POST", "/v1/chat/completions", HELLO.replace('\'', '"'), "x-client-request-id", "logged-1");
        JsonValue line = await("logged-1");
        assertThat(line.get("endpoint").text()).isEqualTo("/v1/chat/completions");
        assertThat(line.get("status").intValue()).isEqualTo(200);
        assertThat(line.get("completion_tokens").intValue()).isPositive();
        assertThat(line.get("prompt_tokens").intValue()).isPositive();
    }

    private static JsonValue await(String id) throws InterruptedException {
        for (int i = 0; i < 500; i++) {
            for (JsonValue line : client.log) {
                if (id.equals(line.get("id").textOrNull())) {
                    return line;
                }
            }
            Thread.sleep(10);
        }
        throw new AssertionError("expected a line with the id " + id + " but found " + client.log);
    }

    @Test
    void metricsCountRequestsAndTokens() throws Exception {
        client.post("/v1/chat/completions", HELLO);
        String metrics = client.get("/metrics").body();
        assertThat(metrics)
                .contains("harmony_requests_total{endpoint=\"/v1/chat/completions\",status=\"200\"}")
                .contains("harmony_tokens_total{kind=\"completion\"}")
                .contains("harmony_time_to_first_token_seconds_count")
                .contains("harmony_requests_waiting 0");
    }

    @Test
    void schemasOfToolsAreShownAsTheModelIsServed() throws Exception {
        String tool = "{'messages':[{'role':'user','content':'a'}],'tools':[{'type':'function','function':"
                + "{'name':'f','parameters':{'type':'object','properties':{'a':{'const':17}}}}}]}";
        ServedModel model = ScriptedServer.model(new ScriptedGenerator(ScriptedServer.PLAYS), 8192);
        for (boolean isFaithful : new boolean[] {false, true}) {
            try (TestClient asking = TestClient.loading(ServerOptions.DEFAULT)) {
                asking.server().serve(model.withFaithfulTypeScript(isFaithful));
                int[] tokens = asking.json(asking.post("/tokenize", tool)).get("tokens").elements().stream()
                        .mapToInt(JsonValue::intValue)
                        .toArray();
                assertThat(Tokenizer.o200kHarmony().decode(tokens)).contains(isFaithful ? "a?: 17" : "a?: any");
            }
        }
    }

    @Test
    void tokenizeTakesWhatVllmAndLlamaCppTake() throws Exception {
        JsonValue vllm = client.json(client.post("/tokenize", "{'prompt':'Hello<|end|>','return_token_strs':true}"));
        assertThat(vllm.get("tokens").toString()).isEqualTo("[13225,200007]");
        assertThat(vllm.get("count").intValue()).isEqualTo(2);
        assertThat(vllm.get("max_model_len").intValue()).isEqualTo(8192);
        assertThat(vllm.get("token_strs").toString()).isEqualTo("[\"Hello\",\"<|end|>\"]");

        JsonValue plain = client.json(client.post("/tokenize", "{'content':'<|end|>','parse_special':false}"));
        assertThat(plain.get("tokens").elements().size()).isGreaterThan(1);

        JsonValue chat = client.json(client.post("/tokenize", HELLO));
        assertThat(chat.get("tokens").elements().get(0).intValue()).isEqualTo(200006);

        JsonValue text = client.json(client.post("/detokenize", "{'tokens':[13225,200007]}"));
        assertThat(text.get("prompt").text()).isEqualTo("Hello<|end|>");
        assertThat(text.get("content").text()).isEqualTo("Hello<|end|>");
        assertThat(client.error(client.post("/detokenize", "{'tokens':[1,999999]}"))
                        .get("param")
                        .text())
                .isEqualTo("tokens[1]");
        assertThat(client.post("/tokenize", "{}").statusCode()).isEqualTo(400);
    }

    @Test
    void aServerThatLoadsItsModelSaysSo() throws Exception {
        try (TestClient loading = TestClient.loading(ServerOptions.DEFAULT)) {
            for (String path : List.of("/health", "/v1/models")) {
                assertThat(loading.get(path).statusCode()).as(path).isEqualTo(503);
            }
            HttpResponse<String> answer = loading.post("/v1/chat/completions", HELLO);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(loading.error(answer).get("code").text()).isEqualTo("model_not_ready");
            assertThat(answer.headers().firstValue("retry-after")).contains("2");
            assertThat(loading.get("/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void thePageLetsNothingInFromElsewhere() throws Exception {
        HttpResponse<String> page = client.get("/");
        assertThat(page.headers().firstValue("content-security-policy").orElse(""))
                .contains("default-src 'none'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(client.get("/playground.js")
                        .headers()
                        .firstValue("content-type")
                        .orElse(""))
                .startsWith("text/javascript");
        assertThat(client.get("/../pom.xml").statusCode()).isEqualTo(404);
    }
}
