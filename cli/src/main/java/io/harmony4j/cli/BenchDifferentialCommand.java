package io.harmony4j.cli;

import io.harmony4j.bench.Differential;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code harmony bench differential}: our tokens compared with JTokkit's, on much text of all kinds. */
@Command(
        name = "differential",
        mixinStandardHelpOptions = true,
        description = "Compare our tokens with JTokkit's on text of all kinds, made from a seed.",
        footer = {
            "",
            "Besides, count must be the number of tokens, decoding must give the text, and",
            "the tokens must be the same from UTF-8, from text that grows, and without a",
            "cache of pieces. The first differences are shown with the shortest text that",
            "has them; if there are any, the exit code is 1.",
            "",
            "JTokkit asks the JDK what is a letter. JDK 24 and 25 have Unicode 16, as the",
            "reference has; on an older one, characters that it does not know are left out.",
            "",
            "Examples:",
            "  harmony bench differential --megabytes 100",
            "  JAVA_HOME=~/jdk-25 harmony bench differential --seed 7",
        })
final class BenchDifferentialCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--megabytes",
            paramLabel = "MB",
            defaultValue = "100",
            description = "How much text, in millions of bytes of UTF-8; default ${DEFAULT-VALUE}.")
    private double megabytes;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Another seed makes other text; default ${DEFAULT-VALUE}.")
    private long seed;

    @Override
    public Integer call() {
        if (!(megabytes > 0)) {
            throw new ParameterException(spec.commandLine(), "expected --megabytes above 0 but found " + megabytes);
        }
        try (BenchOutput output = new BenchOutput(spec.commandLine())) {
            return Differential.of(seed, output).run(megabytes) == 0 ? 0 : 1;
        }
    }
}
