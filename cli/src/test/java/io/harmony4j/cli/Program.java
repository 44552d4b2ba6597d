package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program to run in a process of its own; its files are in a folder of the test. */
final class Program {
    /** The Java that runs the tests. */
    static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** What the build has made, relative to the module. */
    static final Path JAR = Path.of("target", "harmony.jar");

    static final Path LIBRARIES = Path.of("target", "lib");

    /** Far more than anything here takes; a program that hangs must not hang the build. */
    private static final int PATIENCE_MINUTES = 5;

    private final Path folder;
    private final List<String> command;
    private final Map<String, String> environment = new HashMap<>();

    private Program(Path folder, List<String> command) {
        this.folder = folder;
        this.command = command;
    }

    static Program of(Path folder, String... command) {
        return new Program(folder, List.of(command));
    }

    /** Returns the command line, run by Java with the given options. */
    static Program harmony(Path folder, String... javaOptions) {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(Arrays.asList(javaOptions));
        command.addAll(List.of("-jar", JAR.toString()));
        return new Program(folder, command);
    }

    Program with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Returns a process that has been started and not been waited for; standard error goes to a file. */
    Process start(String... args) throws IOException {
        return builder(args).start();
    }

    Run run(String... args) throws IOException, InterruptedException {
        return runWithInput("", args);
    }

    Run runWithInput(String input, String... args) throws IOException, InterruptedException {
        File in = Files.writeString(folder.resolve("stdin"), input).toFile();
        File out = folder.resolve("stdout").toFile();
        return finish(builder(args).redirectInput(in).redirectOutput(out).start(), out.toPath());
    }

    /** Waits for a process; returns what it left on standard error, and nothing as its output. */
    Run finish(Process process) throws IOException, InterruptedException {
        return finish(process, Files.writeString(folder.resolve("stdout"), ""));
    }

    private Run finish(Process process, Path out) throws IOException, InterruptedException {
        boolean hasEnded = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(hasEnded).as("has ended").isTrue();
        return new Run(process.exitValue(), lines(out), lines(folder.resolve("stderr")));
    }

    private ProcessBuilder builder(String... args) {
        List<String> all = new ArrayList<>(command);
        all.addAll(Arrays.asList(args));
        ProcessBuilder builder =
                new ProcessBuilder(all).redirectError(folder.resolve("stderr").toFile());
        // they would say so on standard error
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "NO_COLOR"));
        builder.environment().putAll(environment);
        return builder;
    }

    private static String lines(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
