package io.harmony4j.cli;

import io.harmony4j.json.Json;
import io.harmony4j.tokenizer.Tokenizer;
import io.harmony4j.training.DatasetManifest;
import io.harmony4j.training.DatasetOptions;
import io.harmony4j.training.DatasetScanner;
import io.harmony4j.training.DatasetStatistics;
import io.harmony4j.training.ImportOptions;
import io.harmony4j.training.Reject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code harmony dataset stats}: what is in rows, or in a data set. */
@Command(
        name = "stats",
        mixinStandardHelpOptions = true,
        description =
                "Count what is in rows, or in a data set: tokens and labels by role and channel, lengths, calls, what lint finds.",
        footer = {
            "",
            "Examples:",
            "  harmony dataset stats chat.jsonl --date 2026-01-01 --max-length 8192",
            "  harmony dataset stats chat.jsonl --date 2026-01-01 --to svg > lengths.svg",
            "  harmony dataset stats dataset --to json",
        })
final class DatasetStatsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private RowOptions rows;

    @Mixin
    private SamplingOptions sampling;

    @Option(
            names = "--to",
            paramLabel = "FORM",
            defaultValue = "table",
            description = "What to print: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private Form form;

    private long rejects;

    /** What to print. */
    enum Form {
        table,
        json,
        svg
    }

    @Override
    public Integer call() throws IOException {
        Optional<Path> dataset = rows.dataset();
        DatasetStatistics statistics =
                dataset.isPresent() ? DatasetManifest.read(dataset.get()).statistics() : scan();
        spec.commandLine()
                .getOut()
                .print(
                        switch (form) {
                            case table -> statistics.toTable();
                            case json -> Json.writeIndented(statistics.toJson()) + "\n";
                            case svg -> statistics.toSvg();
                        });
        return rejects == 0 ? 0 : 1;
    }

    private DatasetStatistics scan() throws IOException {
        ImportOptions importing = rows.importing();
        DatasetOptions options = DatasetOptions.of(importing).withSampling(sampling.sampling(importing));
        try (ReadProgress progress = ReadProgress.besideOutput(spec)) {
            return new DatasetScanner(Tokenizer.o200kHarmony(), options)
                    .statistics(rows.sources(progress), this::reject);
        }
    }

    private void reject(Reject reject) {
        HarmonyCommand.fail(spec.commandLine(), new IllegalArgumentException(reject.toString()));
        rejects++;
    }
}
