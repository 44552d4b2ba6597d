package io.harmony4j.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.Locale;

/** Shows on a terminal how much of an input has been read, at most ten times a second. */
final class Progress implements AutoCloseable {
    private static final long INTERVAL_NANOS = 100_000_000;
    private static final double MEGABYTE = 1e6;

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

    /** Returns a stream that shows how far it has been read. */
    InputStream watch(Input input) throws IOException {
        long size = input.size();
        return new FilterInputStream(input.open()) {
            private long position;

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int read = super.read(into, offset, length);
                position += Math.max(0, read);
                show(input, position, size);
                return read;
            }
        };
    }

    private void show(Input input, long position, long size) {
        long now = System.nanoTime();
        if (isShown && now - shownAt >= INTERVAL_NANOS) {
            shownAt = now;
            String share = size > 0 ? String.format(Locale.ROOT, ", %d %%", 100 * position / size) : "";
            err.print(String.format(Locale.ROOT, "\r\u001B[K%s: %.1f MB%s", input, position / MEGABYTE, share));
            err.flush();
            hasLine = true;
        }
    }

    /** Prints a line in place of what is shown. */
    void println(String line) {
        close();
        err.println(line);
    }

    /** Takes away what is shown. */
    @Override
    public void close() {
        if (hasLine) {
            err.print("\r\u001B[K");
            err.flush();
            hasLine = false;
        }
    }
}
