package io.harmony4j.grammar;

/**
 * The rest of an item that must differ from the others of its array, and what is known of it already.
 *
 * @param left what may follow
 * @param read the item's text so far, a character for each byte
 * @param array the array before this item
 */
record UniqueText(Regex left, String read, ArrayRule array) implements Symbol {
    /** Returns this item after one byte more, of which it is known what may follow. */
    UniqueText after(Regex newLeft, int value) {
        return new UniqueText(newLeft, read + (char) value, array);
    }
}
