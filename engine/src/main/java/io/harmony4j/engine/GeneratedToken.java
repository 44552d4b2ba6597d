package io.harmony4j.engine;

import java.util.List;
import java.util.OptionalDouble;

/**
 * A token that a model has generated.
 *
 * @param id the token
 * @param position its place in the sequence, from 0, the prompt's tokens included
 * @param logProbability the natural logarithm of its probability, at temperature 1 and with nothing left out, after the logits hook; only if
 *     {@link GenerationOptions#logProbabilities()} asks for it
 * @param alternatives the most likely tokens of this position, most likely first; as many as asked for
 */
public record GeneratedToken(int id, int position, OptionalDouble logProbability, List<Alternative> alternatives) {

    /** Copies the list. */
    public GeneratedToken {
        alternatives = List.copyOf(alternatives);
    }

    /**
     * A token that might have been generated.
     *
     * @param id the token
     * @param logProbability the natural logarithm of its probability
     */
    public record Alternative(int id, double logProbability) {}
}
