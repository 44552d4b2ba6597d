package io.harmony4j.training;

import static java.util.Objects.requireNonNull;

import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.renderer.ConversationLinter;
import io.harmony4j.renderer.Finding;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Looks at rows as {@link DatasetBuilder} makes a data set of them, and writes nothing. */
public final class DatasetScanner {
    /** How many different samples are remembered, to find those that come again. */
    private static final int MAX_REMEMBERED = 1 << 22;

    /** What fields are called that the format does not have. */
    private static final Set<Finding.Code> UNUSED =
            Set.of(Finding.Code.FOREIGN_FIELD, Finding.Code.MISSPELT_FIELD, Finding.Code.UNKNOWN_FIELD);

    private final Tokenizer tokenizer;
    private final DatasetOptions options;
    private final ConversationLinter linter;

    /** Creates a scanner that lints for training, and for schemas as the samples show them. */
    public DatasetScanner(Tokenizer tokenizer, DatasetOptions options) {
        this(
                tokenizer,
                options,
                ConversationLinter.DEFAULT
                        .withPurpose(ConversationLinter.Purpose.TRAINING)
                        .withFaithfulTypeScript(requireNonNull(options, "options")
                                .sampling()
                                .rendering()
                                .faithfulTypeScript()));
    }

    /** Creates a scanner. */
    public DatasetScanner(Tokenizer tokenizer, DatasetOptions options, ConversationLinter linter) {
        this.tokenizer = requireNonNull(tokenizer, "tokenizer");
        this.options = requireNonNull(options, "options");
        this.linter = requireNonNull(linter, "linter");
    }

    /**
     * What lint finds in a row.
     *
     * @param source the name of the source
     * @param line the number of the line, from 1
     * @param finding what was found
     */
    public record RowFinding(String source, long line, Finding finding) {
        public RowFinding {
            requireNonNull(source, "source");
            requireNonNull(finding, "finding");
        }
    }

    /**
     * Returns the statistics that the data set would have, what lint finds, and how many samples come again, as far as the first four million different
     * ones go.
     *
     * @param rejects takes the rows that cannot be read, in order
     */
    public DatasetStatistics statistics(List<RowSource> sources, Consumer<Reject> rejects) throws IOException {
        requireNonNull(rejects, "rejects");
        SampleBuilder builder = new SampleBuilder(tokenizer, options.fittingSamples());
        StatisticsCounter counter = new StatisticsCounter();
        Set<Long> seen = new HashSet<>();
        counter.addDuplicates(0);
        scan(
                sources,
                (source, block, reader) -> {
                    List<Finding> findings = new ArrayList<>();
                    BlockSamples samples = BlockSamples.of(
                            source,
                            block,
                            reader,
                            row -> {
                                findings.addAll(lint(row));
                                return builder.build(row);
                            },
                            options.isStrict());
                    samples.statistics.addFindings(findings);
                    return samples;
                },
                block -> {
                    counter.addAll(block.statistics);
                    block.rejects.forEach(rejects);
                    for (BlockSamples.Sample sample : block.samples) {
                        long hash = hash(sample.sample().tokens());
                        if (seen.size() < MAX_REMEMBERED ? !seen.add(hash) : seen.contains(hash)) {
                            counter.addDuplicates(1);
                        }
                    }
                });
        return counter.statistics();
    }

    /** Returns 64 bits that differ for two samples, most likely. */
    private static long hash(int[] tokens) {
        long hash = tokens.length;
        for (int token : tokens) {
            hash = (hash ^ token) * 0x9E37_79B9_7F4A_7C15L; // the golden ratio's, as in Knuth's multiplicative hashing
            hash ^= hash >>> Integer.SIZE;
        }
        return hash;
    }

    /**
     * Lints the conversations of rows.
     *
     * @param findings takes what is found, in order
     * @param rejects takes the rows that cannot be read, in order
     */
    public void lint(List<RowSource> sources, Consumer<RowFinding> findings, Consumer<Reject> rejects)
            throws IOException {
        requireNonNull(findings, "findings");
        requireNonNull(rejects, "rejects");
        scan(
                sources,
                (source, block, reader) -> {
                    List<Object> results = new ArrayList<>();
                    reader.read(source, block, new RowReader.Sink() {
                        @Override
                        public void row(long line, ImportedRow row) {
                            for (Finding finding : lint(row)) {
                                results.add(new RowFinding(source.name(), line, finding));
                            }
                        }

                        @Override
                        public void reject(Reject reject) {
                            results.add(reject);
                        }
                    });
                    return results;
                },
                results -> results.forEach(result -> {
                    if (result instanceof Reject reject) {
                        rejects.accept(reject);
                    } else if (result instanceof RowFinding finding) {
                        findings.accept(finding);
                    }
                }));
    }

    /**
     * Returns the samples of one row.
     *
     * @param line the number of its line, from 1
     * @throws RowException if there is no row in that line, or it cannot be read
     */
    public RowSamples samples(RowSource source, long line) throws IOException {
        SampleBuilder builder = new SampleBuilder(tokenizer, options.fittingSamples());
        RowReader reader = new RowReader(new RowImporter(options.importing()));
        List<RowSamples> found = new ArrayList<>();
        List<Reject> rejects = new ArrayList<>();
        try (LineBlocks blocks =
                new LineBlocks(Decompression.of(requireNonNull(source, "source").open()))) {
            LineBlocks.Block block = blocks.next();
            while (block != null && block.nextLine() <= line) {
                block = blocks.next();
            }
            if (block != null) {
                reader.read(source, block, new RowReader.Sink() {
                    @Override
                    public void row(long number, ImportedRow row) {
                        if (number == line) {
                            found.add(builder.build(row));
                        }
                    }

                    @Override
                    public void reject(Reject reject) {
                        if (reject.line() == line) {
                            rejects.add(reject);
                        }
                    }
                });
            }
        }
        if (!rejects.isEmpty()) {
            throw new RowException(rejects.get(0).pointer(), rejects.get(0).toString());
        }
        if (found.isEmpty()) {
            throw new RowException("", "expected a row in line " + line + " of " + source.name() + " but found none");
        }
        return found.get(0);
    }

    /** Returns what is found in a row: in its conversation, if it is one, and the fields that end in no message. */
    private List<Finding> lint(ImportedRow row) {
        if (row.shape() == RowShape.HARMONY) {
            return lintFormat(row);
        }
        List<Finding> findings = new ArrayList<>();
        row.unusedPointers()
                .forEach((name, pointer) -> findings.add(new Finding(
                        Finding.Code.UNKNOWN_FIELD,
                        pointer,
                        "the field \"" + name + "\" of the row ends in no message",
                        "leave it out, or have another shape read it")));
        if (row.text().isEmpty()) {
            findings.addAll(linter.lint(row.conversation()));
        }
        return findings;
    }

    /** A conversation as the format has it is linted as the JSON that it is, but for the fields that rows alone have. */
    private List<Finding> lintFormat(ImportedRow row) {
        JsonValue json = row.json();
        JsonObject whole = json instanceof JsonObject object ? object : JsonObject.of("messages", json);
        return linter.lint(whole).stream().filter(finding -> !isOfRow(finding)).toList();
    }

    private static boolean isOfRow(Finding finding) {
        String pointer = finding.pointer();
        return UNUSED.contains(finding.code()) && RowField.isOfRow(pointer.substring(pointer.lastIndexOf('/') + 1));
    }

    private interface Work<R> {
        R apply(RowSource source, LineBlocks.Block block, RowReader reader);
    }

    private <R> void scan(List<RowSource> sources, Work<R> work, Consumer<R> results) throws IOException {
        RowReader reader = new RowReader(new RowImporter(options.importing()));
        try (Workers workers = new Workers(options.threads())) {
            new BlockPipeline<R>(
                            workers,
                            (source, block) -> work.apply(source, block, reader),
                            (start, next, result) -> results.accept(result))
                    .run(List.copyOf(requireNonNull(sources, "sources")), Position.START);
        }
    }
}
