package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged command, run as users do. */
class HarmonyIT {
    private static final int MEGABYTE = 1 << 20;

    @TempDir
    private Path folder;

    @Test
    void demoPrintsWhatItPrintsInTheTests() throws IOException, InterruptedException {
        assertThat(Program.harmony(folder).run("demo").doneByAModel())
                .isEqualTo(Run.of("demo").doneByAModel());
    }

    @Test
    void versionIsThatOfTheJar() throws IOException, InterruptedException {
        assertThat(Program.harmony(folder).run("--version").done())
                .matches("harmony \\d+\\.\\d+\\.\\d+\\S*, Java .*\n");
    }

    @Test
    void exitCodesSayWhoIsToBlame() throws IOException, InterruptedException {
        Program harmony = Program.harmony(folder);

        assertThat(harmony.runWithInput("{}", "render", "-").badInput())
                .startsWith("standard input: expected the field \"messages\"");
        assertThat(harmony.run("render").exitCode()).isEqualTo(Run.WRONG_USAGE);
        assertThat(harmony.run().exitCode()).isEqualTo(Run.WRONG_USAGE);
    }

    @Test
    void aRequestIsConvertedAndRendered() throws IOException, InterruptedException {
        String request = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Größe?\"}]}";
        Program harmony = Program.harmony(folder);
        String prompt = harmony.runWithInput(
                        request, "convert", "--from", "chat", "--to", "prompt", "--date", "2026-01-01")
                .done();
        Run rendered = harmony.runWithInput(request, "render", "-", "--to", "text", "--date", "2026-01-01");

        assertThat(prompt)
                .contains("Current date: 2026-01-01\n")
                .endsWith("<|start|>user<|message|>Größe?<|end|><|start|>assistant\n");
        assertThat(rendered.out()).isEqualTo(prompt);
        assertThat(rendered.err())
                .isEqualTo("harmony: note: standard input: read as a Chat Completions request;"
                        + " --from overrides this\n");
        assertThat(harmony.runWithInput("{}", "convert", "--from", "chat", "--to", "prompt")
                        .badInput())
                .isEqualTo("standard input: Missing required parameter: 'messages'."
                        + " (param messages, code missing_required_parameter)");
    }

    @Test
    void inputAndOutputAreUtf8WhateverTheLocale() throws IOException, InterruptedException {
        Program harmony = Program.harmony(folder, "-Dfile.encoding=ISO-8859-1", "-Duser.language=ar")
                .with("LC_ALL", "C");
        String ids = harmony.runWithInput("Größe 日本 😀", "tokenize").done();

        assertThat(ids).isEqualTo(Run.of("tokenize", "--text", "Größe 日本 😀").done());
        assertThat(harmony.runWithInput(ids, "decode").done()).isEqualTo("Größe 日本 😀\n");
    }

    @Test
    void colorsAreForTerminalsWithoutNoColor() throws IOException, InterruptedException {
        Program terminal = Program.harmony(folder, "-Dharmony.terminal.stdout=true");

        assertThat(terminal.run("tokenize", "--text", "Hello").done())
                .isEqualTo("\u001B[30;48;5;153mHello\u001B[0m\n1 token\n");
        assertThat(terminal.with("NO_COLOR", "1")
                        .run("tokenize", "--text", "Hello")
                        .done())
                .isEqualTo("13225\n");
    }

    @Test
    void whatWasPrintedBeforeAnErrorIsKept() throws IOException, InterruptedException {
        Run run = Program.harmony(folder).runWithInput("\"Hello\"\n{", "count", "--jsonl", "--lines");

        assertThat(run.out()).isEqualTo("1\tstandard input:1\n");
        assertThat(run.badInput()).startsWith("standard input: line 2: expected JSON");
    }

    @Test
    void aClosedPipeEndsTheRunInSilence() throws IOException, InterruptedException {
        String file = textFile(4 * MEGABYTE, "The quick brown fox.\n");
        Program harmony = Program.harmony(folder);
        Process process = harmony.start("tokenize", file);
        assertThat(process.getInputStream().readNBytes(10)).hasSize(10);
        process.getInputStream().close();
        Run run = harmony.finish(process);

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(Run.BAD_INPUT);
    }

    @Test
    void longInputIsReadInLittleMemory() throws IOException, InterruptedException {
        Program harmony = Program.harmony(folder, "-Xmx64m");
        String line = "{\"text\":\"The quick brown fox.\"}\n";
        String file = textFile(80 * MEGABYTE, line);
        long lines = Files.size(Path.of(file)) / line.length();
        long inLine = Tokenizer.o200kHarmony().count("The quick brown fox.");

        assertThat(harmony.run("count", "--jsonl", "--field", "text", file).done())
                .isEqualTo(inLine * lines + "\t" + file + "\n");

        String text = textFile(80 * MEGABYTE, "A line of\ntext.\n");
        assertThat(harmony.run("count", text).done()).endsWith("\t" + text + "\n");
    }

    @Test
    void inputThatDoesNotFitIntoMemoryIsBadInput() throws IOException, InterruptedException {
        Path file = folder.resolve("zeros");
        try (RandomAccessFile zeros = new RandomAccessFile(file.toFile(), "rw")) {
            zeros.setLength(100 * MEGABYTE);
        }

        assertThat(Program.harmony(folder, "-Xmx64m")
                        .run("render", file.toString())
                        .badInput())
                .startsWith("expected input that fits into a heap of ");
    }

    private String textFile(int size, String line) throws IOException {
        Path file = Files.createTempFile(folder, "text", ".txt");
        try (Writer out = Files.newBufferedWriter(file)) {
            for (int written = 0; written < size; written += line.length()) {
                out.write(line);
            }
        }
        return file.toString();
    }
}
