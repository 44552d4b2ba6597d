package io.harmony4j.cli;

import io.harmony4j.engine.AttentionKind;
import io.harmony4j.engine.ModelConfig;
import io.harmony4j.engine.synthetic.PublishedShape;
import io.harmony4j.engine.synthetic.SyntheticCheckpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code harmony model synth}: a checkpoint of random weights. */
@Command(
        name = "synth",
        mixinStandardHelpOptions = true,
        description = {
            "Make a checkpoint of random weights: noise, but as large and as slow as a trained one.",
            "Experts are in MXFP4, the rest is in BF16 (original) or Q8_0 (gguf).",
            "A gguf has the vocabulary of gpt-oss unless --vocabulary-size is given.",
        },
        footer = {
            "",
            "Examples:",
            "  harmony model synth --shape gpt-oss-20b --out synth-20b",
            "  harmony model synth --shape gpt-oss-20b --format gguf --out synth-20b.gguf",
            "  harmony model synth --shape gpt-oss-20b --layers 2 --experts 8 --out synth-small",
        })
final class ModelSynthCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private NewCheckpoint place;

    @Option(
            names = "--shape",
            paramLabel = "NAME",
            defaultValue = "gpt-oss-20b",
            completionCandidates = ShapeNames.class,
            description = "Whose shape: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private String shape;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "PATH",
            description = "The folder (original) or file (gguf).")
    private Path out;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "original",
            description = "How it is stored: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private SyntheticCheckpoint.Format format;

    @Option(names = "--seed", paramLabel = "N", description = "What the random weights begin with; default 1.")
    private long seed = 1;

    @Option(names = "--layers", paramLabel = "N", description = "Another number of layers.")
    private @Nullable Integer layers;

    @Option(names = "--hidden-size", paramLabel = "N", description = "Another width; a multiple of 32.")
    private @Nullable Integer hiddenSize;

    @Option(
            names = "--intermediate-size",
            paramLabel = "N",
            description = "Another width of experts; a multiple of 32.")
    private @Nullable Integer intermediateSize;

    @Option(names = "--heads", paramLabel = "N", description = "Another number of query heads.")
    private @Nullable Integer heads;

    @Option(names = "--kv-heads", paramLabel = "N", description = "Another number of key-value heads.")
    private @Nullable Integer keyValueHeads;

    @Option(names = "--head-size", paramLabel = "N", description = "Another width of heads.")
    private @Nullable Integer headSize;

    @Option(names = "--experts", paramLabel = "N", description = "Another number of experts.")
    private @Nullable Integer experts;

    @Option(
            names = "--experts-per-token",
            paramLabel = "N",
            description = "Another number of experts that see a token.")
    private @Nullable Integer expertsPerToken;

    @Option(names = "--vocabulary-size", paramLabel = "N", description = "Another number of token ids.")
    private @Nullable Integer vocabularySize;

    @Option(names = "--sliding-window", paramLabel = "N", description = "Another sliding window, in tokens.")
    private @Nullable Integer slidingWindow;

    @Override
    public Integer call() throws IOException {
        SyntheticCheckpoint checkpoint = checkpoint();
        Path file = format == SyntheticCheckpoint.Format.ORIGINAL ? out.resolve("model.safetensors") : out;
        place.write(out, file, checkpoint.bytes(), progress -> checkpoint.write(out, progress));
        return 0;
    }

    private SyntheticCheckpoint checkpoint() {
        try {
            SyntheticCheckpoint checkpoint = new SyntheticCheckpoint(config(), format, seed);
            return vocabularySize == null ? checkpoint.withVocabulary(new HarmonyVocabulary()) : checkpoint;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private ModelConfig config() {
        ModelConfig base = published();
        int layerCount = or(layers, base.layers());
        return new ModelConfig(
                layerCount,
                or(hiddenSize, base.hiddenSize()),
                or(intermediateSize, base.intermediateSize()),
                or(vocabularySize, base.vocabularySize()),
                or(heads, base.heads()),
                or(keyValueHeads, base.keyValueHeads()),
                or(headSize, base.headSize()),
                or(experts, base.experts()),
                or(expertsPerToken, base.expertsPerToken()),
                AttentionKind.alternating(layerCount),
                or(slidingWindow, base.slidingWindow()),
                base.rope(),
                base.contextLength(),
                base.swigluLimit(),
                base.swigluAlpha(),
                base.rmsNormEpsilon());
    }

    private static int or(@Nullable Integer given, int otherwise) {
        return given == null ? otherwise : given;
    }

    private ModelConfig published() {
        for (PublishedShape published : PublishedShape.values()) {
            if (published.title().equals(shape)) {
                return published.config();
            }
        }
        throw new ParameterException(
                spec.commandLine(),
                "Invalid value for option '--shape': expected one of " + new ShapeNames().names() + " but found '"
                        + shape + "'");
    }

    /** The names of the published shapes. */
    private static final class ShapeNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return names().iterator();
        }

        List<String> names() {
            return Stream.of(PublishedShape.values()).map(PublishedShape::title).toList();
        }
    }
}
