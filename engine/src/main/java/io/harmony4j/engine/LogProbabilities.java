package io.harmony4j.engine;

import io.harmony4j.generation.GeneratedToken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The logarithms of tokens' probabilities: of the softmax of their logits, at temperature 1. */
final class LogProbabilities {
    private final float[] logits;
    private final double normalizer;

    LogProbabilities(float[] logits) {
        this.logits = logits;
        float max = logits[Sampler.argMax(logits)];
        double sum = 0;
        for (float logit : logits) {
            sum += StrictMath.exp((double) logit - max);
        }
        normalizer = max + StrictMath.log(sum);
    }

    double of(int id) {
        return logits[id] - normalizer;
    }

    /** Returns the most likely tokens, most likely first; of equally likely ones, that with the lower id. */
    List<GeneratedToken.Alternative> top(int count) {
        int[] best = new int[Math.min(count, logits.length)];
        int found = 0;
        for (int id = 0; id < logits.length; id++) {
            if (found == best.length && (found == 0 || !(logits[id] > logits[best[found - 1]]))) {
                continue;
            }
            int at = found < best.length ? found++ : found - 1;
            for (; at > 0 && logits[id] > logits[best[at - 1]]; at--) {
                best[at] = best[at - 1];
            }
            best[at] = id;
        }
        List<GeneratedToken.Alternative> top = new ArrayList<>();
        for (int id : Arrays.copyOf(best, found)) {
            top.add(new GeneratedToken.Alternative(id, of(id)));
        }
        return top;
    }
}
