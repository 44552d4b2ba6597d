package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The packaged {@code harmony chat} on a terminal, which util-linux's {@code script} makes. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChatIT {
    private static final Path SCRIPT = Path.of("/usr/bin/script");

    @TempDir
    private Path folder;

    private final StringBuilder shown = new StringBuilder();

    @Test
    void whatIsTypedBeforeThePromptIsNotLost() throws IOException, InterruptedException {
        assumeThat(SCRIPT).exists();
        Program chat = Program.of(
                        folder,
                        SCRIPT.toString(),
                        "-qec",
                        String.join(
                                " ",
                                "'" + Program.JAVA + "'",
                                "-XX:+UseSerialGC",
                                "-Dharmony.terminal.stdin=true",
                                "'-Duser.home=" + folder + "'",
                                "-jar",
                                Program.JAR.toString(),
                                "chat"))
                .with("TERM", "xterm-256color");
        Process process = chat.start("/dev/null");
        try (OutputStream keyboard = process.getOutputStream();
                InputStream screen = process.getInputStream()) {
            type(keyboard, "What is 17 * 23?\nWhat is 2 + "); // while Java starts
            readUntil(screen, "kernels: ");
            type(keyboard, "3?\n"); // while the terminal is being made
            readUntil(screen, "{\"result\":391}");
            type(keyboard, "What is 8 * 9?\n"); // during an answer
            readUntil(screen, "{\"result\":5}");
            readUntil(screen, "{\"result\":72}");
            type(keyboard, "/quit\n");
            assertThat(chat.finish(process).exitCode()).isEqualTo(Run.DONE);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void type(OutputStream keyboard, String text) throws IOException {
        keyboard.write(text.getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
    }

    private void readUntil(InputStream screen, String text) throws IOException {
        while (shown.indexOf(text) < 0) {
            int next = screen.read();
            assertThat(next).as("what comes after: " + shown).isNotNegative();
            shown.append((char) next);
        }
    }
}
