package io.harmony4j.engine;

/** Takes the logits that a model gives, one position after the other. */
@FunctionalInterface
public interface LogitsSink {

    /**
     * Takes the logits of a position.
     *
     * @param index which of the given tokens they come after, from 0
     * @param logits {@code [vocabularySize]}; reused for the next position, so copy what you want to keep
     */
    void accept(int index, float[] logits);
}
