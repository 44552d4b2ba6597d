package io.harmony4j.cli;

import io.harmony4j.json.JsonValue;
import io.harmony4j.tokenizer.Tokenizer;
import io.harmony4j.training.DatasetBuilder;
import io.harmony4j.training.DatasetManifest;
import io.harmony4j.training.DatasetOptions;
import io.harmony4j.training.ImportOptions;
import io.harmony4j.training.Layout;
import io.harmony4j.training.RowSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code harmony dataset build}: rows to shards of samples. */
@Command(
        name = "build",
        mixinStandardHelpOptions = true,
        description = "Make a data set for training: samples with labels, in shards, with a manifest.",
        footer = {
            "",
            "Rows that cannot be read are in rejects.jsonl with file, line, JSON pointer and",
            "reason; the exit code is 1 if there are any. Whatever is there after the process",
            "was killed, --resume makes of it what it would have become. docs/training-data.md",
            "has the shapes of rows, and what trainers read.",
            "",
            "Examples:",
            "  harmony dataset build chat.jsonl.zst --date 2026-01-01 --out dataset",
            "  harmony dataset build *.jsonl.gz --date 2026-01-01 --out dataset --pack 8192",
            "  zcat rows.gz | harmony dataset build --date 2026-01-01 --out dataset --layout npy",
        })
final class DatasetBuildCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private RowOptions rows;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FOLDER",
            required = true,
            description = "Where the data set is to be.")
    private Path out;

    @Mixin
    private SamplingOptions sampling;

    @Option(
            names = "--layout",
            paramLabel = "LAYOUT",
            defaultValue = "jsonl",
            description = {
                "How samples are written; default ${DEFAULT-VALUE}.",
                "jsonl: input_ids, attention_mask, labels, for TRL, axolotl and others.",
                "npy: NumPy's arrays of ids, labels and offsets.",
                "megatron: .bin and .idx of ids, and of what is learnt.",
                "megatron-bridge: lines of JSON with the columns of its packed Parquet files.",
            })
    private Layout layout;

    @Option(
            names = "--pack",
            paramLabel = "TOKENS",
            description = "Pack samples into rows of at most so many tokens, by best fit decreasing.")
    private int packLength;

    @Option(
            names = "--loss-weights",
            description = "Write the weight of each token, too; --channel-weight does so itself.")
    private boolean hasWeights;

    @Option(
            names = "--columns",
            paramLabel = "NAMES",
            split = ",",
            description = {
                "More columns, for --layout jsonl; default none.",
                "id: the id of the row in the input, or its file and line. Packed rows have a list of them.",
                "spans: where each message is, as harmony render --spans prints it.",
            })
    private Set<DatasetOptions.Column> columns = Set.of();

    @Option(
            names = "--shard-tokens",
            paramLabel = "TOKENS",
            description = "How many tokens a shard has; default 33554432.")
    private @Nullable Long shardTokens;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many threads work; default as many as processors.")
    private @Nullable Integer threads;

    @Option(
            names = "--max-rejects",
            paramLabel = "ROWS",
            description = "Give up when more rows than these cannot be read; without it, never.")
    private @Nullable Long maxRejects;

    @Option(names = "--strict", description = "Reject rows that have fields which end in no message.")
    private boolean isStrict;

    @Option(
            names = "--resume",
            description = "Go on where a run with the same options and files was stopped; begin if there was none.")
    private boolean resumes;

    @Override
    public Integer call() throws IOException {
        DatasetBuilder builder = new DatasetBuilder(Tokenizer.o200kHarmony(), options());
        DatasetManifest manifest;
        try (ReadProgress progress =
                new ReadProgress(new Progress(spec.commandLine().getErr(), Terminal.isError()))) {
            List<RowSource> sources = rows.sources(progress);
            manifest = resumes ? builder.resume(sources, out) : builder.build(sources, out);
        }
        spec.commandLine().getOut().print(manifest.statistics().toTable());
        warn(manifest);
        return manifest.rejects() == 0 ? 0 : 1;
    }

    private DatasetOptions options() {
        if (!columns.isEmpty() && layout != Layout.JSONL) {
            throw new ParameterException(
                    spec.commandLine(),
                    "expected --layout jsonl with --columns but found --layout " + layout.wireName());
        }
        DatasetOptions options = options(rows.importing());
        if (shardTokens != null) {
            options = options.withShardTokens(shardTokens);
        }
        if (threads != null) {
            options = options.withThreads(threads);
        }
        return maxRejects == null ? options : options.withMaxRejects(maxRejects);
    }

    private DatasetOptions options(ImportOptions importing) {
        return DatasetOptions.of(importing)
                .withSampling(sampling.sampling(importing))
                .withLayout(layout)
                .withPackLength(packLength)
                .withWeights(hasWeights || sampling.hasWeights())
                .withColumns(columns)
                .withStrict(isStrict);
    }

    private void warn(DatasetManifest manifest) {
        JsonValue statistics = manifest.statistics().toJson();
        statistics
                .get("unused_fields")
                .members()
                .forEach((field, where) -> spec.commandLine()
                        .getErr()
                        .println(ErrorLine.shown("harmony: warning: " + field + " ends in no message; "
                                + where.get("rows") + " rows have it, the first in line " + where.get("first_line"))));
        if (manifest.rejects() > 0) {
            spec.commandLine()
                    .getErr()
                    .println(ErrorLine.shown("harmony: " + manifest.rejects() + " rows cannot be read; "
                            + out.resolve("rejects.jsonl") + " says why"));
        }
    }
}
