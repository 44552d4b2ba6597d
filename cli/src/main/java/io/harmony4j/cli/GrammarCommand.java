package io.harmony4j.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code harmony grammar}: what a model may write. */
@Command(
        name = "grammar",
        mixinStandardHelpOptions = true,
        subcommands = {GrammarExportCommand.class, GrammarCheckCommand.class, GrammarExplainCommand.class},
        description = "See what a model may write where tools and schemas bind it.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  harmony grammar export --to gbnf --tools tools.json",
            "  harmony grammar check --schema schema.json answer.json",
            "  harmony grammar explain --request request.json turn.txt",
        })
final class GrammarCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }
}
