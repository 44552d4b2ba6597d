package io.harmony4j.training;

import io.harmony4j.renderer.TrainingSample;
import java.util.ArrayList;
import java.util.List;

/** What comes of a block of lines: samples, rejects, and what was counted. */
final class BlockSamples {
    final List<TrainingSample> samples = new ArrayList<>();
    final List<Reject> rejects = new ArrayList<>();
    final StatisticsCounter statistics = new StatisticsCounter();

    private BlockSamples() {}

    /**
     * Returns what comes of a block.
     *
     * @param isStrict whether rows with fields that are in no message are rejected
     */
    static BlockSamples of(
            RowSource source, LineBlocks.Block block, RowReader reader, SampleBuilder builder, boolean isStrict) {
        BlockSamples result = new BlockSamples();
        reader.read(source, block, new RowReader.Sink() {
            @Override
            public void row(long line, ImportedRow row) {
                if (isStrict && !row.unusedFields().isEmpty()) {
                    throw new RowException(
                            "",
                            "expected only fields that end in a message but found "
                                    + String.join(", ", row.unusedFields()) + "; remove them, or do not be strict");
                }
                RowSamples samples = builder.build(row);
                result.statistics.addRow(row, samples);
                row.unusedFields().forEach(field -> result.statistics.addUnusedField(source.name(), line, field));
                result.samples.addAll(samples.samples());
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
