package io.harmony4j.renderer;

import io.harmony4j.tokenizer.Tokenizer;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of the words that headers repeat: roles, channels, names of tools. A word is tokenised when it first comes. It has
 * one of a fixed number of places and takes it from the word before, so that ever new names need no more space. Nothing but
 * time depends on what is cached. Thread-safe, without locks.
 */
final class WordCache {
    /** A power of two. */
    static final int PLACES = 256;

    /** The longest name in UTF-16 code units that is cached. */
    static final int MAX_LENGTH = 64;

    private final Tokenizer tokenizer;

    // Read and written in no order: a word's fields are final, so a thread finds a whole one, be it an old one, or
    // none.
    private final @Nullable Word[] places = new @Nullable Word[PLACES];

    WordCache(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * Returns the tokens of a name with a mark before it, tokenised together. The array is not to be changed.
     *
     * @param mark what shows what the name is of, {@code " to="} for instance; may be empty
     */
    int[] tokens(String mark, String name) {
        int place = (31 * mark.hashCode() + name.hashCode()) & (PLACES - 1);
        Word word = places[place];
        if (word == null || !word.name.equals(name) || !word.mark.equals(mark)) {
            word = new Word(mark, name, tokenizer.encode(mark + name));
            if (name.length() <= MAX_LENGTH) {
                places[place] = word;
            }
        }
        return word.tokens;
    }

    private static final class Word {
        final String mark;
        final String name;
        final int[] tokens;

        Word(String mark, String name, int[] tokens) {
            this.mark = mark;
            this.name = name;
            this.tokens = tokens;
        }
    }
}
