package io.harmony4j.cli;

import io.harmony4j.parse.HarmonyFormatException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line's entry. Exit codes: 0 done, 1 bad input, 2 wrong usage. */
@Command(
        name = "harmony",
        mixinStandardHelpOptions = true,
        versionProvider = HarmonyCommand.Version.class,
        subcommands = {
            DemoCommand.class,
            RenderCommand.class,
            ParseCommand.class,
            TokenizeCommand.class,
            DecodeCommand.class,
            CountCommand.class,
            DriverCommand.class,
        },
        description = "Tokenize, render and parse Harmony, the message format of the gpt-oss models.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  harmony demo",
            "  harmony render conversation.json --to text",
            "  echo 'Hello' | harmony tokenize",
            "  harmony count *.txt",
            "",
            "Exit codes: 0 done, 1 bad input, 2 wrong usage.",
        })
final class HarmonyCommand implements Runnable {
    private static final int BAD_INPUT = 1;

    @Spec
    private CommandSpec spec;

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine()
                .setOut(utf8(FileDescriptor.out))
                .setErr(utf8(FileDescriptor.err))
                .execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new HarmonyCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(false)
                .setExecutionExceptionHandler((exception, commandLine, result) -> {
                    commandLine.getErr().println("harmony: " + describe(exception));
                    return BAD_INPUT;
                });
    }

    /** Returns a writer in UTF-8, whatever the locale: tokens may be any text. */
    private static PrintWriter utf8(FileDescriptor descriptor) {
        return new PrintWriter(
                new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8),
                descriptor == FileDescriptor.err);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a command");
    }

    /** Returns one line for bad input; for a defect of this program its stack trace as well. */
    private static String describe(Exception exception) {
        if (exception instanceof HarmonyFormatException || exception instanceof IllegalArgumentException) {
            return String.valueOf(exception.getMessage());
        }
        if (exception instanceof NoSuchFileException) {
            return "expected a file but found none at " + exception.getMessage();
        }
        if (exception instanceof AccessDeniedException) {
            return "expected a readable file but may not read " + exception.getMessage();
        }
        if (exception instanceof IOException) {
            return String.valueOf(exception.getMessage());
        }
        exception.printStackTrace();
        return "this is a defect of harmony, please report it: " + exception;
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
