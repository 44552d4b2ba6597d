package io.harmony4j.training;

import io.harmony4j.renderer.TrainingSample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What comes of a block of lines: samples, rejects, and what was counted. */
final class BlockSamples {
    final List<Sample> samples = new ArrayList<>();
    final List<Reject> rejects = new ArrayList<>();
    final StatisticsCounter statistics = new StatisticsCounter();

    /**
     * One sample.
     *
     * @param id the id of the row that it is of
     */
    record Sample(String id, TrainingSample sample) {
        int length() {
            return sample.length();
        }
    }

    private BlockSamples() {}

    /**
     * Returns what comes of a block.
     *
     * @param samples what comes of a row
     * @param isStrict whether rows with fields that are in no message are rejected
     */
    static BlockSamples of(
            RowSource source,
            LineBlocks.Block block,
            RowReader reader,
            Function<ImportedRow, RowSamples> samples,
            boolean isStrict) {
        BlockSamples result = new BlockSamples();
        reader.read(source, block, new RowReader.Sink() {
            @Override
            public void row(long line, ImportedRow row) {
                if (isStrict) {
                    row.requireAllUsed();
                }
                RowSamples of = samples.apply(row);
                result.statistics.addRow(row, of);
                row.unusedFields().forEach(field -> result.statistics.addUnusedField(source.name(), line, field));
                String id = row.id().orElseGet(() -> source.name() + ":" + line);
                of.samples().forEach(sample -> result.samples.add(new Sample(id, sample)));
            }

            @Override
            public void reject(Reject reject) {
                result.rejects.add(reject);
                result.statistics.addReject(reject);
            }
        });
        return result;
    }
}
