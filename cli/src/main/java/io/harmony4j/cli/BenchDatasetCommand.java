package io.harmony4j.cli;

import io.harmony4j.bench.DatasetBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code harmony bench dataset}: how fast a data set is made. */
@Command(
        name = "dataset",
        mixinStandardHelpOptions = true,
        description = "Measure how fast a data set is made of chats, beside a plain loop that encodes their lines.",
        footer = {
            "",
            "The rows are made of the texts, the same each time, and written to the folder",
            "of --work, as the data sets are.",
            "",
            "Examples:",
            "  harmony bench dataset --corpora texts --work /tmp/work",
            "  harmony bench dataset --corpora texts --only en_prose,code_java \\",
            "      --megabytes 1000 --threads 2 --work /tmp/work",
        })
final class BenchDatasetCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CorporaOption corpora;

    @Option(names = "--work", paramLabel = "DIR", required = true, description = "A folder for rows and data sets.")
    private Path work;

    @Option(
            names = "--megabytes",
            paramLabel = "MB",
            defaultValue = "200",
            description = "How many rows, in millions of bytes; default ${DEFAULT-VALUE}.")
    private double megabytes;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many threads encode; default as many as there are processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often all is measured, in turn; default ${DEFAULT-VALUE}.")
    private int rounds;

    @Override
    public Integer call() throws IOException {
        if (!(megabytes > 0) || threads < 1 || rounds < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected --megabytes, --threads and --rounds above 0 but found " + megabytes + ", " + threads
                            + ", " + rounds);
        }
        Files.createDirectories(work);
        try (BenchOutput output = new BenchOutput(spec.commandLine())) {
            new DatasetBench(corpora.folder(), threads, output).run(corpora.only(), megabytes, rounds, work);
        }
        return 0;
    }
}
