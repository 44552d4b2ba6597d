package io.harmony4j.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code harmony eval}: how good a model is. */
@Command(
        name = "eval",
        mixinStandardHelpOptions = true,
        subcommands = EvalTinyCommand.class,
        description = "Test what a model can do.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Example:", "  harmony eval tiny"})
final class EvalCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }
}
