package io.harmony4j.engine;

/** Changes logits before a token is drawn from them: forbids tokens, or prefers them. */
@FunctionalInterface
public interface LogitsHook {
    /** Changes nothing. */
    LogitsHook NONE = (generated, logits) -> {};

    /**
     * Changes logits in place. A token with the logit {@link Float#NEGATIVE_INFINITY} is not drawn while there is another.
     *
     * @param generated the tokens generated so far, without the prompt
     * @param logits {@code [vocabularySize]}
     */
    void apply(int[] generated, float[] logits);
}
