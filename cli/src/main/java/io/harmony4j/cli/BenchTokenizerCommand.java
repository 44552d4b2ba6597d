package io.harmony4j.cli;

import io.harmony4j.bench.ForkedJvm;
import io.harmony4j.bench.NpmPeers;
import io.harmony4j.bench.Peer;
import io.harmony4j.bench.Section;
import io.harmony4j.bench.TokenizerBench;
import io.harmony4j.bench.TokenizerBenchOptions;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonArray;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code harmony bench tokenizer}: how fast the tokenizer is, compared with others. */
@Command(
        name = "tokenizer",
        mixinStandardHelpOptions = true,
        description = "Measure the tokenizer beside JTokkit, and beside programs outside of Java.",
        footer = {
            "",
            "Texts are cut at line ends into documents of at least 1,000 bytes. Contenders",
            "take turns, after their tokens have been compared; the exit code is 1 if ours",
            "are wrong. Tables are in Markdown, in MB/s: the best of many slices, in",
            "processor time.",
            "",
            "Examples:",
            "  harmony bench tokenizer --corpora texts",
            "  harmony bench tokenizer --corpora texts --only zh,ru --sections encode,unseen",
            "  harmony bench tokenizer --corpora texts --jdk ~/jdk-17 \\",
            "      --jdk ~/jdk-25 --json speeds.json",
            "  harmony bench tokenizer --corpora texts --peers --peer 'quick=./quicktok data'",
        })
final class BenchTokenizerCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CorporaOption corpora;

    @Option(
            names = "--sections",
            paramLabel = "NAMES",
            split = ",",
            description = "What to measure: ${COMPLETION-CANDIDATES}; default all.")
    private Set<Section> sections = EnumSet.allOf(Section.class);

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "1",
            description = "How long each contender is timed on each text; default ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(names = "--json", paramLabel = "FILE", description = "Write all figures to this file as well.")
    private @Nullable Path json;

    @Option(
            names = "--jdk",
            paramLabel = "HOME",
            description = "Measure on this JDK instead; may be repeated for one after the other.")
    private List<Path> jdks = List.of();

    @Option(names = "--peers", description = "Also measure tiktoken (WASM) and gpt-tokenizer; needs node and npm.")
    private boolean hasNpmPeers;

    @Option(
            names = "--peer",
            paramLabel = "NAME=COMMAND",
            description = "Also measure this program; docs/benchmarks.md has the protocol.")
    private List<String> peers = List.of();

    @Option(
            names = "--work",
            paramLabel = "DIR",
            defaultValue = "target/bench",
            description = "Where to put npm's packages and the peers' input; default ${DEFAULT-VALUE}.")
    private Path work;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!(seconds > 0)) {
            throw new ParameterException(spec.commandLine(), "expected --seconds above 0 but found " + seconds);
        }
        List<Peer> programs = programs();
        List<JsonValue> runs = new ArrayList<>();
        if (jdks.isEmpty()) {
            runs.add(run(programs));
        } else {
            for (Path jdk : jdks) {
                runs.addAll(runOn(jdk).get("runs").elements());
            }
        }
        if (json != null) {
            Files.writeString(json, JsonObject.of("runs", JsonArray.of(runs)) + "\n");
        }
        return runs.stream().allMatch(run -> run.get("tokens_right").booleanValue()) ? 0 : 1;
    }

    private List<Peer> programs() {
        try {
            return peers.stream().map(Peer::of).collect(Collectors.toCollection(ArrayList::new));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "Invalid value for option '--peer': " + e.getMessage(), e);
        }
    }

    private JsonObject run(List<Peer> programs) throws IOException, InterruptedException {
        try (BenchOutput output = new BenchOutput(spec.commandLine())) {
            if (hasNpmPeers) {
                programs.addAll(npmPeers(output));
            }
            if (!programs.isEmpty()) {
                Files.createDirectories(work);
            }
            TokenizerBenchOptions options = TokenizerBenchOptions.of(corpora.folder())
                    .withTexts(corpora.only())
                    .withSections(sections)
                    .withSeconds(seconds)
                    .withPeers(programs, work);
            return new TokenizerBench(options, output).run();
        }
    }

    private List<Peer> npmPeers(BenchOutput output) throws IOException, InterruptedException {
        output.progress("npm install", 0);
        Path folder = work.resolve("npm");
        Files.createDirectories(folder);
        try {
            return NpmPeers.install(folder);
        } catch (IOException e) {
            output.result("Without the tokenizers of npm: " + e.getMessage() + "\n");
            return List.of();
        }
    }

    /** Runs this command in a JVM of another JDK, which prints for itself; returns its JSON. */
    private JsonValue runOn(Path jdk) throws IOException, InterruptedException {
        Path result = Files.createTempFile("harmony-bench", ".json");
        try {
            List<String> command = new ArrayList<>(ForkedJvm.command(jdk, HarmonyCommand.class.getName()));
            command.addAll(arguments(result));
            spec.commandLine().getOut().println("\nOn " + jdk + "\n");
            spec.commandLine().getOut().flush();
            int exitCode = new ProcessBuilder(command).inheritIO().start().waitFor();
            String written = Files.readString(result);
            if (written.isEmpty()) {
                throw new IOException("expected a run on " + jdk + " but found exit code " + exitCode);
            }
            return Json.parse(written);
        } finally {
            Files.delete(result);
        }
    }

    private List<String> arguments(Path result) {
        List<String> arguments = new ArrayList<>(List.of("bench", "tokenizer"));
        arguments.addAll(corpora.arguments());
        arguments.addAll(List.of("--seconds", Double.toString(seconds)));
        arguments.addAll(List.of("--work", work.toString(), "--json", result.toString()));
        String names = sections.stream().map(Section::toString).collect(Collectors.joining(","));
        arguments.addAll(List.of("--sections", names));
        if (hasNpmPeers) {
            arguments.add("--peers");
        }
        peers.forEach(peer -> arguments.addAll(List.of("--peer", peer)));
        return arguments;
    }
}
