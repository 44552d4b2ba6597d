package io.harmony4j.grammar;

import java.util.ArrayList;
import java.util.List;

/**
 * What is left of an array after some of its items.
 *
 * @param count how many items there were; the same for all numbers from which on nothing changes
 */
record ArrayRule(JsonPunctuation punctuation, ArrayShape shape, int count, Place place) implements Rule {
    /** Where in the array. */
    enum Place {
        /** Before its bracket. */
        OPEN,
        /** After an item. */
        AFTER_ITEM
    }

    @Override
    public List<List<Symbol>> alternatives() {
        List<List<Symbol>> all = new ArrayList<>();
        if (count >= shape.min()) {
            all.add(
                    place == Place.OPEN
                            ? List.of(punctuation.openArray(), punctuation.closeArray())
                            : List.of(punctuation.closeArray()));
        }
        if (count < shape.max()) {
            List<Symbol> before = place == Place.OPEN
                    ? List.of(punctuation.openArray(), punctuation.space())
                    : List.of(punctuation.comma());
            List<Symbol> symbols = new ArrayList<>(before);
            symbols.add(shape.item(count));
            symbols.add(new ArrayRule(punctuation, shape, next(), Place.AFTER_ITEM));
            all.add(symbols);
        }
        return all;
    }

    private int next() {
        int last = shape.max() < Regexes.UNBOUNDED
                ? shape.max()
                : Math.max(shape.prefix().size(), shape.min());
        return Math.min(count + 1, last);
    }
}
