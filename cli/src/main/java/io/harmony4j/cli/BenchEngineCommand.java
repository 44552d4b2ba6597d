package io.harmony4j.cli;

import io.harmony4j.bench.EngineBench;
import io.harmony4j.bench.EngineBenchOptions;
import io.harmony4j.bench.Peer;
import io.harmony4j.engine.Model;
import io.harmony4j.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code harmony bench engine}: how fast the engine is, compared with the memory and with others. */
@Command(
        name = "engine",
        mixinStandardHelpOptions = true,
        description = "Measure how fast a model reads a prompt and generates, beside what memory allows.",
        footer = {
            "",
            "To generate a token, its weights are read from memory: the last column is how",
            "much of the memory's speed that takes. A checkpoint of random weights does as",
            "well as a trained one. With six layers it has 4 GB; a peer that repacks weights",
            "needs them twice. If a peer fails, it is said why, and the others go on.",
            "",
            "Examples:",
            "  harmony bench engine --model gpt-oss-20b.gguf",
            "  harmony model synth --layers 6 --format gguf --out random.gguf",
            "  harmony bench engine --model random.gguf",
            "  harmony bench engine --model gpt-oss-20b.gguf --activations int8 \\",
            "      --peer 'llama.cpp=target/llama-cpp'",
        })
final class BenchEngineCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private LoadedModel loaded;

    @Option(
            names = "--prompt",
            paramLabel = "N",
            defaultValue = "64",
            description = "Tokens of the prompt; default ${DEFAULT-VALUE}.")
    private int prompt;

    @Option(
            names = "--tokens",
            paramLabel = "N",
            defaultValue = "16",
            description = "Tokens to generate; default ${DEFAULT-VALUE}.")
    private int tokens;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often; default ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--peer",
            paramLabel = "NAME=COMMAND",
            description = "Also measure this program, in turns; docs/benchmarks.md has the protocol.")
    private List<String> peers = List.of();

    @Option(
            names = "--together",
            paramLabel = "N",
            split = ",",
            description = "Also measure so many requests at once, together and one after another; as in 1,2,4,8.")
    private List<Integer> together = List.of();

    @Option(names = "--json", paramLabel = "FILE", description = "Write all figures to this file as well.")
    private @Nullable Path json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        for (int count : new int[] {prompt, tokens, rounds}) {
            if (count < 1) {
                throw new ParameterException(
                        spec.commandLine(),
                        "expected --prompt, --tokens and --rounds of at least 1 but found " + count);
            }
        }
        for (int requests : together) {
            if (requests < 1) {
                throw new ParameterException(
                        spec.commandLine(), "expected --together of at least 1 but found " + requests);
            }
        }
        if (!loaded.isTiny() && !Files.exists(Path.of(loaded.name()))) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Invalid value for option '--model': " + loaded.name()
                            + ": no such file or folder; harmony model synth --layers 6 --format gguf --out FILE makes"
                            + " a checkpoint of random weights, which is as slow as a trained one");
        }
        List<Peer> programs;
        try {
            programs = peers.stream().map(Peer::of).toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "Invalid value for option '--peer': " + e.getMessage(), e);
        }
        try (Model model = loaded.load();
                BenchOutput output = new BenchOutput(spec.commandLine())) {
            EngineBenchOptions options = EngineBenchOptions.of(loaded.name())
                    .withPromptTokens(prompt)
                    .withGeneratedTokens(tokens)
                    .withRounds(rounds)
                    .withPeers(programs)
                    .withTogether(together);
            JsonObject result = new EngineBench(options, output).run(model);
            if (json != null) {
                Files.writeString(json, result + "\n");
            }
        }
        return 0;
    }
}
