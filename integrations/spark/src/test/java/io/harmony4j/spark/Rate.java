package io.harmony4j.spark;

import com.sun.management.OperatingSystemMXBean;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Prints how much processor time a row takes in a job of Spark, and how much in a plain loop over the same texts; docs/integrations/spark.md says how to run
 * it. What counts is the processor time of the whole process, which other programs change little; loop and job take turns.
 */
final class Rate {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();

    /** How long a document is, in UTF-16 code units. */
    private static final int DOCUMENT = 2300;

    /** How many documents there are; texts come again until there are so many. */
    private static final int DOCUMENTS = 17_000;

    /** How often the table is read in one job, so that planning the job, a quarter of a second, counts as little as in large ones. */
    private static final int TIMES = 8;

    /** The files of a folder that are read. */
    private static final Pattern TEXT = Pattern.compile(".*\\.(txt|md|java|py|json|jsonl|xml|html)");

    private static final int SHORT_ROWS = 1_000_000;
    private static final int ROUNDS = 5;

    private Rate() {}

    /** Measures on the texts of the folder that is the first argument. */
    public static void main(String[] args) throws IOException {
        String text = read(Path.of(args[0]));
        List<String> documents = new ArrayList<>();
        for (int at = 0; documents.size() < DOCUMENTS; at = at + DOCUMENT < text.length() ? at + DOCUMENT : 0) {
            documents.add(text.substring(at, Math.min(text.length(), at + DOCUMENT)));
        }
        List<String> words = Stream.iterate(0, i -> i + 1)
                .limit(SHORT_ROWS)
                .map(i -> "row " + i % 9973)
                .toList();
        System.out.printf("%s, Java %s, Spark %s%n", SYSTEM.getName(), Runtime.version(), LocalSpark.SESSION.version());
        measure("documents of 2.3 KB", documents);
        measure("short rows", words);
        LocalSpark.SESSION.stop();
    }

    private static String read(Path folder) throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(file -> TEXT.matcher(file.toString()).matches())
                    .sorted()
                    .toList()) {
                text.append(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            }
        }
        return text.toString();
    }

    private static void measure(String what, List<String> texts) {
        Dataset<Row> table = LocalSpark.SESSION
                .createDataset(texts, Encoders.STRING())
                .repartition(2)
                .toDF("text")
                .persist();
        Stream.generate(() -> table)
                .limit(TIMES)
                .reduce(Dataset::union)
                .orElseThrow()
                .createOrReplaceTempView("texts");
        long bytes = LocalSpark.one("SELECT sum(octet_length(text)) FROM texts").getLong(0);
        System.out.printf(
                "%n%s: %,d rows, %.1f MB%n%-18s%14s%14s%10s%8s%n",
                what, texts.size() * TIMES, bytes / 1e6, "", "loop, us/row", "Spark, us/row", "MB/cpu-s", "ratio");
        compare(
                "octet_length",
                "octet_length(text)",
                texts,
                bytes,
                text -> text.getBytes(StandardCharsets.UTF_8).length);
        compare("harmony_count", "harmony_count(text)", texts, bytes, TOKENIZER::count);
        compare("harmony_encode", "size(harmony_encode(text))", texts, bytes, text -> TOKENIZER.encode(text).length);
        table.unpersist();
    }

    private static void compare(String name, String sql, List<String> texts, long bytes, ToLongFunction<String> work) {
        String query = "SELECT sum(" + sql + ") FROM texts";
        long[] loop = new long[ROUNDS];
        long[] job = new long[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) { // one to get warm
            long[] results = new long[2];
            long ofLoop = time(() -> loop(texts, work), results, 0);
            long ofJob = time(() -> LocalSpark.one(query).getLong(0), results, 1);
            if (results[0] != results[1]) {
                throw new IllegalStateException("expected " + results[0] + " but found " + results[1] + " by " + query);
            }
            if (round >= 0) {
                loop[round] = ofLoop;
                job[round] = ofJob;
            }
        }
        double[] ratios = new double[ROUNDS];
        Arrays.setAll(ratios, i -> (double) loop[i] / job[i]);
        Arrays.sort(ratios);
        Arrays.sort(loop);
        Arrays.sort(job);
        System.out.printf(
                "%-18s%14.3f%14.3f%10.1f%8.2f%n",
                name,
                loop[ROUNDS / 2] / 1e3 / TIMES / texts.size(),
                job[ROUNDS / 2] / 1e3 / TIMES / texts.size(),
                bytes * 1e3 / job[ROUNDS / 2],
                ratios[ROUNDS / 2]);
    }

    private static long loop(List<String> texts, ToLongFunction<String> work) {
        long sum = 0;
        for (int i = 0; i < TIMES; i++) {
            for (String text : texts) {
                sum += work.applyAsLong(text);
            }
        }
        return sum;
    }

    /** Returns the processor time of some work, in nanoseconds. */
    private static long time(LongSupplier work, long[] results, int index) {
        long before = SYSTEM.getProcessCpuTime();
        results[index] = work.getAsLong();
        return SYSTEM.getProcessCpuTime() - before;
    }
}
