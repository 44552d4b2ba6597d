package io.harmony4j.bench;

import io.harmony4j.json.JsonObject;
import java.util.Locale;
import java.util.stream.LongStream;

/** Times in milliseconds, as a few of their percentiles. */
record Latencies(int count, double median, double p90, double p99, double max) {

    /** Returns those of times in nanoseconds. */
    static Latencies ofNanos(LongStream nanos) {
        long[] sorted = nanos.sorted().toArray();
        return new Latencies(sorted.length, at(sorted, 0.5), at(sorted, 0.9), at(sorted, 0.99), at(sorted, 1));
    }

    private static double at(long[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int index = (int) Math.ceil(share * sorted.length) - 1;
        return Math.round(sorted[Math.max(0, index)] / 1e4) / 100.0;
    }

    JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder().put("count", count);
        if (count > 0) {
            json.put("p50_ms", median).put("p90_ms", p90).put("p99_ms", p99).put("max_ms", max);
        }
        return json.build();
    }

    @Override
    public String toString() {
        return count == 0 ? "-" : String.format(Locale.ROOT, "%.1f / %.1f / %.1f", median, p99, max);
    }
}
