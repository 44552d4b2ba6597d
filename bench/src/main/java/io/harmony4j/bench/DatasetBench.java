package io.harmony4j.bench;

import static java.util.Objects.requireNonNull;

import com.sun.management.OperatingSystemMXBean;
import io.harmony4j.tokenizer.Tokenizer;
import io.harmony4j.training.DatasetBuilder;
import io.harmony4j.training.DatasetOptions;
import io.harmony4j.training.ImportOptions;
import io.harmony4j.training.Layout;
import io.harmony4j.training.RowSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * How fast a data set is made of rows of chats, beside a plain loop that encodes their lines and does nothing else, in the same run, in turn. One run;
 * not thread-safe.
 */
public final class DatasetBench {
    private static final double MEGABYTE = 1e6;
    private static final double NANOS = 1e9;
    private static final int BATCH = 1000; // lines

    private final CorpusFolder corpora;
    private final int threads;
    private final Listener listener;

    /**
     * Creates a run.
     *
     * @param corpora the texts that the rows are made of
     * @param threads how many threads encode
     */
    public DatasetBench(CorpusFolder corpora, int threads, Listener listener) {
        this.corpora = requireNonNull(corpora, "corpora");
        this.threads = threads;
        this.listener = requireNonNull(listener, "listener");
    }

    /** How long something took, by the clock and of the processors. */
    private record Took(double seconds, double processorSeconds) {}

    private interface Task {
        void run() throws IOException;
    }

    /**
     * Makes rows, and data sets of them in a folder, which is cleared each time.
     *
     * @param names the texts; all of them if this is empty
     * @param megabytes how many rows, in millions of bytes
     * @param rounds how often all is done
     */
    public void run(List<String> names, double megabytes, int rounds, Path work) throws IOException {
        Path rows = work.resolve("rows.jsonl");
        List<Corpus> texts = new ArrayList<>();
        for (String name : names.isEmpty() ? corpora.names() : names) {
            texts.add(corpora.load(name));
        }
        ChatRows.write(rows, texts, (long) (megabytes * MEGABYTE));
        double size = Files.size(rows) / MEGABYTE;
        listener.result(Machine.here() + ", " + threads + " threads, " + Math.round(size) + " MB of rows\n\n");
        listener.result("""
                | | MB/s | MB a second of processor time | beside the plain loop, by the clock | by processor time |
                | --- | --- | --- | --- | --- |
                """);
        for (int round = 0; round < rounds; round++) {
            Took plain = time(() -> encode(rows));
            print("plain loop of encode", size, plain, plain);
            for (Layout layout : List.of(Layout.JSONL, Layout.NPY)) {
                Path folder = work.resolve("dataset");
                clear(folder);
                print("data set, " + layout.wireName(), size, time(() -> build(rows, layout, folder)), plain);
            }
        }
    }

    private void print(String what, double size, Took took, Took plain) {
        listener.result(String.format(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.2f | %.2f |%n",
                what,
                size / took.seconds,
                size / took.processorSeconds,
                plain.seconds / took.seconds,
                plain.processorSeconds / took.processorSeconds));
    }

    private static Took time(Task task) throws IOException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long processor = system.getProcessCpuTime();
        long clock = System.nanoTime();
        task.run();
        return new Took((System.nanoTime() - clock) / NANOS, (system.getProcessCpuTime() - processor) / NANOS);
    }

    private void build(Path rows, Layout layout, Path folder) throws IOException {
        DatasetOptions options = DatasetOptions.of(ImportOptions.of(LocalDate.EPOCH))
                .withLayout(layout)
                .withThreads(threads);
        new DatasetBuilder(Tokenizer.o200kHarmony(), options).build(List.of(RowSource.of(rows)), folder);
    }

    private void encode(Path rows) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (BufferedReader lines = Files.newBufferedReader(rows)) {
            List<Future<Long>> pending = new ArrayList<>();
            List<String> batch = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                batch.add(line);
                if (batch.size() == BATCH) {
                    List<String> full = batch;
                    pending.add(pool.submit(() -> encode(full)));
                    batch = new ArrayList<>();
                    if (pending.size() > 2 * threads) {
                        pending.remove(0).get();
                    }
                }
            }
            encode(batch);
            for (Future<Long> rest : pending) {
                rest.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IOException(e);
        } finally {
            pool.shutdownNow();
        }
    }

    private static long encode(List<String> lines) {
        long tokens = 0;
        for (String line : lines) {
            tokens += Tokenizer.o200kHarmony().encode(line).length;
        }
        return tokens;
    }

    private static void clear(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
