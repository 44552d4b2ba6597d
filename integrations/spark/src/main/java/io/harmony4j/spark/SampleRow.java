package io.harmony4j.spark;

import io.harmony4j.renderer.TrainingSample;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A training sample, or why there is none.
 *
 * @param sample null if there is none
 * @param error why there is none; null if there is one
 */
record SampleRow(@Nullable TrainingSample sample, @Nullable String error) {
    static SampleRow of(TrainingSample sample) {
        return new SampleRow(sample, null);
    }

    static SampleRow failed(RuntimeException e) {
        return failed(RowFunction.reason(e));
    }

    static SampleRow failed(String reason) {
        return new SampleRow(null, reason);
    }

    /** Returns the indices of the messages that a sample leaves out of what stands before its last, from 0, ascending. */
    static int[] dropped(TrainingSample sample) {
        List<Integer> messages = sample.messages();
        Set<Integer> kept = new HashSet<>(messages);
        int last = messages.isEmpty() ? 0 : messages.get(messages.size() - 1);
        return IntStream.range(0, last).filter(index -> !kept.contains(index)).toArray();
    }
}
