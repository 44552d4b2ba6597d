package io.harmony4j.cli;

import io.harmony4j.conformance.Fuzzer;
import io.harmony4j.conformance.Fuzzer.Finding;
import io.harmony4j.conformance.Implementation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code harmony conformance fuzz}: two implementations, asked the same random questions. */
@Command(
        name = "fuzz",
        mixinStandardHelpOptions = true,
        description =
                "Ask two implementations the same random questions, and write what they answer differently as vectors.",
        footer = {
            "",
            "The questions are about texts, tokens, conversations, schemas and streams of",
            "tokens, as far as both offer them. One that is answered differently is made as",
            "short as possible, and written as a vector that expects the first",
            "implementation's answer, which need not be the right one. If there are any, or an",
            "implementation crashed, the exit code is 3.",
            "",
            "Examples:",
            "  harmony conformance fuzz --against 'node my-driver.js' --seconds 60",
            "  harmony conformance fuzz --against ./one --driver ./other --seed 7 --out found",
        })
final class ConformanceFuzzCommand implements Callable<Integer> {
    private static final int FOUND = 3;
    private static final long DEFAULT_CASES = 10_000;
    private static final double NANOS_PER_SECOND = 1e9;

    @Spec
    private CommandSpec spec;

    @Mixin
    private final DriverOptions driver = new DriverOptions();

    @Option(
            names = "--against",
            paramLabel = "COMMAND",
            required = true,
            description = "The second implementation's program and its arguments.")
    private String against;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Another seed asks other questions; default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--cases",
            paramLabel = "N",
            description = "How many questions; default 10000, or as --seconds allow.")
    private @Nullable Long cases;

    @Option(names = "--seconds", paramLabel = "SECONDS", description = "How long to ask.")
    private @Nullable Double seconds;

    @Option(
            names = "--max",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many vectors to write of each command at most; default ${DEFAULT-VALUE}.")
    private int max;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = ".", description = "Where to write them; default here.")
    private Path folder;

    @Override
    public Integer call() throws IOException {
        if (cases != null && seconds != null) {
            throw new ParameterException(spec.commandLine(), "expected either --cases or --seconds but found both");
        }
        OutputFiles.makeFolder(folder);
        AtomicLong asked = new AtomicLong();
        AtomicLong different = new AtomicLong();
        List<Finding> findings;
        Map<String, String> files;
        long compared;
        int crashes;
        List<String> log;
        try (Implementation one = driver.implementation();
                Implementation other = driver.process(against);
                Progress progress = new Progress(spec.commandLine().getErr(), Terminal.isError())) {
            Fuzzer fuzzer = new Fuzzer(one, other, seed, max);
            DoubleSupplier share = share(asked);
            findings = fuzzer.run(() -> share.getAsDouble() < 1, (questions, disagreements) -> {
                asked.set(questions);
                different.set(disagreements);
                progress.show(questions + " asked, " + disagreements + " answered differently", share.getAsDouble());
            });
            files = fuzzer.files(findings);
            compared = fuzzer.compared();
            crashes = one.crashes() + other.crashes();
            log = Stream.concat(one.log().stream(), other.log().stream()).toList();
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        print(asked.get(), different.get(), findings, files);
        if (crashes > 0) {
            spec.commandLine().getOut().println("Crashes, silences and lines that are no answer: " + crashes);
            log.forEach(line -> spec.commandLine().getOut().println(ErrorLine.shown("Driver: " + line)));
        }
        if (asked.get() > 0 && compared == 0) {
            throw new IllegalArgumentException("expected two drivers that answer the same questions but none of "
                    + asked.get() + " was answered by both");
        }
        return findings.isEmpty() && crashes == 0 ? 0 : FOUND;
    }

    /** Returns how much is done, from 0 to 1. */
    private DoubleSupplier share(AtomicLong asked) {
        if (seconds != null) {
            long start = System.nanoTime();
            double limit = seconds * NANOS_PER_SECOND;
            return () -> (System.nanoTime() - start) / limit;
        }
        double limit = cases == null ? DEFAULT_CASES : cases;
        return () -> asked.get() / limit;
    }

    private void print(long asked, long different, List<Finding> findings, Map<String, String> files) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "%,d questions, seed %d: %,d answered differently%n", asked, seed, different);
        for (Finding finding : findings) {
            out.println(ErrorLine.shown(finding.category() + ": " + finding.difference()));
        }
        files.keySet().forEach(file -> out.println(ErrorLine.shown("Written: " + folder.resolve(file))));
    }
}
