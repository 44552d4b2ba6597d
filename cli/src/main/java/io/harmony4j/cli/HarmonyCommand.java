package io.harmony4j.cli;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

    /** The commands, in the order in which the help lists them. */
    private static final List<String> COMMANDS = List.of(
            "demo",
            "chat",
            "render",
            "convert",
            "parse",
            "tokenize",
            "decode",
            "count",
            "lint",
            "compact",
            "dataset",
            "import",
            "driver",
            "generate",
            "grammar",
            "serve",
            "mcp",
            "model",
            "eval",
            "conformance",
            "bench");

    @Spec
    private CommandSpec spec;

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        CommandLine commandLine = commandLine(args)
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

    /**
     * Returns the commands that the arguments may mean: the one that they begin with, without the time that it takes to make the others, or else all.
     * Arguments are taken literally: {@code @name} does not name a file of arguments.
     */
    static CommandLine commandLine(String... args) {
        CommandLine commandLine = new CommandLine(new HarmonyCommand());
        String first = args.length > 0 ? args[0] : "";
        if (COMMANDS.contains(first)) {
            commandLine.addSubcommand(first, command(first));
        } else if (!first.equals("--version")) {
            COMMANDS.forEach(name -> commandLine.addSubcommand(name, command(name)));
        }
        commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false)
                .setAllowOptionsAsOptionParameters(true)
                .setParameterExceptionHandler((wrong, arguments) -> explain(wrong))
                .setExecutionExceptionHandler((failure, command, parsed) -> fail(command, failure));
        WordConverter.register(commandLine);
        setVersion(commandLine);
        return commandLine;
    }

    /** Returns a new command; no class of the others is loaded. */
    private static Object command(String name) {
        return switch (name) {
            case "demo" -> new DemoCommand();
            case "chat" -> new ChatCommand();
            case "render" -> new RenderCommand();
            case "convert" -> new ConvertCommand();
            case "parse" -> new ParseCommand();
            case "tokenize" -> new TokenizeCommand();
            case "decode" -> new DecodeCommand();
            case "count" -> new CountCommand();
            case "lint" -> new LintCommand();
            case "compact" -> new CompactCommand();
            case "dataset" -> new DatasetCommand();
            case "import" -> new ImportCommand();
            case "driver" -> new DriverCommand();
            case "generate" -> new GenerateCommand();
            case "grammar" -> new GrammarCommand();
            case "serve" -> new ServeCommand();
            case "mcp" -> new McpCommand();
            case "model" -> new ModelCommand();
            case "eval" -> new EvalCommand();
            case "conformance" -> new ConformanceCommand();
            case "bench" -> new BenchCommand();
            default -> throw new IllegalArgumentException("expected a command but found " + name);
        };
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
