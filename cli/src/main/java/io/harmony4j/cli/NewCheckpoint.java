package io.harmony4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongConsumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What commands that write a checkpoint have in common: there must be room for it, nothing is lost, and its progress shows. */
final class NewCheckpoint {
    private static final double GIGABYTE = 1e9;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--force", description = "Write over what is there.")
    private boolean isForced;

    /** Writes a checkpoint. */
    interface Writing {
        void write(LongConsumer progress) throws IOException;
    }

    /**
     * Writes a checkpoint, and says so.
     *
     * @param out the folder or file that is named
     * @param file where the tensors go, which is all that takes room
     * @param bytes how many they are
     */
    void write(Path out, Path file, long bytes, Writing writing) throws IOException {
        check(out, file, bytes);
        long start = System.nanoTime();
        try (Progress progress = new Progress(spec.commandLine().getErr(), Terminal.isError())) {
            writing.write(written -> progress.show(
                    speed(Math.min(written, bytes), bytes, start), Math.min(1, (double) written / bytes)));
        }
        spec.commandLine().getOut().println(out + ": " + speed(bytes, bytes, start));
    }

    private void check(Path out, Path file, long bytes) throws IOException {
        if (Files.exists(file) && !isForced) {
            throw new ParameterException(
                    spec.commandLine(), "expected nothing at " + file + " but it is there; --force writes over it");
        }
        if (out.equals(file)) {
            OutputFiles.check(file);
        }
        Path there = existing(out.toAbsolutePath());
        long free = Files.getFileStore(there).getUsableSpace() + (Files.exists(file) ? Files.size(file) : 0);
        if (free < bytes) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "expected %.1f GB free for %s but found %.1f GB",
                    bytes / GIGABYTE,
                    out,
                    free / GIGABYTE));
        }
    }

    private static Path existing(Path path) {
        Path parent = path.getParent();
        return parent == null || Files.exists(path) ? path : existing(parent);
    }

    private static String speed(long written, long bytes, long start) {
        return String.format(
                Locale.ROOT,
                "%.2f of %.2f GB, %.0f MB/s",
                written / GIGABYTE,
                bytes / GIGABYTE,
                written * 1e3 / Math.max(1, System.nanoTime() - start));
    }
}
