package io.harmony4j.training;

import io.harmony4j.renderer.TrainingSample;

/** Labels where there is no room for other tokens than the input's: 1 where the token is learnt, 0 where it is not, or another one is. */
final class LabelMask {
    private LabelMask() {}

    static byte[] of(TrainingSample sample) {
        int[] tokens = sample.tokens();
        int[] labels = sample.labels();
        byte[] mask = new byte[tokens.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (byte) (labels[i] == tokens[i] ? 1 : 0);
        }
        return mask;
    }
}
