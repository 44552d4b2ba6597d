package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.Recipient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS)
class ToolCommandTest {
    private static final Recipient PYTHON = Recipient.of("python");

    private static String run(String command, String input) throws IOException, InterruptedException {
        return new ToolCommand(command, Duration.ofSeconds(20)).run(PYTHON, input);
    }

    @Test
    void theCommandReadsWhatTheModelWroteAndItsOutputIsTheResult() throws Exception {
        assertThat(run("tr a-z A-Z", "grüße\n")).isEqualTo("GRüßE\n");
    }

    @Test
    void whatGoesWrongIsInTheResult() throws Exception {
        assertThat(run("echo broken >&2; exit 3", "")).isEqualTo("broken\n\n(exit code 3)");
    }

    @Test
    void inputThatIsNotReadIsNoFailure() throws Exception {
        assertThat(run("echo done", "x".repeat(1_000_000))).isEqualTo("done\n");
    }

    @Test
    void longOutputIsCut() throws Exception {
        assertThat(run("yes | head -c 10000000", "")).hasSize(64 * 1024);
    }

    @Test
    void aCommandThatDoesNotEndIsEnded() throws Exception {
        ToolCommand command = new ToolCommand("sleep 1000 & sleep 1000", Duration.ofMillis(200));
        assertThatThrownBy(() -> command.run(PYTHON, ""))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("python");
        for (ProcessHandle left : ProcessHandle.current().descendants().toList()) {
            left.onExit().get(10, TimeUnit.SECONDS); // it has been killed, but may not be gone yet
        }
    }
}
