package io.harmony4j.cli;

import io.harmony4j.renderer.TrainingSample;
import io.harmony4j.tokenizer.Tokenizer;
import io.harmony4j.training.DatasetOptions;
import io.harmony4j.training.DatasetRow;
import io.harmony4j.training.DatasetScanner;
import io.harmony4j.training.ImportOptions;
import io.harmony4j.training.RowSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code harmony dataset show}: samples as text, and what of it is learnt. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Show the samples of a row as text: what is learnt stands after > and, on a terminal, in green.",
        footer = {
            "",
            "FILE is the folder of a data set, or a file of rows, of which --row is the line.",
            "",
            "Examples:",
            "  harmony dataset show dataset --row 3",
            "  harmony dataset show chat.jsonl --date 2026-01-01 --row 1",
        })
final class DatasetShowCommand implements Callable<Integer> {
    private static final String GREEN = "\u001B[32m";
    private static final String PLAIN = "\u001B[0m";

    @Spec
    private CommandSpec spec;

    @Mixin
    private RowOptions rows;

    @Mixin
    private SamplingOptions sampling;

    @Option(
            names = "--row",
            paramLabel = "N",
            defaultValue = "1",
            description = "Which row, or line of the file, from 1; default ${DEFAULT-VALUE}.")
    private long row;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "auto",
            description = "Whether to colour: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private Colour colour;

    /** Whether to colour. */
    enum Colour {
        auto,
        always,
        never
    }

    @Override
    public Integer call() throws IOException {
        Optional<Path> dataset = rows.dataset();
        if (dataset.isPresent()) {
            showRow(dataset.get());
        } else {
            showSamples();
        }
        return 0;
    }

    private void showRow(Path dataset) throws IOException {
        DatasetRow stored;
        try {
            stored = DatasetRow.read(dataset, row - 1);
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "expected --row to be one of the rows of " + dataset + " but found " + row, e);
        }
        int[] tokens = stored.tokens();
        int[] labels = stored.labels();
        List<Integer> bounds = new ArrayList<>(stored.starts());
        bounds.add(tokens.length);
        for (int i = 0; i < bounds.size() - 1; i++) {
            show(
                    i,
                    Arrays.copyOfRange(tokens, bounds.get(i), bounds.get(i + 1)),
                    Arrays.copyOfRange(labels, bounds.get(i), bounds.get(i + 1)));
        }
    }

    private void showSamples() throws IOException {
        ImportOptions importing = rows.importing();
        DatasetOptions options = DatasetOptions.of(importing).withSampling(sampling.sampling(importing));
        try (ReadProgress progress = ReadProgress.besideOutput(spec)) {
            List<RowSource> sources = rows.sources(progress);
            List<TrainingSample> samples = new DatasetScanner(Tokenizer.o200kHarmony(), options)
                    .samples(sources.get(0), row)
                    .samples();
            for (int i = 0; i < samples.size(); i++) {
                show(i, samples.get(i).tokens(), samples.get(i).labels());
            }
        }
    }

    private void show(int index, int[] tokens, int[] labels) {
        PrintWriter out = spec.commandLine().getOut();
        long learnt = Arrays.stream(labels)
                .filter(label -> label != TrainingSample.IGNORED)
                .count();
        out.println("sample " + (index + 1) + ": " + tokens.length + " tokens, " + learnt + " of them learnt");
        for (int from = 0; from < tokens.length; ) {
            int to = from + 1;
            while (to < tokens.length && kind(tokens, labels, to) == kind(tokens, labels, from)) {
                to++;
            }
            show(
                    Tokenizer.o200kHarmony().decode(Arrays.copyOfRange(tokens, from, to)),
                    kind(tokens, labels, from),
                    labels[from]);
            from = to;
        }
    }

    /** What is learnt at a token. */
    private enum Kind {
        NOTHING,
        THE_TOKEN,
        ANOTHER
    }

    private static Kind kind(int[] tokens, int[] labels, int index) {
        return labels[index] == TrainingSample.IGNORED
                ? Kind.NOTHING
                : labels[index] == tokens[index] ? Kind.THE_TOKEN : Kind.ANOTHER;
    }

    private void show(String text, Kind kind, int label) {
        boolean isColoured = colour == Colour.always || (colour == Colour.auto && Terminal.isOutput());
        String note =
                kind == Kind.ANOTHER ? "   (learnt: " + Tokenizer.o200kHarmony().decode(label) + ")" : "";
        PrintWriter out = spec.commandLine().getOut();
        for (String line : text.split("\n", -1)) {
            String shown = (kind == Kind.NOTHING ? "  " : "> ") + line + note;
            out.println(isColoured && kind != Kind.NOTHING ? GREEN + shown + PLAIN : shown);
        }
    }
}
