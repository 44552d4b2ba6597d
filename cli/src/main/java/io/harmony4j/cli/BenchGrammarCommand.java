package io.harmony4j.cli;

import io.harmony4j.bench.GrammarBench;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code harmony bench grammar}: how fast grammars and their masks are made. */
@Command(
        name = "grammar",
        mixinStandardHelpOptions = true,
        description = "Measure how fast grammars are made of JSON Schemas, and their masks over tokens.",
        footer = {
            "",
            "A .json file has the members schema and tests: a list of objects with valid",
            "(true or false), and the value as data or its JSON text as text. A .jsonl file",
            "has one such object in each line. Times are processor time of one thread.",
            "",
            "Example:",
            "  harmony bench grammar --schemas schemas",
        })
final class BenchGrammarCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--schemas",
            paramLabel = "DIR",
            required = true,
            description = "The folder with schemas and values.")
    private Path schemas;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "10",
            description = "How often all is done, with new grammars; the last round counts; default ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--live",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many grammars are kept to see what memory they take; default ${DEFAULT-VALUE}.")
    private int live;

    @Override
    public Integer call() throws IOException {
        if (rounds < 1 || live < 1) {
            throw new ParameterException(
                    spec.commandLine(), "expected --rounds and --live above 0 but found " + rounds + " and " + live);
        }
        try (BenchOutput output = new BenchOutput(spec.commandLine())) {
            new GrammarBench(output).run(schemas, rounds, live);
        }
        return 0;
    }
}
