package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code harmony driver} as the conformance suite runs it: a process, asked through its pipes. */
class DriverIT {
    @TempDir
    private Path folder;

    @Test
    void passesTheWholeSuite() throws IOException, InterruptedException {
        String driver = "'" + Program.JAVA + "' -jar " + Program.JAR + " driver";
        String out = Program.harmony(folder)
                .run("conformance", "run", "--driver", driver)
                .done();

        assertThat(out).contains("Harmony4J").endsWith("\nLabels: Core, Renderer, Robust, Server-API\n");
    }

    @Test
    void survivesGarbage() throws IOException, InterruptedException {
        List<String> garbage = List.of(
                "garbage",
                "{",
                "[]",
                "null",
                "1",
                "\"\"",
                "{}",
                "{\"cmd\":1}",
                "{\"cmd\":\"unknown\"}",
                "{\"cmd\":\"tokenize\",\"text\":[1]}",
                "{\"cmd\":\"parse\",\"tokens\":[-1,99999999999]}",
                "\u0000\u001B\uFFFF\uD83D",
                "[".repeat(100_000),
                "{\"a\":".repeat(100_000),
                "{} {}");
        List<String> requests = new ArrayList<>();
        for (String line : garbage) {
            requests.add(line);
            requests.add("   ");
            requests.add("{\"seq\":7,\"cmd\":\"tokenize\",\"text\":\"Hello\"}");
        }
        List<String> answers = ask(requests);

        assertThat(answers).hasSize(2 * garbage.size());
        for (int i = 0; i < answers.size(); i += 2) {
            assertThat(Json.parse(answers.get(i))).isInstanceOf(JsonObject.class);
            assertThat(answers.get(i + 1)).isEqualTo("{\"seq\":7,\"tokens\":[13225]}");
        }
    }

    @Test
    void keepsUpWithManyRequests() throws IOException, InterruptedException {
        int count = 50_000;
        List<String> answers = ask(IntStream.range(0, count)
                .mapToObj(i -> "{\"seq\":" + i + ",\"cmd\":\"detokenize\",\"tokens\":[13225]}")
                .toList());

        assertThat(answers).hasSize(count);
        assertThat(Json.parse(answers.get(count - 1)).get("seq").intValue()).isEqualTo(count - 1);
    }

    @Test
    void answersBeforeTheNextRequestAndStopsWhenTold() throws IOException, InterruptedException {
        Program harmony = Program.harmony(folder);
        Process driver = harmony.start("driver");
        try (Writer in = driver.outputWriter(StandardCharsets.UTF_8);
                BufferedReader out = driver.inputReader(StandardCharsets.UTF_8)) {
            in.write("{\"seq\":1,\"cmd\":\"hello\"}\n");
            in.flush();
            JsonValue hello = Json.parse(out.readLine());
            assertThat(hello.get("implementation").get("name").text()).isEqualTo("Harmony4J");
            in.write("{\"seq\":2,\"cmd\":\"stop\"}\n");
            in.flush();
            assertThat(out.readLine()).isEqualTo("{\"seq\":2}");
            assertThat(out.readLine()).isNull();
        }

        assertThat(harmony.finish(driver).done()).isEmpty();
    }

    /** Writes requests while reading answers, as both pipes are short; returns the answers of the whole run. */
    private List<String> ask(List<String> requests) throws IOException, InterruptedException {
        Program harmony = Program.harmony(folder);
        Process driver = harmony.start("driver");
        CompletableFuture<Void> written = CompletableFuture.runAsync(() -> write(requests, driver));
        List<String> answers;
        try (BufferedReader out = driver.inputReader(StandardCharsets.UTF_8)) {
            answers = out.lines().toList();
        }
        written.join();
        assertThat(harmony.finish(driver).done()).isEmpty();
        return answers;
    }

    private static void write(List<String> requests, Process driver) {
        try (Writer in = driver.outputWriter(StandardCharsets.UTF_8)) {
            for (String request : requests) {
                in.write(request);
                in.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
