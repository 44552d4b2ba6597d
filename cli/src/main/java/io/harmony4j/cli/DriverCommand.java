package io.harmony4j.cli;

import io.harmony4j.conformance.Driver;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code harmony driver}: answers the conformance suite for this library. */
@Command(
        name = "driver",
        mixinStandardHelpOptions = true,
        description = "Answer the requests of the conformance suite: a JSON object per line in, one per line out.",
        footer = {
            "",
            "Example:",
            "  echo '{\"seq\":1,\"cmd\":\"tokenize\",\"text\":\"Hello\"}' | harmony driver",
        })
final class DriverCommand implements Callable<Integer> {
    @Override
    public Integer call() throws IOException {
        try (OutputStream answers = new FileOutputStream(FileDescriptor.out)) {
            new Driver().run(System.in, answers);
        }
        return 0;
    }
}
