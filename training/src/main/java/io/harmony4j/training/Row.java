package io.harmony4j.training;

import io.harmony4j.renderer.TrainingSample;
import java.util.List;

/**
 * One row of what is written: a sample, or several that are packed.
 *
 * @param samples at least one
 * @param ids the ids of the rows that the samples are of
 */
record Row(List<TrainingSample> samples, List<String> ids) {
    static Row of(List<BlockSamples.Sample> samples) {
        return new Row(
                samples.stream().map(BlockSamples.Sample::sample).toList(),
                samples.stream().map(BlockSamples.Sample::id).toList());
    }

    int tokens() {
        return samples.stream().mapToInt(TrainingSample::length).sum();
    }

    int labels() {
        return samples.stream().mapToInt(TrainingSample::labelCount).sum();
    }
}
