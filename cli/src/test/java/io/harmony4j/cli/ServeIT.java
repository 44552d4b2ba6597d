package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code harmony serve} as a process of its own, with the model in the box. */
class ServeIT {
    private static final Pattern SERVING = Pattern.compile("Serving (\\S+) at (http://127\\.0\\.0\\.1:\\d+)/v1");
    private static final String QUESTION =
            "{\"model\":\"gpt-oss\",\"temperature\":0,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    private Program program() {
        return Program.harmony(folder);
    }

    /** Waits until the server says where it is. */
    private String url(Process process) throws IOException, InterruptedException {
        for (int i = 0; i < 600 && process.isAlive(); i++) {
            Matcher line = SERVING.matcher(Files.readString(folder.resolve("stderr")));
            if (line.find()) {
                return line.group(2);
            }
            Thread.sleep(100);
        }
        throw new AssertionError("expected a server but found " + Files.readString(folder.resolve("stderr")));
    }

    private JsonValue post(String url, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return Json.parse(client.send(request.build(), BodyHandlers.ofString()).body());
    }

    @Test
    void theModelInTheBoxAnswersAndTheLogTells() throws Exception {
        Process process = program().start("serve", "--port", "0", "--date", "2026-01-02");
        try {
            String url = url(process);
            JsonValue first = post(url + "/v1/chat/completions", QUESTION);
            JsonValue message = first.get("choices").elements().get(0).get("message");
            assertThat(message.get("content").text()).isNotEmpty();
            assertThat(message.get("reasoning").text()).isNotEmpty();
            assertThat(first.get("model").text()).isEqualTo("gpt-oss");

            JsonValue again = post(url + "/v1/chat/completions", QUESTION);
            assertThat(again.get("choices").elements().get(0).get("message")).isEqualTo(message);
            assertThat(again.get("usage")
                            .get("prompt_tokens_details")
                            .get("cached_tokens")
                            .intValue())
                    .isEqualTo(again.get("usage").get("prompt_tokens").intValue() - 1);

            byte[] line = new byte[2000];
            String log = new String(line, 0, process.getInputStream().read(line), StandardCharsets.UTF_8);
            assertThat(Json.parse(log.lines().findFirst().orElseThrow())
                            .get("endpoint")
                            .text())
                    .isEqualTo("/v1/chat/completions");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aKeyFromAFileIsAskedFor() throws Exception {
        Path key = Files.writeString(folder.resolve("key.txt"), "sesame\n");
        Process process = program().start("serve", "--port", "0", "--no-log", "--key-file", key.toString());
        try {
            String url = url(process) + "/v1/chat/completions";
            assertThat(post(url, QUESTION).get("error").get("type").text()).isEqualTo("invalid_request_error");
            assertThat(post(url, QUESTION, "authorization", "Bearer sesame")
                            .get("object")
                            .text())
                    .isEqualTo("chat.completion");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS) // where a process cannot be asked to end
    void askedToEndItLetsTheAnswerEnd() throws Exception {
        Process process = program().start("serve", "--port", "0", "--no-log");
        String url = url(process);
        var answer = client.sendAsync(
                HttpRequest.newBuilder(URI.create(url + "/v1/chat/completions"))
                        .POST(BodyPublishers.ofString(QUESTION.replace("\"model\"", "\"stream\":true,\"model\"")))
                        .build(),
                BodyHandlers.ofLines());
        var lines = answer.get(60, TimeUnit.SECONDS).body().iterator();
        assertThat(lines.next()).contains("\"role\":\"assistant\"");
        process.destroy();
        String last = "";
        while (lines.hasNext()) {
            String line = lines.next();
            last = line.isEmpty() ? last : line;
        }
        assertThat(last).isEqualTo("data: [DONE]");
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void askedToEndAmongManyRequestsItAnswersEachOrSaysWhyNot() throws Exception {
        Process process = program().start("serve", "--port", "0", "--no-log", "--parallel", "2");
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url(process) + "/v1/chat/completions"))
                    .POST(BodyPublishers.ofString(QUESTION.replace("\"model\"", "\"stream\":true,\"model\"")))
                    .build();
            client.send(request, BodyHandlers.ofString()); // the model is warm
            List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 12)
                    .mapToObj(i -> client.sendAsync(request, BodyHandlers.ofString()))
                    .toList();
            CompletableFuture.anyOf(answers.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
            process.toHandle().destroy();

            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                HttpResponse<String> response = answer.get(60, TimeUnit.SECONDS); // throws if the connection just ends
                if (response.statusCode() == 200) {
                    assertThat(response.body()).containsAnyOf("data: [DONE]", "\"error\":{");
                } else {
                    assertThat(response.statusCode()).isEqualTo(503);
                    assertThat(response.body()).contains("shutting down");
                }
            }
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143); // 128 and the number of SIGTERM
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void withoutAKeyItListensAtTheLoopbackOnly() throws Exception {
        Run run = program().run("serve", "--port", "0", "--host", "0.0.0.0");
        assertThat(run.exitCode()).isNotZero();
        assertThat(run.err()).contains("--key-file", "--insecure");
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        Process first = program().start("serve", "--port", "0", "--no-log");
        try {
            String port = url(first).replaceFirst(".*:", "");
            Run run = program().run("serve", "--port", port);
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("expected to listen at 127.0.0.1 port " + port);
        } finally {
            first.destroyForcibly();
        }
    }
}
