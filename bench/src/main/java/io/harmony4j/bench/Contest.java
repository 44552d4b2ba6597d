package io.harmony4j.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Times contenders in turns, slice by slice, so that what disturbs the machine disturbs all of them. Immutable and
 * thread-safe.
 *
 * @param seconds how long each of them is timed
 */
record Contest(double seconds) {
    /** Long enough for the clocks, short enough for many turns. */
    private static final double MAX_SLICE_SECONDS = 0.05;

    private static final int MIN_ROUNDS = 3;
    private static final int SLICES = 10;
    private static final double WARM_UP_SHARE = 0.3;
    private static final double NANOS = 1e9;

    /** Returns each contender's speed by its name, in the order given. */
    Map<String, Speed> run(List<Contender> contenders) {
        int[] passes = new int[contenders.size()];
        Samples[] samples = new Samples[contenders.size()];
        for (int i = 0; i < passes.length; i++) {
            passes[i] = warmUp(contenders.get(i));
            samples[i] = new Samples();
        }
        long start = System.nanoTime();
        double budget = seconds * NANOS * contenders.size();
        for (int round = 0; round < MIN_ROUNDS || System.nanoTime() - start < budget; round++) {
            for (int i = 0; i < passes.length; i++) {
                samples[i].add(contenders.get(i).time(passes[i]));
            }
        }
        Map<String, Speed> speeds = new LinkedHashMap<>();
        for (int i = 0; i < passes.length; i++) {
            speeds.put(contenders.get(i).name(), samples[i].speed());
        }
        return speeds;
    }

    /** Runs a contender until it is as fast as it gets; returns how many passes fill a slice. */
    private int warmUp(Contender contender) {
        long start = System.nanoTime();
        long last;
        do {
            last = contender.time(1).wallNanos();
        } while (System.nanoTime() - start < WARM_UP_SHARE * seconds * NANOS);
        double slice = Math.min(MAX_SLICE_SECONDS, seconds / SLICES) * NANOS;
        return (int) Math.max(1, Math.round(slice / last));
    }
}
