package io.harmony4j.training;

import io.harmony4j.renderer.TrainingSample;
import java.util.List;

/**
 * One row of what is written: a sample, or several that are packed.
 *
 * @param samples at least one
 */
record Row(List<TrainingSample> samples) {
    int tokens() {
        return samples.stream().mapToInt(TrainingSample::length).sum();
    }

    int labels() {
        return samples.stream().mapToInt(TrainingSample::labelCount).sum();
    }
}
