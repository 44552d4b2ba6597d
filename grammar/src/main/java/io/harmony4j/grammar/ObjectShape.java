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
 * @param unique what tells other properties apart until there are enough, where one that comes twice would count twice; null where none can
 */
record ObjectShape(
        List<Property> properties,
        List<Extra> extras,
        int min,
        int max,
        @Nullable UniqueItems unique) {
    /** How many names are looked for at most to see whether there are as many as there must be properties. */
    private static final int MAX_NAMES = 64;

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
                || !hasNames(min - properties.size(), List.of())
                || properties.stream().filter(Property::required).count() > max;
    }

    /** Returns the shape without properties that cannot be. */
    ObjectShape possible() {
        List<Extra> left = extras.stream().filter(e -> e.value.isPossible()).toList();
        return new ObjectShape(
                properties.stream().filter(p -> p.value.isPossible()).toList(),
                left,
                min,
                max,
                left.isEmpty() ? null : unique);
    }

    /**
     * Returns whether so many other properties can come.
     *
     * @param before the names of those that came, with quotes, a character for each byte
     */
    boolean hasNames(int count, List<String> before) {
        if (count <= 0 || unique == null) {
            return count <= 0 || !extras.isEmpty();
        }
        int missing = Math.min(count, MAX_NAMES);
        for (Extra extra : extras) {
            missing -= unique.count(extra.keys, before, missing);
        }
        return missing == 0;
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
