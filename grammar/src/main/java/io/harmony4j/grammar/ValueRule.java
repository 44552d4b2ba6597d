package io.harmony4j.grammar;

import java.util.ArrayList;
import java.util.List;

/**
 * A JSON value that satisfies all of some goals: the texts of its scalars, and the ways in which its arrays and objects are made. Equal to itself alone; it may
 * contain itself.
 */
final class ValueRule implements Rule {
    private final JsonPunctuation punctuation;
    private final SchemaOptions.PropertyOrder order;
    private Regex scalars;
    private List<ArrayShape> arrays = List.of();
    private List<ObjectShape> objects = List.of();
    private boolean possible;

    /**
     * @param nothing the empty set, until the rule is told what it is
     */
    ValueRule(JsonPunctuation punctuation, SchemaOptions.PropertyOrder order, Regex nothing) {
        this.punctuation = punctuation;
        this.order = order;
        this.scalars = nothing;
    }

    /** Tells what the value may be. */
    void is(Regex newScalars, List<ArrayShape> newArrays, List<ObjectShape> newObjects) {
        scalars = newScalars;
        arrays = List.copyOf(newArrays);
        objects = List.copyOf(newObjects);
    }

    Regex scalars() {
        return scalars;
    }

    List<ArrayShape> arrays() {
        return arrays;
    }

    List<ObjectShape> objects() {
        return objects;
    }

    JsonPunctuation punctuation() {
        return punctuation;
    }

    /** Returns whether there is such a value, as far as is known yet. */
    boolean isPossible() {
        return possible;
    }

    void setPossible() {
        possible = true;
    }

    /** Leaves out what cannot be, after it is known of all rules. */
    void prune() {
        arrays = arrays.stream()
                .map(ArrayShape::possible)
                .filter(shape -> shape.min() <= shape.max())
                .filter(shape -> !shape.lacksValues())
                .toList();
        objects = objects.stream()
                .filter(shape -> !shape.isImpossible())
                .map(ObjectShape::possible)
                .filter(shape -> !shape.isImpossible())
                .toList();
    }

    @Override
    public List<List<Symbol>> alternatives() {
        List<List<Symbol>> all = new ArrayList<>();
        all.add(List.of(scalars));
        arrays.forEach(
                shape -> all.add(List.of(new ArrayRule(punctuation, shape, 0, ArrayRule.Place.OPEN, List.of()))));
        objects.forEach(shape -> all.add(List.of(ObjectRule.start(punctuation, order, shape))));
        return all;
    }
}
