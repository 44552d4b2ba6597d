package io.harmony4j.grammar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way in which arrays may be made.
 *
 * @param prefix what the first items are, by index
 * @param rest what all further items are
 * @param min the fewest items
 * @param max the most, or {@link Regexes#UNBOUNDED}
 * @param unique what tells the items apart if no value may come twice; null if values may
 */
record ArrayShape(
        List<ValueRule> prefix,
        ValueRule rest,
        int min,
        int max,
        @Nullable UniqueItems unique) {
    /** Returns what the item with an index is. */
    ValueRule item(int index) {
        return index < prefix.size() ? prefix.get(index) : rest;
    }

    /** Returns whether the items that there must be cannot all differ, though they should. */
    boolean lacksValues() {
        return unique != null && unique.count(rest.scalars(), List.of(), min) < min;
    }

    /** Returns a shape that no item without a value belongs to, or one with the maximum less than the minimum if there is none. */
    ArrayShape possible() {
        int most = max;
        for (int i = 0; i <= prefix.size() && i < most; i++) {
            if (!item(i).isPossible()) {
                most = i;
            }
        }
        return new ArrayShape(prefix, rest, min, most, unique);
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
