package io.harmony4j.grammar;

import java.util.ArrayList;
import java.util.List;

/**
 * What is left of an array after some of its items.
 *
 * @param count how many items there were; the same for all numbers from which on nothing changes
 * @param seen the texts of the items if no value may come twice, a character for each byte; otherwise empty
 */
record ArrayRule(JsonPunctuation punctuation, ArrayShape shape, int count, Place place, List<String> seen)
        implements Rule, UniqueText.Collection {
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
        if (count < shape.max() && isItemLeft()) {
            List<Symbol> symbols = new ArrayList<>(
                    place == Place.OPEN
                            ? List.of(punctuation.openArray(), punctuation.space())
                            : List.of(punctuation.comma()));
            symbols.addAll(item());
            all.add(symbols);
        }
        return all;
    }

    private boolean isItemLeft() {
        UniqueItems unique = shape.unique();
        return unique == null || unique.isLeft(shape.rest().scalars(), seen);
    }

    /** Returns an item and what is left after it. */
    private List<Symbol> item() {
        UniqueItems unique = shape.unique();
        if (unique != null) {
            return List.of(new UniqueText(unique.without(shape.rest().scalars(), seen), "", this));
        }
        return List.of(shape.item(count), new ArrayRule(punctuation, shape, next(), Place.AFTER_ITEM, seen));
    }

    /** Returns what is left after an item that differs from those before. */
    @Override
    public ArrayRule after(String item) {
        List<String> more = new ArrayList<>(seen);
        more.add(item);
        return new ArrayRule(punctuation, shape, next(), Place.AFTER_ITEM, List.copyOf(more));
    }

    private int next() {
        int last = shape.max() < Regexes.UNBOUNDED
                ? shape.max()
                : Math.max(shape.prefix().size(), shape.min());
        return Math.min(count + 1, last);
    }
}
