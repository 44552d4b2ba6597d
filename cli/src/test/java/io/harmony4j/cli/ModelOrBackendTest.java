package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.engine.Generator;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** Commands that generate, in front of a server that always says the same. */
class ModelOrBackendTest {
    private static final String ANSWER = """
            data: {"content":"<|channel|>","tokens":[200005],"stop":false}

            data: {"content":"final","tokens":[17196],"stop":false}

            data: {"content":"<|message|>","tokens":[200008],"stop":false}

            data: {"content":"Hi","tokens":[12194],"stop":false}

            data: {"content":"","tokens":[200002],"stop":false}

            data: {"content":"","tokens":[],"stop":true,"stop_type":"eos"}

            """;

    @TempDir
    private Path folder;

    private HttpServer server;
    private int status = 200;
    private String answer = ANSWER;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/completion", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, 0);
            exchange.getResponseBody().write(answer.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String backend() {
        return "llama-server:http://127.0.0.1:" + server.getAddress().getPort();
    }

    private String conversation() throws IOException {
        return Files.writeString(
                        folder.resolve("conversation.json"),
                        Conversation.of(Message.user("Hello!")).toJson())
                .toString();
    }

    @Test
    void generateSaysWhatTheBackendDoes() throws IOException {
        Run run = Run.of("generate", "--backend", backend(), conversation());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("{\"role\":\"assistant\",\"content\":\"Hi\",\"channel\":\"final\"}\n");
        assertThat(run.err()).startsWith("backend: " + backend() + "\n").contains("generated: 5 tokens");
    }

    @Test
    void thePromptLeavesOutTheAnalysisOfAnsweredTurns() throws IOException {
        String file = GenerateCommandTest.answeredTwice(folder);
        String counted = Run.of("count", "--jsonl", "--analysis", "since-last-final", file)
                .done();
        String count = counted.substring(0, counted.indexOf('\t'));

        assertThat(Run.of("count", "--jsonl", file).done()).doesNotStartWith(count + "\t");
        assertThat(Run.of("generate", "--backend", backend(), file).err()).contains("prompt: " + count + " tokens");
    }

    @Test
    void chatTalksToTheBackend() {
        Run run = Run.withInput("Hello!\n", "chat", "--backend", backend());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Hi");
        assertThat(run.err()).isEqualTo("backend: " + backend() + "\n");
    }

    @Test
    void theDemoShowsTheBackendsAnswer() {
        Run run = Run.of("demo", "--backend", backend());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("What is the weather in Tokyo?", "assistant, final\nHi\n")
                .endsWith("{\"role\":\"assistant\",\"content\":\"Hi\",\"channel\":\"final\"}\n");
        assertThat(run.err()).startsWith("5 tokens, ").endsWith("; backend: " + backend() + "\n");
    }

    @Test
    void theEvaluationAsksTheBackend() {
        Run run = Run.of("eval", "tiny", "--questions", "1", "--json", "--backend", backend());

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("backend: " + backend() + "\n").doesNotContain("kernels");
        JsonValue result = Json.parse(run.out());
        assertThat(result.get("wellFormed").get("correct").intValue()).isEqualTo(18);
        assertThat(result.get("skills").members().values())
                .allMatch(skill -> skill.get("correct").intValue() == 0);

        status = 400;
        answer = "{\"error\":{\"message\":\"no such model\"}}";
        for (String[] command : new String[][] {{"demo"}, {"eval", "tiny"}}) {
            Run failed = Run.of(Stream.concat(Stream.of(command), Stream.of("--backend", backend()))
                    .toArray(String[]::new));
            assertThat(failed.exitCode()).isEqualTo(Run.BAD_INPUT);
            assertThat(failed.err()).endsWith("answered 400 with \"no such model\"\n");
        }
    }

    @Test
    void aFailureElsewhereIsOneLineAndNoDefect() throws IOException {
        status = 400;
        answer = "{\"error\":{\"message\":\"no such model\"}}";

        assertThat(Run.of("generate", "--backend", backend(), conversation()).err())
                .contains("harmony: llama-server at ")
                .endsWith("answered 400 with \"no such model\"\n")
                .doesNotContain("defect");
        Run chat = Run.withInput("Hello!\nAgain!\n", "chat", "--backend", backend());
        assertThat(chat.exitCode()).isZero();
        assertThat(chat.out().lines().filter(line -> line.contains("no such model")))
                .hasSize(2);
    }

    @Test
    void aWrongBackendIsWrongUsage() throws IOException {
        Run unknown = Run.of("generate", "--backend", "llama:http://a", conversation());
        Run both = Run.of("generate", "--backend", backend(), "--model", "x.gguf", conversation());

        assertThat(unknown.exitCode()).isEqualTo(Run.WRONG_USAGE);
        assertThat(unknown.err()).contains("--backend: expected NAME:URL").contains("tensorrt-llm");
        assertThat(both.exitCode()).isEqualTo(Run.WRONG_USAGE);
        assertThat(both.err()).contains("found both");
    }

    @Test
    void theVariableCountsWhereNoOptionDoes() {
        Map<String, String> environment = Map.of("HARMONY_BACKEND", "vllm:http://127.0.0.1:1");

        assertThat(opened(environment)).isEqualTo("backend: vllm:http://127.0.0.1:1");
        assertThat(opened(environment, "--backend", "sglang:http://127.0.0.1:1"))
                .isEqualTo("backend: sglang:http://127.0.0.1:1");
        assertThat(opened(Map.of("HARMONY_BACKEND", " "))).startsWith("kernels: ");
        assertThat(opened(environment, "--model", "tiny")).startsWith("kernels: ");
        assertThatThrownBy(() -> opened(
                        environment, "--model", folder.resolve("none.gguf").toString()))
                .hasMessageContaining("none.gguf");
        assertThatThrownBy(() -> opened(Map.of("HARMONY_BACKEND", "http://a")))
                .isInstanceOf(ParameterException.class)
                .hasMessageStartingWith("HARMONY_BACKEND: expected NAME:URL");
    }

    private static String opened(Map<String, String> environment, String... args) {
        Generating command = new Generating();
        new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(args);
        try (ModelOrBackend.Opened opened = command.model.open(environment, Generator::new)) {
            return opened.description();
        }
    }

    @Command
    private static final class Generating {
        @Mixin
        private ModelOrBackend model;
    }
}
