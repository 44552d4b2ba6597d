package io.harmony4j.cli;

import io.harmony4j.Recipient;
import io.harmony4j.openai.ToolRunner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * A tool that is a command of the operator's: it reads what the model wrote on its standard input, and what it prints is the result. It has
 * some time, and its output may have some length; the rest of that is left out.
 */
final class ToolCommand implements ToolRunner {
    private static final int MAX_OUTPUT = 64 * 1024;

    private final List<String> command;
    private final Duration limit;

    /** @param command a line for the shell */
    ToolCommand(String command, Duration limit) {
        boolean isWindows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        this.command = isWindows ? List.of("cmd", "/c", command) : List.of("sh", "-c", command);
        this.limit = limit;
    }

    @Override
    public String run(Recipient tool, String input) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Thread reader = new Thread(() -> read(process.getInputStream(), output), "harmony-tool-output");
        reader.setDaemon(true);
        reader.start();
        Thread writer = new Thread(() -> write(process.getOutputStream(), input), "harmony-tool-input");
        writer.setDaemon(true);
        writer.start();
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(
                        "expected " + tool.name() + " to end within " + limit.toSeconds() + " s but it did not");
            }
            reader.join(limit.toMillis());
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        String text = output.toString(StandardCharsets.UTF_8);
        return process.exitValue() == 0 ? text : text + "\n(exit code " + process.exitValue() + ")";
    }

    /** Reads all there is, and keeps the beginning. */
    private static void read(InputStream from, ByteArrayOutputStream into) {
        byte[] part = new byte[8192];
        try (from) {
            for (int count = from.read(part); count >= 0; count = from.read(part)) {
                into.write(part, 0, Math.min(count, MAX_OUTPUT - into.size()));
            }
        } catch (IOException e) {
            // the process has been ended
        }
    }

    private static void write(OutputStream to, String input) {
        try (to) {
            to.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // it does not read its input
        }
    }
}
