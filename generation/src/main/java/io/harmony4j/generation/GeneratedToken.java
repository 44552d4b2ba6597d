package io.harmony4j.generation;

import java.util.List;
import java.util.OptionalDouble;

/** A token that a model has generated. Immutable. */
public final class GeneratedToken {
    private final int id;
    private final int position;
    private final OptionalDouble logProbability;
    private final List<Alternative> alternatives;

    private GeneratedToken(int id, int position, OptionalDouble logProbability, List<Alternative> alternatives) {
        this.id = id;
        this.position = position;
        this.logProbability = logProbability;
        this.alternatives = alternatives;
    }

    /**
     * Returns a token without log-probability.
     *
     * @param id the token
     * @param position its index in the sequence, from 0, the prompt's tokens included
     */
    public static GeneratedToken of(int id, int position) {
        return new GeneratedToken(id, position, OptionalDouble.empty(), List.of());
    }

    /**
     * Returns a copy with its log-probability.
     *
     * @param logProbability the natural logarithm of the token's probability
     * @param alternatives the most likely tokens of this position, most likely first
     */
    public GeneratedToken withLogProbability(double logProbability, List<Alternative> alternatives) {
        List<Alternative> copy = List.copyOf(Checks.nonNullElements(alternatives, "alternatives"));
        return new GeneratedToken(id, position, OptionalDouble.of(logProbability), copy);
    }

    /** Returns the token's id. */
    public int id() {
        return id;
    }

    /** Returns the token's index in the sequence, from 0, the prompt's tokens included. */
    public int position() {
        return position;
    }

    /**
     * Returns the natural logarithm of the token's probability, at temperature 1, with nothing left out, after the logits
     * processor; only if {@link GenerationOptions#logProbabilities()} asked for it.
     */
    public OptionalDouble logProbability() {
        return logProbability;
    }

    /** Returns the most likely tokens of this position, most likely first; as many as asked for. */
    public List<Alternative> alternatives() {
        return alternatives;
    }

    /**
     * A token that might have been generated.
     *
     * @param id the token
     * @param logProbability the natural logarithm of its probability
     */
    public record Alternative(int id, double logProbability) {}

    @Override
    public String toString() {
        return id + " at " + position;
    }
}
