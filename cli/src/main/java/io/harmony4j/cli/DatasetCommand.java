package io.harmony4j.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code harmony dataset}: data sets for training. */
@Command(
        name = "dataset",
        mixinStandardHelpOptions = true,
        subcommands = {
            DatasetBuildCommand.class,
            DatasetStatsCommand.class,
            DatasetLintCommand.class,
            DatasetShowCommand.class
        },
        description = "Make data sets for training, of rows of any shape, and look at them.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  harmony dataset build chat.jsonl.zst --date 2026-01-01 --out dataset",
            "  harmony dataset stats chat.jsonl --date 2026-01-01",
            "  harmony dataset lint chat.jsonl --date 2026-01-01",
            "  harmony dataset show dataset --row 3",
        })
final class DatasetCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }
}
