package io.harmony4j.engine;

/** The vocabulary that a GGUF carries for runtimes that turn text into tokens themselves; this engine needs none. */
public interface GgufVocabulary {
    /** Returns how many tokens there are; ids go from 0 to one less. */
    int size();

    /** Returns the bytes of a token; of a special one, those of its name. */
    byte[] bytes(int token);

    /** Returns whether a token is none of text. */
    boolean isSpecial(int token);

    /** Returns the two tokens that byte pair encoding merges to this one, or an empty array for a single byte or a special token. */
    int[] lastMerge(int token);

    /** Returns the special token that begins a text. */
    int begin();

    /** Returns the special token that ends an answer. */
    int end();

    /** Returns the special token that fills up what is too short. */
    int padding();
}
