package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/**
 * A command that has run, in this process.
 *
 * @param out what it printed, with line feeds between the lines
 * @param err what it printed on standard error, likewise
 */
record Run(int exitCode, String out, String err) {
    static final int DONE = 0;
    static final int BAD_INPUT = 1;
    static final int WRONG_USAGE = 2;

    static Run of(String... args) {
        return withInput("", args);
    }

    static Run withInput(String input, String... args) {
        return withInput(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), args);
    }

    static Run withInput(InputStream input, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        InputStream before = System.in;
        System.setIn(input);
        try {
            int exitCode = HarmonyCommand.run(
                    HarmonyCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)), args);
            return new Run(exitCode, lines(out), lines(err));
        } finally {
            System.setIn(before);
        }
    }

    private static String lines(StringWriter text) {
        return text.toString().replace(System.lineSeparator(), "\n");
    }

    /** Asserts that the command did its work without a word on standard error; returns what it printed. */
    String done() {
        assertThat(err).isEmpty();
        assertThat(exitCode).isEqualTo(DONE);
        return out;
    }

    /** Asserts that the command did its work, and said which kernels did; returns what it printed. */
    String doneByAModel() {
        assertThat(err).contains("kernels: ").endsWith("\n").containsOnlyOnce("\n");
        assertThat(exitCode).isEqualTo(DONE);
        return out;
    }

    /** Asserts that the command refused its input in one line; returns that line without the command's name. */
    String badInput() {
        assertThat(exitCode).isEqualTo(BAD_INPUT);
        assertThat(err).startsWith("harmony: ").endsWith("\n").containsOnlyOnce("\n");
        return err.substring("harmony: ".length(), err.length() - 1);
    }
}
