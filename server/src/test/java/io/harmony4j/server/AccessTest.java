package io.harmony4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may come in, asked of a server. */
class AccessTest {
    private static final String PATH = "/v1/models";

    @Test
    void withoutAKeyEveryProgramOfThisMachineMayAsk() throws Exception {
        try (TestClient client = TestClient.of(ServerOptions.DEFAULT)) {
            assertThat(client.get(PATH).statusCode()).isEqualTo(200);
            assertThat(client.get(PATH, "authorization", "Bearer any").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aKeyIsTakenInThreeHeadersAndNoOther() throws Exception {
        try (TestClient client = TestClient.of(ServerOptions.DEFAULT.withKey("sesame"))) {
            assertThat(client.get(PATH, "authorization", "Bearer sesame").statusCode())
                    .isEqualTo(200);
            assertThat(client.get(PATH, "authorization", "bearer sesame").statusCode())
                    .isEqualTo(200);
            assertThat(client.get(PATH, "api-key", "sesame").statusCode()).isEqualTo(200);
            assertThat(client.get(PATH, "x-api-key", "sesame").statusCode()).isEqualTo(200);

            for (String wrong : List.of("sesam", "sesame1", "SESAME", "")) {
                HttpResponse<String> refused = client.get(PATH, "authorization", "Bearer " + wrong);
                assertThat(refused.statusCode()).as(wrong).isEqualTo(401);
            }
            assertThat(client.error(client.get(PATH, "api-key", "wrong"))
                            .get("code")
                            .text())
                    .isEqualTo("invalid_api_key");
            assertThat(client.error(client.get(PATH)).get("code").isNull()).isTrue();
            assertThat(client.get(PATH).statusCode()).isEqualTo(401);
            assertThat(client.get("/metrics").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void healthAndThePageNeedNoKey() throws Exception {
        try (TestClient client = TestClient.of(ServerOptions.DEFAULT.withKey("sesame"))) {
            assertThat(client.get("/health").statusCode()).isEqualTo(200);
            assertThat(client.get("/v1/health").statusCode()).isEqualTo(200);
            assertThat(client.get("/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void pagesOfThisMachineMayAskAndOthersMayNot() throws Exception {
        try (TestClient client = TestClient.of(ServerOptions.DEFAULT)) {
            HttpResponse<String> own = client.get(PATH, "origin", "http://localhost:3000");
            assertThat(own.statusCode()).isEqualTo(200);
            assertThat(own.headers().firstValue("access-control-allow-origin")).contains("http://localhost:3000");
            assertThat(own.headers().firstValue("access-control-expose-headers").orElse(""))
                    .contains("x-request-id");

            for (String origin : List.of(
                    "https://evil.example", "null", "http://127.0.0.1.evil.example", "http://localhost.evil.example")) {
                HttpResponse<String> foreign = client.get(PATH, "origin", origin);
                assertThat(foreign.statusCode()).as(origin).isEqualTo(403);
                assertThat(foreign.headers().firstValue("access-control-allow-origin"))
                        .isEmpty();
            }
        }
    }

    @Test
    void originsAreAllowedByName() throws Exception {
        try (TestClient client =
                TestClient.of(ServerOptions.DEFAULT.withCorsOrigins(List.of("https://app.example.com")))) {
            assertThat(client.get(PATH, "origin", "https://app.example.com").statusCode())
                    .isEqualTo(200);
            assertThat(client.get(PATH, "origin", "https://app.example.org").statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void theQuestionBeforeARequestIsAnsweredWithoutAKey() throws Exception {
        try (TestClient client = TestClient.of(ServerOptions.DEFAULT.withKey("sesame"))) {
            HttpResponse<String> answer = client.send(
                    "OPTIONS",
                    "/v1/chat/completions",
                    null,
                    "origin",
                    "http://localhost:3000",
                    "access-control-request-headers",
                    "authorization,content-type,x-stainless-os,x-evil");
            assertThat(answer.statusCode()).isEqualTo(204);
            assertThat(answer.headers()
                            .firstValue("access-control-allow-headers")
                            .orElse(""))
                    .contains("authorization", "content-type", "x-stainless-os")
                    .doesNotContain("x-evil");
            assertThat(answer.headers()
                            .firstValue("access-control-allow-methods")
                            .orElse(""))
                    .contains("POST", "DELETE");
        }
    }

    /** A page of another name that was pointed at this machine has that name as its Host. */
    @Test
    void anotherHostIsRefusedAtTheLoopbackWithoutAKey() throws IOException {
        try (TestClient client = TestClient.of(ServerOptions.DEFAULT)) {
            assertThat(client.raw("GET /v1/models HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 403");
            assertThat(client.raw("GET /v1/models HTTP/1.1\r\nHost: LOCALHOST:80\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void noAddressBeyondTheLoopbackWithoutAKey() {
        assertThatThrownBy(() -> HarmonyServer.start(ServerOptions.DEFAULT.withHost("0.0.0.0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0.0.0.0")
                .hasMessageContaining("key");
        HarmonyServer.start(
                        ServerOptions.DEFAULT.withHost("0.0.0.0").withPort(0).withInsecure(true))
                .close();
        HarmonyServer.start(
                        ServerOptions.DEFAULT.withHost("0.0.0.0").withPort(0).withKey("k"))
                .close();
    }
}
