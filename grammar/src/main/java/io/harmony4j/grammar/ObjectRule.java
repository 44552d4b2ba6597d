package io.harmony4j.grammar;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What is left of an object after some of its properties.
 *
 * @param next in the order of the schema: the index of the first property that may still come; otherwise 0
 * @param seen in any order: the properties that came; otherwise empty
 * @param count how many properties came; the same for all numbers from which on nothing changes
 */
record ObjectRule(
        JsonPunctuation punctuation,
        SchemaOptions.PropertyOrder order,
        ObjectShape shape,
        int next,
        BitSet seen,
        int count,
        Place place)
        implements Rule {
    /** Where in the object. */
    enum Place {
        /** Before its brace. */
        OPEN,
        /** After a property. */
        AFTER_PROPERTY,
        /** Before a property that must come. */
        BEFORE_PROPERTY
    }

    /** Returns the whole of an object. */
    static ObjectRule start(JsonPunctuation punctuation, SchemaOptions.PropertyOrder order, ObjectShape shape) {
        return new ObjectRule(punctuation, order, shape, 0, new BitSet(), 0, Place.OPEN);
    }

    @Override
    public List<List<Symbol>> alternatives() {
        return switch (place) {
            case OPEN ->
                endOrMore(List.of(punctuation.openObject()), List.of(punctuation.openObject(), punctuation.space()));
            case AFTER_PROPERTY -> endOrMore(List.of(), List.of(punctuation.comma()));
            case BEFORE_PROPERTY -> properties();
        };
    }

    private List<List<Symbol>> endOrMore(List<Symbol> beforeEnd, List<Symbol> beforeProperty) {
        List<List<Symbol>> all = new ArrayList<>();
        if (count >= shape.min() && missing(next) == 0) {
            all.add(join(beforeEnd, List.of(punctuation.closeObject())));
        }
        ObjectRule before = new ObjectRule(punctuation, order, shape, next, seen, count, Place.BEFORE_PROPERTY);
        if (!before.properties().isEmpty()) {
            all.add(join(beforeProperty, List.of(before)));
        }
        return all;
    }

    private static List<Symbol> join(List<Symbol> first, List<Symbol> second) {
        List<Symbol> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /** Returns what may come here: a property, and what is left after it. */
    private List<List<Symbol>> properties() {
        List<List<Symbol>> all = new ArrayList<>();
        List<ObjectShape.Property> declared = shape.properties();
        boolean mayPass = true; // whether no property that is required stands between
        for (int i = next; i < declared.size() && mayPass; i++) {
            ObjectShape.Property property = declared.get(i);
            if (!seen.get(i)) {
                ObjectRule after = after(i);
                if (after.isPossible()) {
                    all.add(List.of(property.key(), punctuation.colon(), property.value(), after));
                }
                mayPass = isAnyOrder() || !property.required();
            }
        }
        if (mayPass) {
            ObjectRule after = new ObjectRule(
                    punctuation,
                    order,
                    shape,
                    isAnyOrder() ? 0 : declared.size(),
                    seen,
                    counted(),
                    Place.AFTER_PROPERTY);
            if (after.isPossible()) {
                shape.extras()
                        .forEach(extra -> all.add(List.of(extra.keys(), punctuation.colon(), extra.value(), after)));
            }
        }
        return all;
    }

    private boolean isAnyOrder() {
        return order == SchemaOptions.PropertyOrder.ANY;
    }

    private ObjectRule after(int property) {
        if (!isAnyOrder()) {
            return new ObjectRule(punctuation, order, shape, property + 1, seen, counted(), Place.AFTER_PROPERTY);
        }
        BitSet more = (BitSet) seen.clone();
        more.set(property);
        return new ObjectRule(punctuation, order, shape, 0, more, counted(), Place.AFTER_PROPERTY);
    }

    private int counted() {
        return Math.min(count + 1, shape.max() < Regexes.UNBOUNDED ? shape.max() + 1 : shape.min());
    }

    /** Returns whether the object can be brought to its end from here. */
    private boolean isPossible() {
        int left = 0;
        for (int i = next; i < shape.properties().size(); i++) {
            left += seen.get(i) ? 0 : 1;
        }
        boolean canReachMin = !shape.extras().isEmpty() || count + left >= shape.min();
        return canReachMin && count + missing(next) <= shape.max();
    }

    /** Returns how many properties from an index on are required and have not come. */
    private int missing(int from) {
        int missing = 0;
        for (int i = from; i < shape.properties().size(); i++) {
            missing += shape.properties().get(i).required() && !seen.get(i) ? 1 : 0;
        }
        return missing;
    }
}
