package io.harmony4j.conformance;

import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One life of a driver's process: requests go in, and a listener is told what comes out. It has a thread for each of its three
 * streams and one for its end, so that none of them can block another; they are daemons and end when the process does.
 */
final class DriverChild {
    /** A longer line is no answer: it may be one that never ends. */
    private static final int MAX_LINE_BYTES = 1 << 26;

    private static final int BLOCK_BYTES = 1 << 16;

    private static final long EXIT_PATIENCE_MILLIS = 500;
    private static final long QUEUE_PATIENCE_MILLIS = 100;
    private static final long LOOK_MILLIS = 100;

    private final ProcessTree tree;
    private final Process process; // its root
    private final Listener listener;
    private final BlockingQueue<JsonObject> requests = new LinkedBlockingQueue<>();
    private final ErrorTail errors;
    private volatile boolean isEnding;
    private volatile boolean isKilled;

    /** Is told what a process does, from several threads; may block. */
    interface Listener {
        /** The process has written a JSON object with a seq. */
        void answered(DriverChild child, JsonObject answer);

        /** The process has written a line that is no answer. */
        void wroteGarbage(DriverChild child, String line);

        /** Nothing more will come. */
        void endedOutput(DriverChild child);

        /** The process has ended; what it wrote may still come. */
        void exited(DriverChild child);
    }

    private DriverChild(ProcessTree tree, Listener listener, ErrorTail errors) {
        this.tree = tree;
        this.process = tree.root();
        this.listener = listener;
        this.errors = errors;
    }

    /**
     * Starts a process.
     *
     * @param errors gets what it writes to standard error
     * @throws IOException if there is no such program
     */
    static DriverChild start(List<String> command, Listener listener, ErrorTail errors) throws IOException {
        DriverChild child = new DriverChild(ProcessTree.start(command), listener, errors);
        daemon("requests", child::write);
        daemon("answers", child::read);
        daemon("errors", child::readErrors);
        daemon("exit", child::waitForExit);
        return child;
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, "driver-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Sends a request, soon. */
    void send(JsonObject request) {
        requests.add(request);
    }

    private void write() {
        try (OutputStream out = new BufferedOutputStream(process.getOutputStream())) {
            while (!isKilled && !(isEnding && requests.isEmpty())) {
                JsonObject request = requests.poll(QUEUE_PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
                if (request != null) {
                    out.write(AsciiJson.write(request).getBytes(StandardCharsets.US_ASCII));
                    out.write('\n');
                    if (requests.isEmpty()) {
                        out.flush();
                    }
                }
            }
        } catch (IOException e) {
            // it reads no more: the end of its output, or of the time limit, will tell
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (InputStream in = process.getInputStream()) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            byte[] block = new byte[BLOCK_BYTES];
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                int end;
                for (int start = 0; start < read; start = end + 1) {
                    end = lineEnd(block, start, read);
                    line.write(block, start, end - start);
                    if (line.size() > MAX_LINE_BYTES) {
                        listener.wroteGarbage(this, "a line of more than " + MAX_LINE_BYTES + " bytes");
                        return;
                    }
                    if (end < read) {
                        tell(line.toString(StandardCharsets.UTF_8));
                        line.reset();
                    }
                }
            }
            if (line.size() > 0) {
                tell(line.toString(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // as at the end
        }
        listener.endedOutput(this);
    }

    private static int lineEnd(byte[] block, int start, int end) {
        for (int i = start; i < end; i++) {
            if (block[i] == '\n') {
                return i;
            }
        }
        return end;
    }

    private void tell(String line) {
        if (line.isBlank()) {
            return;
        }
        try {
            JsonValue answer = Json.parseAny(line);
            if (answer instanceof JsonObject object && object.get("seq").isInteger()) {
                listener.answered(this, object);
                return;
            }
        } catch (IllegalArgumentException notJson) {
            // as any other line that is no answer
        }
        listener.wroteGarbage(this, line);
    }

    private void waitForExit() {
        try {
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                tree.look();
            }
            listener.exited(this);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readErrors() {
        try (InputStream in = process.getErrorStream()) {
            errors.readAll(in);
        } catch (IOException e) {
            // the process has ended
        }
    }

    /** Returns how the process ended, as in "ended with exit code 3"; waits a little for it. */
    String ending() {
        boolean hasEnded = false;
        try {
            hasEnded = process.waitFor(EXIT_PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return hasEnded ? "ended with exit code " + process.exitValue() : "closed its standard output";
    }

    /** Closes the process's input after what has been sent, gives it time to end by itself, then ends it and what it has started. */
    void end(long millis) throws InterruptedException {
        isEnding = true;
        process.waitFor(millis, TimeUnit.MILLISECONDS);
        kill();
    }

    /** Ends the process and what it has started, also if it has already ended by itself. */
    void kill() {
        isKilled = true;
        tree.kill();
    }
}
