package io.harmony4j.cli;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line's entry. Exit codes: 0 done, 1 bad input, 2 wrong usage. */
@Command(
        name = "harmony",
        mixinStandardHelpOptions = true,
        versionProvider = HarmonyCommand.Version.class,
        subcommands = {
            DemoCommand.class,
            ChatCommand.class,
            RenderCommand.class,
            ConvertCommand.class,
            ParseCommand.class,
            TokenizeCommand.class,
            DecodeCommand.class,
            CountCommand.class,
            LintCommand.class,
            CompactCommand.class,
            DatasetCommand.class,
            ImportCommand.class,
            DriverCommand.class,
            GenerateCommand.class,
            GrammarCommand.class,
            ServeCommand.class,
            McpCommand.class,
            ModelCommand.class,
            EvalCommand.class,
            ConformanceCommand.class,
            BenchCommand.class,
        },
        description = "Tokenize, render, generate and parse Harmony, the message format of the gpt-oss models.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  harmony demo",
            "  harmony chat",
            "  harmony render conversation.json --to text",
            "  harmony convert request.json --to prompt",
            "  echo 'Hello' | harmony tokenize",
            "  harmony count *.txt",
            "",
            "Exit codes: 0 done, 1 bad input, 2 wrong usage.",
        })
final class HarmonyCommand implements Callable<Integer> {
    private static final int BAD_INPUT = 1;
    private static final int WRONG_USAGE = 2;

    @Spec
    private CommandSpec spec;

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        CommandLine commandLine = commandLine()
                .setOut(utf8(new StandardOutput(new FileOutputStream(FileDescriptor.out)), false))
                .setErr(utf8(new FileOutputStream(FileDescriptor.err), true));
        System.exit(run(commandLine, args));
    }

    /** Returns a writer in UTF-8, whatever the locale: tokens may be any text. */
    private static PrintWriter utf8(OutputStream stream, boolean flushesLines) {
        return new PrintWriter(
                new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8)), flushesLines);
    }

    /** Runs a command and returns its exit code. */
    static int run(CommandLine commandLine, String... args) {
        try {
            int exitCode = commandLine.execute(args);
            commandLine.getOut().flush();
            return exitCode;
        } catch (UncheckedIOException | OutOfMemoryError e) {
            return fail(commandLine, e);
        }
    }

    /** Returns all commands. Arguments are taken literally: {@code @name} does not name a file of arguments. */
    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new HarmonyCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false)
                .setAllowOptionsAsOptionParameters(true)
                .setParameterExceptionHandler((wrong, args) -> explain(wrong))
                .setExecutionExceptionHandler((failure, command, parsed) -> fail(command, failure));
        WordConverter.register(commandLine);
        setVersion(commandLine);
        return commandLine;
    }

    private static void setVersion(CommandLine commandLine) {
        for (CommandLine command : commandLine.getSubcommands().values()) {
            command.getCommandSpec().versionProvider(new Version());
            setVersion(command);
        }
    }

    private static int explain(ParameterException wrong) {
        PrintWriter err = wrong.getCommandLine().getErr();
        err.println("harmony: " + ErrorLine.of(wrong));
        UnmatchedArgumentException.printSuggestions(wrong, err);
        err.println("Try '" + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return WRONG_USAGE;
    }

    /** Reports a failure; returns the exit code that says so. */
    static int fail(CommandLine command, Throwable failure) {
        try {
            command.getOut().flush(); // results come before the error
        } catch (UncheckedIOException e) {
            // the first failure is the one to report
        }
        if (ErrorLine.isDefect(failure)) {
            failure.printStackTrace(command.getErr());
        }
        if (!StandardOutput.isClosedPipe(failure)) {
            command.getErr().println("harmony: " + ErrorLine.of(failure));
        }
        return BAD_INPUT;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return WRONG_USAGE;
    }

    /** The version from the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = HarmonyCommand.class.getPackage().getImplementationVersion();
            return new String[] {
                "harmony " + (version == null ? "(not packaged)" : version) + ", Java " + Runtime.version()
            };
        }
    }
}
