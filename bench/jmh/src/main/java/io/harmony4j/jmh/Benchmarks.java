package io.harmony4j.jmh;

import io.harmony4j.bench.Library;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the benchmarks that JMH's command line names, all by default, and then prints their speeds as {@link SpeedTable}. Texts
 * are in MB/s: 1,000,000 bytes of UTF-8 a second.
 */
public final class Benchmarks {
    private static final String CORPUS = "corpus";
    private static final String HOSTILE = "hostile";
    private static final int FORKS = 2;
    private static final int WARMUPS = 3;
    private static final int MEASUREMENTS = 5;
    private static final TimeValue ITERATION = TimeValue.seconds(1);

    private Benchmarks() {}

    /** Runs the benchmarks. */
    public static void main(String... args) throws RunnerException, CommandLineOptionException, IOException {
        CommandLineOptions commandLine = new CommandLineOptions(args);
        if (asksForText(commandLine)) {
            Main.main(args);
            return;
        }
        SpeedTable table = new SpeedTable();
        for (RunResult result : new Runner(withDefaults(commandLine)).run()) {
            add(result, table);
        }
        System.out.print(table);
    }

    private static boolean asksForText(CommandLineOptions options) {
        return options.shouldHelp()
                || options.shouldList()
                || options.shouldListWithParams()
                || options.shouldListProfilers()
                || options.shouldListResultFormats();
    }

    private static Options withDefaults(CommandLineOptions options) {
        return new OptionsBuilder()
                .parent(options)
                .forks(options.getForkCount().orElse(FORKS))
                .warmupIterations(options.getWarmupIterations().orElse(WARMUPS))
                .warmupTime(options.getWarmupTime().orElse(ITERATION))
                .measurementIterations(options.getMeasurementIterations().orElse(MEASUREMENTS))
                .measurementTime(options.getMeasurementTime().orElse(ITERATION))
                .param(
                        CORPUS,
                        options.getParameter(CORPUS).orElseGet(Corpora::names).toArray(String[]::new))
                .build();
    }

    private static void add(RunResult result, SpeedTable table) {
        BenchmarkParams params = result.getParams();
        if (params.getMode() != Mode.Throughput) {
            return;
        }
        String name = params.getBenchmark();
        String operation = name.substring(name.lastIndexOf('.') + 1);
        // JMH counts by the time unit of its options
        double perSecond = params.getTimeUnit().convert(1, TimeUnit.SECONDS);
        Result<?> bytes = result.getSecondaryResults().get("bytes");
        if (bytes != null) {
            Library library = Library.valueOf(params.getParam("library"));
            String text = params.getParam(CORPUS);
            table.add(text == null ? params.getParam(HOSTILE) : text, operation, library, bytes.getScore() * perSecond);
        }
        Result<?> tokens = result.getSecondaryResults().get("tokens");
        if (tokens != null) {
            String mode = params.getParam("mode");
            table.add(mode == null ? operation : operation + " " + mode, tokens.getScore() * perSecond);
        }
    }
}
