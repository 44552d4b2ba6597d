package io.harmony4j.engine;

import io.harmony4j.generation.Sampling;
import java.util.Arrays;

/**
 * Draws the next token from its logits, in the order of steps that {@link Sampling} describes. {@link QuickSampler} draws the same and is
 * faster. Immutable.
 */
final class Sampler {
    private static final int LANES = 256;

    /** How many logits are searched for the highest one, once it is known to be among them. */
    private static final int PART = 32 * LANES;

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
        int drawn = draw(logits, logits[best], kept(logits, logits[best]), position);
        return drawn < 0 ? best : drawn;
    }

    /** Returns one of the kept tokens, which are in ascending order; -1 if rounding would leave none. */
    int draw(float[] logits, float max, int[] kept, int position) {
        double[] weights = new double[kept.length];
        double sum = 0;
        for (int i = 0; i < kept.length; i++) {
            boolean same =
                    i > 0 && logits[kept[i]] == logits[kept[i - 1]]; // as those of a small model's unknown tokens are
            weights[i] = same ? weights[i - 1] : weight(logits[kept[i]], max);
            sum += weights[i];
        }
        double rest = sum * SquaresGenerator.uniform(sampling.seed(), position);
        for (int i = 0; i < kept.length; i++) {
            rest -= weights[i];
            if (rest < 0) {
                return kept[i];
            }
        }
        return -1;
    }

    /** Returns the id with the highest logit, of equal ones the lowest; one whose logit is NaN only if all are. */
    static int argMax(float[] logits) {
        int best = 0; // where the first part with the highest logit begins
        float max = Float.NEGATIVE_INFINITY;
        for (int from = 0; from < logits.length; from += PART) {
            float most = max(logits, from, Math.min(from + PART, logits.length));
            if (!(most <= max)) {
                best = from;
                max = Math.max(max, most);
            }
        }
        if (!Float.isNaN(max)) {
            while (logits[best] != max) {
                best++;
            }
            return best;
        }
        best = 0;
        for (int id = 1; id < logits.length; id++) {
            if (logits[id] > logits[best] || Float.isNaN(logits[best])) {
                best = id;
            }
        }
        return best;
    }

    /** Returns the highest logit, and NaN if one is NaN. */
    static float max(float[] logits) {
        return max(logits, 0, logits.length);
    }

    /**
     * Returns the highest of the logits {@code begin} to {@code end} (exclusive), and NaN if one is NaN. Each lane has a maximum of its own, and
     * logits are copied, because the compiler makes vectors only of a loop whose arrays have the same index.
     */
    private static float max(float[] logits, int begin, int end) {
        float[] most = new float[LANES];
        float[] lanes = new float[LANES];
        Arrays.fill(most, Float.NEGATIVE_INFINITY);
        int whole = begin + (end - begin) / LANES * LANES;
        for (int from = begin; from < whole; from += LANES) {
            System.arraycopy(logits, from, lanes, 0, LANES);
            for (int lane = 0; lane < LANES; lane++) {
                most[lane] = Math.max(most[lane], lanes[lane]);
            }
        }
        float max = Float.NEGATIVE_INFINITY;
        for (float of : most) {
            max = Math.max(max, of);
        }
        for (int id = whole; id < end; id++) {
            max = Math.max(max, logits[id]);
        }
        return max;
    }

    /** Returns the ids that stay, in ascending order. */
    private int[] kept(float[] logits, float max) {
        if (!cuts()) {
            return ranked(logits, Float.NEGATIVE_INFINITY, false);
        }
        int[] ranked = ranked(logits, Float.NEGATIVE_INFINITY, true);
        return first(ranked, countKept(logits, max, ranked, sampling.topP() < 1 ? sumOfAll(logits, max) : 0));
    }

    /** Returns whether some tokens do not stay. */
    boolean cuts() {
        return sampling.topK() > 0 || sampling.topP() < 1 || sampling.minP() > 0;
    }

    /** Returns the first ids in ascending order. */
    static int[] first(int[] ranked, int count) {
        int[] first = Arrays.copyOf(ranked, count);
        Arrays.sort(first);
        return first;
    }

    /**
     * Returns how many of the ranked tokens stay; fewer than all of them only if tokens that are not ranked cannot stay.
     *
     * @param sumOfAll of the weights of all tokens, if top-p is less than 1
     */
    int countKept(float[] logits, float max, int[] ranked, double sumOfAll) {
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
            double all = count == sampling.topK() ? sum : sumOfAll;
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
    static int[] ranked(float[] logits, float threshold, boolean sorted) {
        long[] keys = new long[1024];
        int count = 0;
        for (int id = 0; id < logits.length; id++) {
            if (logits[id] >= threshold) {
                int bits = Float.floatToIntBits(logits[id] + 0f); // -0 and 0 are equal
                int ascending = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
                if (count == keys.length) {
                    keys = Arrays.copyOf(keys, 4 * count);
                }
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
