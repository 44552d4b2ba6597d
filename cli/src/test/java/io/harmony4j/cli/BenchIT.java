package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code harmony bench} as a program that starts others. */
class BenchIT {
    @TempDir
    private Path folder;

    @Test
    void runsOnOneJdkAfterTheOther() throws IOException, InterruptedException {
        Path texts = Files.createDirectory(folder.resolve("texts"));
        Files.writeString(texts.resolve("en.txt"), "The quick brown fox jumps over 13 lazy dogs.\n".repeat(60));
        Path json = folder.resolve("speeds.json");
        String jdk = System.getProperty("java.home");
        String out = Program.harmony(folder)
                .run(
                        "bench",
                        "tokenizer",
                        "--corpora",
                        texts.toString(),
                        "--sections",
                        "encode,load",
                        "--seconds",
                        "0.01",
                        "--jdk",
                        jdk,
                        "--jdk",
                        jdk,
                        "--json",
                        json.toString())
                .done();

        assertThat(out.split("\nOn " + jdk + "\n")).hasSize(3);
        assertThat(out).contains("Encode documents", "Load in a JVM of its own");
        assertThat(Json.parse(Files.readString(json)).get("runs").elements()).hasSize(2);
    }

    /** Also on a machine that has no npm, or no network. */
    @Test
    void tokenizersOfNpmAreMeasuredOrNamedAsMissing() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("en.txt"), "The quick brown fox jumps over 13 lazy dogs.\n".repeat(60));
        Path work = folder.resolve("work");
        String out = Program.harmony(folder)
                .run(
                        "bench",
                        "tokenizer",
                        "--corpora",
                        folder.toString(),
                        "--sections",
                        "encode",
                        "--seconds",
                        "0.01",
                        "--peers",
                        "--work",
                        work.toString())
                .done();

        assertThat(out)
                .containsAnyOf(
                        "| Harmony4J | JTokkit | ratio | tiktoken 1.0.22 (npm) | ratio | gpt-tokenizer 4.0.0 (npm) |",
                        "Without the tokenizers of npm: ");
    }

    @Test
    void aMissingJdkIsBadInput() throws IOException, InterruptedException {
        Program harmony = Program.harmony(folder);

        assertThat(harmony.run("bench", "tokenizer", "--corpora", folder.toString(), "--jdk", "none")
                        .badInput())
                .isEqualTo("expected a JDK but found no program " + Path.of("none", "bin", "java"));
    }
}
