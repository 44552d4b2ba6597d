package io.harmony4j.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;

/** Shows how far several inputs have been read, how fast, and how long the rest will take. */
final class ReadProgress implements AutoCloseable {
    private static final double MEGABYTE = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int SECONDS_PER_MINUTE = 60;

    private final Progress progress;
    private final Set<Input> opened = new HashSet<>();
    private long total;
    private boolean isTotalKnown = true;
    private long position;
    private long startedAt;

    ReadProgress(Progress progress) {
        this.progress = progress;
    }

    /** Returns progress for a command that writes as it goes: on a terminal, its output is progress enough. */
    static ReadProgress besideOutput(CommandSpec spec) {
        return new ReadProgress(Progress.besideOutput(spec.commandLine().getErr()));
    }

    /** Counts in an input that will be read. */
    void expect(Input input) throws IOException {
        long size = input.size();
        isTotalKnown &= size >= 0;
        total += Math.max(0, size);
    }

    /** Opens an input. When one is opened again, all of them are read once more. */
    InputStream watch(Input input) throws IOException {
        InputStream in = input.open(this::advance);
        if (opened.isEmpty() || !opened.add(input)) {
            opened.clear();
            opened.add(input);
            position = 0;
            startedAt = System.nanoTime();
        }
        return in;
    }

    private void advance(int bytes) {
        position += bytes;
        progress.show(text(), isTotalKnown && total > 0 ? (double) position / total : 0);
    }

    private String text() {
        double seconds = (System.nanoTime() - startedAt) / NANOS_PER_SECOND;
        double rate = position / Math.max(seconds, 1e-3);
        String text = String.format(Locale.ROOT, "%.1f MB, %.1f MB/s", position / MEGABYTE, rate / MEGABYTE);
        if (!isTotalKnown || rate == 0) {
            return text;
        }
        long left = Math.round(Math.max(0, total - position) / rate);
        return text + ", " + left / SECONDS_PER_MINUTE + " min " + left % SECONDS_PER_MINUTE + " s left";
    }

    @Override
    public void close() {
        progress.close();
    }
}
