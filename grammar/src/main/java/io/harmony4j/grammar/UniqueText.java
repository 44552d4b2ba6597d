package io.harmony4j.grammar;

/**
 * The rest of a text that must differ from others, an item of an array or a name in an object, and what is known of it already.
 *
 * @param left what may follow
 * @param read the text so far, a character for each byte
 * @param array the array or object before this text
 */
record UniqueText(Regex left, String read, Collection array) implements Symbol {
    /** What remembers the texts that it has. */
    interface Collection {
        /**
         * Returns what comes after one more text.
         *
         * @param text a character for each byte
         */
        Rule after(String text);
    }

    /** Returns this text after one byte more, of which it is known what may follow. */
    UniqueText after(Regex newLeft, int value) {
        return new UniqueText(newLeft, read + (char) value, array);
    }
}
