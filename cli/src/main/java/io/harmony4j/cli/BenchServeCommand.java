package io.harmony4j.cli;

import io.harmony4j.bench.ServerBench;
import io.harmony4j.bench.ServerBenchOptions;
import io.harmony4j.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code harmony bench serve}: what the server does under load. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Put load on a server: many streams at a time, hostile clients beside others, requests for which there is",
            "no room, and the end of the process in the middle of it all.",
            "The server is a process of its own at the loopback whose model says what its prompt asks for, so that a",
            "stream that is lost, or has another's words, is found; the exit code is 1 then.",
        },
        footer = {
            "",
            "Examples:",
            "  harmony bench serve",
            "  harmony bench serve --parts streams --streams 200 --words 100 --millis 10",
        })
final class BenchServeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--parts",
            paramLabel = "PART",
            split = ",",
            description = "Only these of ${COMPLETION-CANDIDATES}, in small letters or not; default all.")
    private List<ServerBench.Part> parts = List.of();

    @Option(
            names = "--streams",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Streams at a time; default ${DEFAULT-VALUE}.")
    private int streams;

    @Option(
            names = "--words",
            paramLabel = "N",
            defaultValue = "64",
            description = "Words of each; default ${DEFAULT-VALUE}.")
    private int words;

    @Option(
            names = "--millis",
            paramLabel = "N",
            defaultValue = "100",
            description = "Milliseconds for each word; default ${DEFAULT-VALUE}.")
    private int millis;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Seconds of each round beside hostile clients; default ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            defaultValue = "512m",
            description = "The most heap of the server, as in 512m; default ${DEFAULT-VALUE}.")
    private String heap;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write all figures to this file as well, a line for each row.")
    private @Nullable Path json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        for (int number : new int[] {streams, words, millis, seconds}) {
            if (number < 1) {
                throw new ParameterException(
                        spec.commandLine(),
                        "expected --streams, --words, --millis and --seconds of at least 1 but found " + number);
            }
        }
        ServerBenchOptions options = ServerBenchOptions.DEFAULT
                .withStreams(streams)
                .withWords(words)
                .withMillis(millis)
                .withSeconds(seconds)
                .withHeap(heap);
        if (!parts.isEmpty()) {
            options = options.withParts(EnumSet.copyOf(parts));
        }
        try (BenchOutput output = new BenchOutput(spec.commandLine())) {
            ServerBench bench = new ServerBench(options, output);
            List<JsonObject> rows = bench.run();
            if (json != null) {
                Files.writeString(json, rows.stream().map(row -> row + "\n").collect(Collectors.joining()));
            }
            return bench.isRight() ? 0 : 1;
        }
    }
}
