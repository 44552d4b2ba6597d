package io.harmony4j.engine;

/** Which keys a layer's attention sees. */
public enum AttentionKind {
    /** The last {@link ModelConfig#slidingWindow()} positions, the token's own included. */
    SLIDING,
    /** All positions up to the token's own. */
    FULL
}
