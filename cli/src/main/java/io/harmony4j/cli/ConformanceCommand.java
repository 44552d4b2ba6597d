package io.harmony4j.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code harmony conformance}: whether an implementation of Harmony, in any language, is right. */
@Command(
        name = "conformance",
        mixinStandardHelpOptions = true,
        subcommands = {
            ConformanceRunCommand.class,
            ConformanceReportCommand.class,
            ConformanceFuzzCommand.class,
            ConformancePeersCommand.class,
        },
        description = "Find out whether an implementation of Harmony, in any language, is right.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  harmony conformance run --driver 'python3 my_driver.py' --html report.html",
            "  harmony conformance report one.json other.json --html matrix.html",
            "  harmony conformance fuzz --against 'node my-driver.js' --seconds 60",
            "  harmony conformance peers --html matrix.html",
        })
final class ConformanceCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }
}
