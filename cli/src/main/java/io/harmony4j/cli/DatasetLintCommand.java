package io.harmony4j.cli;

import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.tokenizer.Tokenizer;
import io.harmony4j.training.DatasetOptions;
import io.harmony4j.training.DatasetScanner;
import io.harmony4j.training.Reject;
import io.harmony4j.training.SampleOptions;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code harmony dataset lint}: what may not be meant as it is in rows of any shape. */
@Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        description = "Find what may not be meant as it is in the conversations of rows.",
        footer = {
            "",
            "Pointers are those of the conversation that comes of the row, which harmony import",
            "shows; those of fields that end in no message are of the row. A row that cannot be",
            "read is named on standard error.",
            "",
            "Examples:",
            "  harmony dataset lint chat.jsonl.zst --date 2026-01-01",
            "  harmony dataset lint rows.jsonl --date 2026-01-01 --fail-on warning",
        })
final class DatasetLintCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private RowOptions rows;

    @Mixin
    private FaithfulOption schemas;

    @Option(
            names = "--to",
            paramLabel = "FORM",
            defaultValue = "text",
            description = "What to print, a line for each finding: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private LintCommand.Form form;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            defaultValue = "error",
            description = "The exit code is 1 from this severity on: ${COMPLETION-CANDIDATES}; default"
                    + " ${DEFAULT-VALUE}.")
    private LintCommand.Severity failOn;

    private boolean hasFailed;

    @Override
    public Integer call() throws IOException {
        DatasetOptions options = DatasetOptions.of(rows.importing())
                .withSampling(SampleOptions.DEFAULT.withRendering(
                        RenderOptions.DEFAULT.withFaithfulTypeScript(schemas.areFaithful())));
        try (ReadProgress progress = ReadProgress.besideOutput(spec)) {
            new DatasetScanner(Tokenizer.o200kHarmony(), options)
                    .lint(rows.sources(progress), this::print, this::reject);
        }
        return hasFailed ? 1 : 0;
    }

    private void print(DatasetScanner.RowFinding found) {
        hasFailed |= failOn.isReachedBy(found.finding());
        spec.commandLine().getOut().println(form.line(found.source() + ":" + found.line(), found.finding()));
    }

    private void reject(Reject reject) {
        HarmonyCommand.fail(spec.commandLine(), new IllegalArgumentException(reject.toString()));
        hasFailed = true;
    }
}
