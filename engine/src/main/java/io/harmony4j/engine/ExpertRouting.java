package io.harmony4j.engine;

/**
 * Which experts see which tokens, and with what weight. Tokens are assigned to slots, {@code tokens * k} of them, so that those of an
 * expert are neighbours.
 */
final class ExpertRouting {
    private int k;
    private int[] chosen = {}; // [tokens, k] experts, best first
    private float[] weights = {}; // [tokens, k]
    private int[] slots = {}; // [tokens, k]
    private int[] tokens = {}; // [tokens * k] of each slot
    private int[] starts = {}; // [experts + 1] first slot of each expert

    /**
     * Chooses for each token the {@code k} experts with the highest scores, of equal ones the first. Their weights are the softmax of these
     * scores alone.
     *
     * @param scores {@code [n, experts]}
     */
    void choose(float[] scores, int n, int experts, int k) {
        this.k = k;
        if (tokens.length < n * k || starts.length != experts + 1) {
            chosen = new int[n * k];
            weights = new float[n * k];
            slots = new int[n * k];
            tokens = new int[n * k];
        }
        starts = new int[experts + 1];
        for (int i = 0; i < n; i++) {
            choose(scores, i, experts);
        }
        for (int e = 0; e < experts; e++) {
            starts[e + 1] += starts[e];
        }
        int[] next = starts.clone();
        for (int choice = 0; choice < n * k; choice++) {
            int slot = next[chosen[choice]]++;
            slots[choice] = slot;
            tokens[slot] = choice / k;
        }
    }

    private void choose(float[] scores, int i, int experts) {
        int first = i * k;
        for (int choice = 0; choice < k; choice++) {
            int best = -1;
            for (int e = 0; e < experts; e++) {
                if ((best < 0 || scores[i * experts + e] > scores[i * experts + best]) && !isChosen(first, choice, e)) {
                    best = e;
                }
            }
            chosen[first + choice] = best;
            starts[best + 1]++;
        }
        float max = scores[i * experts + chosen[first]];
        double sum = 0;
        for (int choice = 0; choice < k; choice++) {
            weights[first + choice] = (float) StrictMath.exp(scores[i * experts + chosen[first + choice]] - max);
            sum += weights[first + choice];
        }
        for (int choice = 0; choice < k; choice++) {
            weights[first + choice] /= (float) sum;
        }
    }

    private boolean isChosen(int first, int count, int expert) {
        for (int choice = 0; choice < count; choice++) {
            if (chosen[first + choice] == expert) {
                return true;
            }
        }
        return false;
    }

    /** Returns the first slot of an expert. */
    int start(int expert) {
        return starts[expert];
    }

    /** Returns how many tokens an expert sees. */
    int count(int expert) {
        return starts[expert + 1] - starts[expert];
    }

    /** Returns the token in a slot. */
    int token(int slot) {
        return tokens[slot];
    }

    /** Returns the slot of a token's choice, 0 being the best. */
    int slot(int token, int choice) {
        return slots[token * k + choice];
    }

    /** Returns the weight of a token's choice. */
    float weight(int token, int choice) {
        return weights[token * k + choice];
    }
}
