package io.harmony4j.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Shows on a terminal how far a command has come, at most ten times a second. */
final class Progress implements AutoCloseable {
    private static final long INTERVAL_NANOS = 100_000_000;
    private static final double MEGABYTE = 1e6;
    private static final int BAR_WIDTH = 30;

    private final PrintWriter err;
    private final boolean isShown;
    private long shownAt = System.nanoTime();
    private boolean hasLine;

    /**
     * @param isShown whether to show anything at all
     */
    Progress(PrintWriter err, boolean isShown) {
        this.err = err;
        this.isShown = isShown;
    }

    /** Returns progress for a command that writes as it goes: on a terminal, its output is progress enough. */
    static Progress besideOutput(PrintWriter err) {
        return new Progress(err, Terminal.isError() && !Terminal.isOutput());
    }

    /** Returns the stream of an input, which shows how far it has been read. */
    InputStream watch(Input input) throws IOException {
        long size = input.size();
        AtomicLong position = new AtomicLong();
        return input.open(bytes -> show(input, position.addAndGet(bytes), size));
    }

    private void show(Input input, long position, long size) {
        show(() -> {
            String share = size > 0 ? String.format(Locale.ROOT, ", %d %%", 100 * position / size) : "";
            return String.format(Locale.ROOT, "%s: %.1f MB%s", input, position / MEGABYTE, share);
        });
    }

    /**
     * Shows a bar, followed by what is being done.
     *
     * @param share how much is done, from 0 to 1
     */
    void show(String what, double share) {
        show(() -> {
            int full = (int) Math.round(Math.max(0, Math.min(1, share)) * BAR_WIDTH);
            return "[" + "#".repeat(full) + ".".repeat(BAR_WIDTH - full) + "] " + what;
        });
    }

    private void show(Supplier<String> line) {
        long now = System.nanoTime();
        if (isShown && now - shownAt >= INTERVAL_NANOS) {
            shownAt = now;
            err.print("\r\u001B[K" + line.get());
            err.flush();
            hasLine = true;
        }
    }

    /** Prints a line in place of what is shown. */
    void println(String line) {
        close();
        err.println(line);
    }

    /** Removes what is shown. */
    @Override
    public void close() {
        if (hasLine) {
            err.print("\r\u001B[K");
            err.flush();
            hasLine = false;
        }
    }
}
