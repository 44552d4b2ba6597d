package io.harmony4j.cli;

import io.harmony4j.conformance.Suite;
import io.harmony4j.conformance.TestVector;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The option that names the vectors of a suite to run. */
final class OnlyOption {
    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--only",
            paramLabel = "NAMES",
            split = ",",
            description = "These categories and vectors only; a * at the end stands for anything.")
    private List<String> only = List.of();

    /**
     * Returns the vectors that are named; all of them if no names were given.
     *
     * @throws ParameterException if no vector has such a name
     */
    List<TestVector> of(Suite suite) {
        List<TestVector> chosen = suite.vectors().stream()
                .filter(vector -> only.isEmpty() || only.stream().anyMatch(name -> isOf(name, vector)))
                .toList();
        if (chosen.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "expected names of categories or vectors in --only but found none of them");
        }
        return chosen;
    }

    private static boolean isOf(String name, TestVector vector) {
        if (name.endsWith("*")) {
            String start = name.substring(0, name.length() - 1);
            return vector.category().startsWith(start) || vector.id().startsWith(start);
        }
        return vector.category().equals(name) || vector.id().equals(name);
    }
}
