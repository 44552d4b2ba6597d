package io.harmony4j.backends;

import io.harmony4j.SpecialToken;
import io.harmony4j.generation.Sampling;
import io.harmony4j.json.JsonArray;

/** What the requests of several runtimes have in common. */
final class SamplingFields {
    /** The largest seed is above: 2^32 - 1 and negative ones mean a random seed to most runtimes. */
    private static final long SEEDS = (1L << 32) - 1;

    private SamplingFields() {}

    /** Returns a seed that every runtime takes: the same one if it is from 0 to 2^32 - 2. */
    static long seed(Sampling sampling) {
        return Math.floorMod(sampling.seed(), SEEDS);
    }

    /** Returns top-k for runtimes whose word for all is -1. */
    static int topKOrMinusOne(Sampling sampling) {
        return sampling.topK() == 0 ? -1 : sampling.topK();
    }

    /** Returns the ids to stop at. Those of the options that are not of the format are ours to see: a runtime might not say so. */
    static JsonArray stopIds() {
        return JsonArray.ofIntegers(
                SpecialToken.stopIds().stream().mapToInt(Integer::intValue).toArray());
    }
}
