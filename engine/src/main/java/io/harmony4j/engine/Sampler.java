package io.harmony4j.engine;

import io.harmony4j.generation.Sampling;
import java.util.Arrays;

/** Draws the next token from its logits, in the order of steps that {@link Sampling} describes. Immutable. */
final class Sampler {
    /**
     * How much less likely than the most likely token, in nats, a token may be and still be ranked at first. The others are ranked only
     * if these do not settle which tokens stay, so that most of a vocabulary need not be sorted.
     */
    private static final double NEAR = 12;

    private static final int LANES = 256;

    private final Sampling sampling;

    Sampler(Sampling sampling) {
        this.sampling = sampling;
    }

    /** Returns the token for a position. */
    int sample(float[] logits, int position) {
        int best = argMax(logits);
        if (sampling.temperature() == 0 || !Float.isFinite(logits[best])) {
            return best;
        }
        int[] kept = kept(logits, logits[best]);
        double[] weights = new double[kept.length];
        double sum = 0;
        for (int i = 0; i < kept.length; i++) {
            boolean same =
                    i > 0 && logits[kept[i]] == logits[kept[i - 1]]; // as those of a small model's unknown tokens are
            weights[i] = same ? weights[i - 1] : weight(logits[kept[i]], logits[best]);
            sum += weights[i];
        }
        double rest = sum * SquaresGenerator.uniform(sampling.seed(), position);
        for (int i = 0; i < kept.length; i++) {
            rest -= weights[i];
            if (rest < 0) {
                return kept[i];
            }
        }
        return best; // rounding
    }

    /** Returns the id with the highest logit, of equal ones the lowest; one whose logit is NaN only if all are. */
    static int argMax(float[] logits) {
        float max = max(logits);
        int best = 0;
        if (!Float.isNaN(max)) {
            while (logits[best] != max) {
                best++;
            }
            return best;
        }
        for (int id = 1; id < logits.length; id++) {
            if (logits[id] > logits[best] || Float.isNaN(logits[best])) {
                best = id;
            }
        }
        return best;
    }

    /** Returns the highest logit, and NaN if one is NaN. Each lane has a maximum of its own, so that vectors can be used. */
    static float max(float[] logits) {
        float[] lanes = new float[LANES];
        Arrays.fill(lanes, Float.NEGATIVE_INFINITY);
        int whole = logits.length / LANES * LANES;
        for (int from = 0; from < whole; from += LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                lanes[lane] = Math.max(lanes[lane], logits[from + lane]);
            }
        }
        float max = Float.NEGATIVE_INFINITY;
        for (float of : lanes) {
            max = Math.max(max, of);
        }
        for (int id = whole; id < logits.length; id++) {
            max = Math.max(max, logits[id]);
        }
        return max;
    }

    /** Returns the ids that stay, in ascending order. */
    private int[] kept(float[] logits, float max) {
        if (sampling.topK() == 0 && sampling.topP() == 1 && sampling.minP() == 0) {
            return ranked(logits, Float.NEGATIVE_INFINITY, false);
        }
        int[] ranked = ranked(logits, (float) (max - NEAR * sampling.temperature()), true);
        int count = countKept(logits, max, ranked);
        if (count == ranked.length) { // perhaps more would stay
            ranked = ranked(logits, Float.NEGATIVE_INFINITY, true);
            count = countKept(logits, max, ranked);
        }
        int[] kept = Arrays.copyOf(ranked, count);
        Arrays.sort(kept);
        return kept;
    }

    /** Returns how many of the ranked tokens stay; fewer than all of them only if tokens that are not ranked cannot stay. */
    private int countKept(float[] logits, float max, int[] ranked) {
        int count = ranked.length;
        double sum = 0;
        if (sampling.topK() > 0) {
            count = Math.min(count, sampling.topK());
        }
        if (sampling.topP() < 1) {
            double[] weights = new double[count];
            for (int i = 0; i < count; i++) {
                weights[i] = weight(logits[ranked[i]], max);
                sum += weights[i];
            }
            double all = count == sampling.topK() ? sum : sumOfAll(logits, max);
            double reached = 0;
            int enough = 0;
            while (enough < count && reached < sampling.topP() * all) {
                reached += weights[enough++];
            }
            count = Math.max(1, enough);
        }
        while (count > 1 && weight(logits[ranked[count - 1]], max) < sampling.minP()) {
            count--;
        }
        return count;
    }

    private double sumOfAll(float[] logits, float max) {
        double sum = 0;
        for (float logit : logits) {
            if (!Float.isNaN(logit)) {
                sum += weight(logit, max);
            }
        }
        return sum;
    }

    /** Returns how likely a token is, compared with the most likely one. */
    private double weight(float logit, float max) {
        return StrictMath.exp(((double) logit - max) / sampling.temperature());
    }

    /** Returns the ids whose logits are at least {@code threshold}: by logit, highest first, if {@code sorted}, then by id. */
    private static int[] ranked(float[] logits, float threshold, boolean sorted) {
        long[] keys = new long[logits.length];
        int count = 0;
        for (int id = 0; id < logits.length; id++) {
            if (logits[id] >= threshold) {
                int bits = Float.floatToIntBits(logits[id] + 0f); // -0 and 0 are equal
                int ascending = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
                keys[count++] = ((long) ~ascending << 32) | id;
            }
        }
        if (sorted) {
            Arrays.sort(keys, 0, count);
        }
        int[] ids = new int[count];
        for (int i = 0; i < count; i++) {
            ids[i] = (int) keys[i];
        }
        return ids;
    }
}
