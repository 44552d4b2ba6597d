package io.harmony4j.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How to run a class of this program in a JVM of its own, with the options of this one. */
public final class ForkedJvm {
    private ForkedJvm() {}

    /**
     * Returns the command that runs a class.
     *
     * @param javaHome where the JDK is
     * @param mainClass the name of a class on this program's class path
     * @throws IllegalArgumentException if there is no JDK
     */
    public static List<String> command(Path javaHome, String mainClass) {
        Path java = javaHome.resolve("bin").resolve("java");
        if (!Files.isExecutable(java)) {
            throw new IllegalArgumentException("expected a JDK but found no program " + java);
        }
        List<String> command = new ArrayList<>(List.of(java.toString()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(ForkedJvm::isPassedOn)
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        return command;
    }

    /** Returns the command that runs a class with the JDK that runs this one. */
    static List<String> command(Class<?> mainClass) {
        return command(Path.of(System.getProperty("java.home")), mainClass.getName());
    }

    /** Options of memory and garbage collector are passed on, and the program's own properties; agents and debuggers are not. */
    private static boolean isPassedOn(String option) {
        return option.startsWith("-Xm") || option.startsWith("-XX:") || option.startsWith("-Dharmony.");
    }
}
