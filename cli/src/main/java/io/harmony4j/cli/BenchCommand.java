package io.harmony4j.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code harmony bench}: the programs that measure and compare. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        subcommands = {
            BenchTokenizerCommand.class,
            BenchDifferentialCommand.class,
            BenchEngineCommand.class,
            BenchServeCommand.class,
            BenchDatasetCommand.class,
            BenchGrammarCommand.class
        },
        description = "Measure the tokenizer, the engine, the server, data sets or grammars, or compare tokens.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  harmony bench tokenizer --corpora texts",
            "  harmony bench differential --megabytes 100",
            "  harmony bench engine --model gpt-oss-20b.gguf",
            "  harmony bench serve --streams 1000",
            "  harmony bench dataset --corpora texts --work /tmp/work",
            "  harmony bench grammar --schemas schemas",
        })
final class BenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }
}
