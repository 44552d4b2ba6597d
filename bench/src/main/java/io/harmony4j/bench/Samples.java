package io.harmony4j.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What was timed of one contender, slice by slice. Not thread-safe. */
final class Samples {
    /** Nanoseconds in a second by bytes in a megabyte. */
    private static final double MEGABYTES_PER_SECOND = 1e3;

    private final List<Sample> samples = new ArrayList<>();

    /**
     * One slice.
     *
     * @param bytes how much text was handled in it, in UTF-8
     */
    record Sample(long bytes, long cpuNanos, long wallNanos) {
        Sample {
            if (bytes <= 0 || cpuNanos <= 0 || wallNanos <= 0) {
                throw new IllegalArgumentException("expected bytes and times above 0 but found " + bytes + " bytes, "
                        + cpuNanos + " ns of processor time and " + wallNanos + " ns");
            }
        }

        double cpuSpeed() {
            return bytes * MEGABYTES_PER_SECOND / cpuNanos;
        }

        double wallSpeed() {
            return bytes * MEGABYTES_PER_SECOND / wallNanos;
        }
    }

    void add(Sample sample) {
        samples.add(sample);
    }

    void addAll(Samples others) {
        samples.addAll(others.samples);
    }

    /**
     * Returns the speed.
     *
     * @throws IllegalStateException if nothing was timed
     */
    Speed speed() {
        if (samples.isEmpty()) {
            throw new IllegalStateException("expected a slice to have been timed but found none");
        }
        return new Speed(
                best(Sample::cpuSpeed), median(Sample::cpuSpeed), best(Sample::wallSpeed), median(Sample::wallSpeed));
    }

    private double best(ToDoubleFunction<Sample> speed) {
        return samples.stream().mapToDouble(speed).max().orElseThrow();
    }

    private double median(ToDoubleFunction<Sample> speed) {
        return Statistics.median(samples.stream().mapToDouble(speed).toArray());
    }
}
