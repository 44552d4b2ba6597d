package io.harmony4j.engine;

import io.harmony4j.generation.Sampling;

/**
 * Draws what {@link Sampler} draws, faster: weights are added up in blocks, by a quicker exponential function, without those that are too
 * small to matter, and unknown tokens are not looked at one by one. How wrong that can be is known. Where so little could decide, in one draw
 * of some thousands at most, the sampler is asked. Immutable.
 */
final class QuickSampler {
    /** Weights less than e to this power are left out; the largest is 1. */
    private static final double LEAST_POWER = -36;

    /**
     * By how much sums of weights are wrong at most, for each token and in parts of the sum. In units of {@code 2^-53}: 3 for the roundings of
     * the sampler's two sums and of the one here, 4 for both exponential functions, 2 for what is left out, and some more.
     */
    private static final double ERROR = 0x1p-49;

    private static final int BLOCK = 512;

    /** How much less likely than the most likely token, in nats, the tokens are that are ranked: so much at first, then more. */
    private static final double[] NEAR = {4, 12, 24};

    private static final int UNDECIDED = -1;

    private final Sampling sampling;
    private final Sampler sampler;

    QuickSampler(Sampling sampling) {
        this.sampling = sampling;
        this.sampler = new Sampler(sampling);
    }

    /** Returns the token for a position. */
    int sample(Logits logits, int position) {
        float max = logits.of(logits.best());
        if (sampling.temperature() == 0 || !Float.isFinite(max)) {
            return logits.best();
        }
        int token = sampler.cuts() ? drawOfLikely(logits, max, position) : drawOfAll(logits, max, position);
        return token == UNDECIDED ? sampler.sample(logits.toArray(), position) : token;
    }

    /** Draws if nothing is cut off. */
    private int drawOfAll(Logits logits, float max, int position) {
        double[] sums = sums(logits, max);
        double all = total(sums);
        double error = ERROR * logits.vocabularySize() * all;
        double wanted = all * SquaresGenerator.uniform(sampling.seed(), position);
        double reached = 0;
        int block = 0;
        while (block < sums.length - 1 && reached + sums[block] <= wanted) {
            reached += sums[block++];
        }
        double unknown = weight(0, max);
        int from = block * BLOCK;
        int unknownBefore = from == 0 ? 0 : logits.unknownBefore(from);
        for (int i = from; i < Math.min(from + BLOCK, logits.count()); i++) {
            reached += (logits.unknownBefore(i) - unknownBefore) * unknown;
            unknownBefore = logits.unknownBefore(i);
            if (wanted <= reached + error) {
                return UNDECIDED;
            }
            reached += weight(logits.value(i), max);
            if (wanted < reached - error) {
                return logits.token(i);
            }
        }
        return UNDECIDED;
    }

    /** Draws if only the most likely tokens stay. */
    private int drawOfLikely(Logits logits, float max, int position) {
        boolean isPartOfAll = sampling.topP() < 1 && sampling.topK() == 0; // otherwise of the first topK
        double all = isPartOfAll ? total(sums(logits, max)) : 0;
        double error = ERROR * logits.vocabularySize() * all;
        for (double near : NEAR) {
            float threshold = (float) (max - near * sampling.temperature());
            if (logits.hasUnknown() && threshold <= 0) {
                return UNDECIDED;
            }
            int[] ranked = Sampler.ranked(logits.values(), threshold, true);
            if (sampling.topP() < 1 && ranked.length < sampling.topK()) {
                continue;
            }
            int count = sampler.countKept(logits.values(), max, ranked, all - error);
            if (count != sampler.countKept(logits.values(), max, ranked, all + error)) {
                return UNDECIDED;
            }
            if (count < ranked.length) { // otherwise perhaps more would stay
                int index = sampler.draw(logits.values(), max, Sampler.first(ranked, count), position);
                return index < 0 ? UNDECIDED : logits.token(index);
            }
        }
        return UNDECIDED;
    }

    /**
     * Returns the sum of weights of each block of known tokens and of the unknown ones between them, up to the next block; the first block has
     * those before it, too.
     */
    private double[] sums(Logits logits, float max) {
        double[] sums = new double[(logits.count() + BLOCK - 1) / BLOCK];
        float least = (float) (max + LEAST_POWER * sampling.temperature());
        double unknown = weight(0, max);
        int unknownBefore = 0;
        for (int block = 0; block < sums.length; block++) {
            int to = Math.min((block + 1) * BLOCK, logits.count());
            double sum = (logits.unknownBefore(to) - unknownBefore) * unknown;
            unknownBefore = logits.unknownBefore(to);
            float last = max;
            double weight = 1;
            for (int i = block * BLOCK; i < to; i++) {
                float logit = logits.value(i);
                if (logit >= least) { // NaN is not
                    weight = logit == last ? weight : weight(logit, max); // neighbours may be equal
                    last = logit;
                    sum += weight;
                }
            }
            sums[block] = sum;
        }
        return sums;
    }

    private static double total(double[] sums) {
        double total = 0;
        for (double sum : sums) {
            total += sum;
        }
        return total;
    }

    /** Returns how likely a token is, compared with the most likely one. */
    private double weight(float logit, float max) {
        return Math.exp(((double) logit - max) / sampling.temperature());
    }
}
