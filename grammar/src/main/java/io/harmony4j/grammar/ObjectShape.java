package io.harmony4j.grammar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way in which objects may be made.
 *
 * @param properties those with names of their own, in the order in which they are written
 * @param extras what other properties may be; they come after the others
 * @param min the fewest properties
 * @param max the most, or {@link Regexes#UNBOUNDED}
 */
record ObjectShape(List<Property> properties, List<Extra> extras, int min, int max) {
    /**
     * A property with a name of its own.
     *
     * @param key the name's text, with quotes
     */
    record Property(String name, Regex key, ValueRule value, boolean required) {}

    /**
     * Properties of many names.
     *
     * @param keys the names' texts, with quotes
     */
    record Extra(Regex keys, ValueRule value) {}

    /** Returns whether a required property cannot be. */
    boolean isImpossible() {
        return properties.stream().anyMatch(property -> property.required && !property.value.isPossible())
                || min > max
                || (extras.isEmpty() && min > properties.size())
                || properties.stream().filter(Property::required).count() > max;
    }

    /** Returns the shape without properties that cannot be. */
    ObjectShape possible() {
        return new ObjectShape(
                properties.stream().filter(p -> p.value.isPossible()).toList(),
                extras.stream().filter(e -> e.value.isPossible()).toList(),
                min,
                max);
    }

    // made once for each rule: nothing is gained by comparing what is in it

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
