package io.harmony4j.cli;

import io.harmony4j.conformance.DriverProcess;
import io.harmony4j.conformance.Implementation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name the implementation under test, and say how long it may take. */
final class DriverOptions {
    private static final int MILLIS_PER_SECOND = 1000;

    @Option(
            names = "--driver",
            paramLabel = "COMMAND",
            description = "The program that answers, and its arguments; default: this library.")
    private @Nullable String driver;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description =
                    "How long it may be silent at its start and when it has been asked; default ${DEFAULT-VALUE}.")
    private double timeout;

    /** Returns the implementation; the caller closes it. */
    Implementation implementation() {
        return driver == null ? Implementation.harmony4j() : process(driver);
    }

    /** Returns another program as an implementation, with the same time limit. */
    Implementation process(String command) {
        return DriverProcess.of(command, Duration.ofMillis(Math.round(timeout * MILLIS_PER_SECOND)));
    }
}
