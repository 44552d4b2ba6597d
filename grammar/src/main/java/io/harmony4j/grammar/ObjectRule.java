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
 * @param names the names without properties of their own that came, with quotes, a character for each byte; empty where they may come again
 */
record ObjectRule(
        JsonPunctuation punctuation,
        SchemaOptions.PropertyOrder order,
        ObjectShape shape,
        int next,
        BitSet seen,
        int count,
        List<String> names,
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
        return new ObjectRule(punctuation, order, shape, 0, new BitSet(), 0, List.of(), Place.OPEN);
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
        ObjectRule before = new ObjectRule(punctuation, order, shape, next, seen, count, names, Place.BEFORE_PROPERTY);
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
            shape.extras().forEach(extra -> addExtra(extra, all));
        }
        return all;
    }

    private void addExtra(ObjectShape.Extra extra, List<List<Symbol>> all) {
        UniqueItems unique = shape.unique();
        if (unique == null || (names.isEmpty() && !isShort(counted()))) { // it may come twice
            ObjectRule after = afterExtra(List.of());
            if (after.isPossible()) {
                all.add(List.of(extra.keys(), punctuation.colon(), extra.value(), after));
            }
            return;
        }
        Regex left = unique.without(extra.keys(), names);
        unique.shortest(left)
                .filter(name -> new ExtraName(this, extra).rest(name).isPossible())
                .ifPresent(name -> all.add(List.of(new UniqueText(left, "", new ExtraName(this, extra)))));
    }

    /**
     * Returns what is left after a property without a name of its own.
     *
     * @param known the names that must not come again
     */
    private ObjectRule afterExtra(List<String> known) {
        return new ObjectRule(
                punctuation,
                order,
                shape,
                isAnyOrder() ? 0 : shape.properties().size(),
                seen,
                counted(),
                known,
                Place.AFTER_PROPERTY);
    }

    /** Returns whether there must be more properties than a number. */
    private boolean isShort(int number) {
        return number < shape.min();
    }

    private boolean isAnyOrder() {
        return order == SchemaOptions.PropertyOrder.ANY;
    }

    private ObjectRule after(int property) {
        if (!isAnyOrder()) {
            return new ObjectRule(
                    punctuation, order, shape, property + 1, seen, counted(), known(), Place.AFTER_PROPERTY);
        }
        BitSet more = (BitSet) seen.clone();
        more.set(property);
        return new ObjectRule(punctuation, order, shape, 0, more, counted(), known(), Place.AFTER_PROPERTY);
    }

    private List<String> known() {
        return isShort(counted()) ? names : List.of();
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
        return count + missing(next) <= shape.max() && shape.hasNames(shape.min() - count - left, names);
    }

    /** Returns how many properties from an index on are required and have not come. */
    private int missing(int from) {
        int missing = 0;
        for (int i = from; i < shape.properties().size(); i++) {
            missing += shape.properties().get(i).required() && !seen.get(i) ? 1 : 0;
        }
        return missing;
    }

    /** A name that no property has yet, where it must be another one; after it, its value comes. */
    private record ExtraName(ObjectRule object, ObjectShape.Extra extra) implements UniqueText.Collection {
        @Override
        public Rule after(String name) {
            return new ExtraValue(object.punctuation, extra, rest(name));
        }

        ObjectRule rest(String name) {
            List<String> more = new ArrayList<>(object.names);
            more.add(name);
            return object.afterExtra(object.isShort(object.counted()) ? List.copyOf(more) : List.of());
        }
    }

    /** The value of a property, and what comes after it. */
    private record ExtraValue(JsonPunctuation punctuation, ObjectShape.Extra extra, ObjectRule after) implements Rule {
        @Override
        public List<List<Symbol>> alternatives() {
            return List.of(List.of(punctuation.colon(), extra.value(), after));
        }
    }
}
