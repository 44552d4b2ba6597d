package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
    private final StringWriter err = new StringWriter();

    @Test
    void aFullDiskIsReported() {
        assertThat(run("No space left on device")).isEqualTo(Run.BAD_INPUT);
        assertThat(err.toString().strip())
                .isEqualTo("harmony: expected to write all output but found: No space left on device");
    }

    @Test
    void aClosedPipeEndsTheRunInSilence() {
        assertThat(run("Broken pipe")).isEqualTo(Run.BAD_INPUT);
        assertThat(err.toString()).isEmpty();
    }

    private int run(String failure) {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(failure);
            }
        };
        PrintWriter out = new PrintWriter(new StandardOutput(broken), false, StandardCharsets.UTF_8);
        return HarmonyCommand.run(
                HarmonyCommand.commandLine().setOut(out).setErr(new PrintWriter(err)),
                "tokenize",
                "--text",
                "word ".repeat(10_000));
    }
}
