package io.harmony4j.generation;

/**
 * Decides what may be drawn next: it forbids tokens, or prefers them. A processor belongs to one generation and may keep what
 * has been generated so far; {@link GenerationOptions#withLogitsProcessor} takes a supplier, which makes one for each generation.
 *
 * <p>Before each token {@link #process} is called, and after it has been drawn {@link #accept}, by the same thread.
 */
@FunctionalInterface
public interface LogitsProcessor {
    /** Changes nothing. */
    LogitsProcessor NONE = logits -> {};

    /**
     * Changes logits in place before a token is drawn from them. A token with the logit {@link Float#NEGATIVE_INFINITY} is not
     * drawn. A processor must leave at least one token that can be drawn; otherwise the generation ends with an
     * {@link IllegalArgumentException}.
     *
     * @param logits {@code [vocabularySize]}
     */
    void process(float[] logits);

    /**
     * Takes note of the token that was drawn.
     *
     * @param token its id
     */
    default void accept(int token) {}
}
