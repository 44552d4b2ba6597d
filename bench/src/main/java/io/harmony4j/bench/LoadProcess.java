package io.harmony4j.bench;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link LoadServer} that runs. Not thread-safe. */
final class LoadProcess implements AutoCloseable {
    private static final String PEAK = "VmHWM:";

    private final Process process;
    private final BufferedReader out;
    private final Writer in;
    private final URI url;

    private LoadProcess(Process process) throws IOException {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.in = process.outputWriter(StandardCharsets.UTF_8);
        String line = out.readLine();
        if (line == null) {
            throw new IOException("expected a server but it has ended; its errors are above");
        }
        this.url = URI.create(line);
    }

    /**
     * Starts a server.
     *
     * @param heap the most it may take, as in {@code 512m}
     */
    static LoadProcess start(JsonObject settings, String heap) throws IOException {
        List<String> command = new ArrayList<>(ForkedJvm.command(LoadServer.class));
        command.add(1, "-Xmx" + heap);
        command.add(settings.toString());
        return new LoadProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    InetSocketAddress address() {
        return new InetSocketAddress(url.getHost(), url.getPort());
    }

    /** Returns the server's figures, with those of a number. */
    JsonValue figures(int number) throws IOException {
        in.write(number + "\n");
        in.flush();
        return Json.parse(String.valueOf(out.readLine()));
    }

    /** Waits until no generation runs; returns for how many milliseconds, at most 10 seconds. */
    long awaitRest() throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (figures(0).get("running").intValue() > 0 && System.nanoTime() - start < 10_000_000_000L) {
            Thread.sleep(10);
        }
        return (System.nanoTime() - start) / 1_000_000;
    }

    /** Returns the most memory that the process had, in bytes; -1 if the system does not say. */
    long peakMemory() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.isReadable(status)) {
            return -1;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith(PEAK))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(-1);
    }

    /** Tells the process to end, as {@code kill -TERM} does. */
    void terminate() {
        process.toHandle().destroy(); // the process's own way would close its standard input, too
    }

    /** Returns the exit code, or -1 if it does not end in time. */
    int exitCode(int seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
