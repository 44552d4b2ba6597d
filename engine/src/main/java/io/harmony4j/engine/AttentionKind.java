package io.harmony4j.engine;

import java.util.ArrayList;
import java.util.List;

/** Which keys a layer's attention sees. */
public enum AttentionKind {
    /** The last {@link ModelConfig#slidingWindow()} positions, the token's own included. */
    SLIDING,
    /** All positions up to the token's own. */
    FULL;

    /**
     * Returns the kinds that gpt-oss has: the first layer slides, the second does not, and so on.
     *
     * @throws IllegalArgumentException if no model has so many layers
     */
    public static List<AttentionKind> alternating(int layers) {
        Quantity.LAYERS.require(layers);
        List<AttentionKind> kinds = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            kinds.add(layer % 2 == 0 ? SLIDING : FULL);
        }
        return kinds;
    }
}
