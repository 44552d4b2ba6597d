package io.harmony4j.engine;

import java.util.Arrays;

/**
 * The logits of a position: those of tokens that the model knows, and 0 for each other token ({@link Unembedding}). A small model knows one in
 * a hundred, and what draws a token need not see the others one by one. Not safe for use by several threads at once.
 */
final class Logits {
    private final float[] values; // of each known token
    private final int[] tokens; // the known tokens, ascending; empty if all are known
    private final int vocabularySize;
    private int best = -1; // see best(); negative until it is asked for

    /** Takes the arrays as they are. */
    Logits(float[] values, int[] tokens, int vocabularySize) {
        this.values = values;
        this.tokens = tokens;
        this.vocabularySize = vocabularySize;
    }

    /** Returns the logits of a model that knows all tokens; takes the array as it is. */
    static Logits of(float[] logits) {
        return new Logits(logits, new int[0], logits.length);
    }

    /** Returns the size of the vocabulary. */
    int vocabularySize() {
        return vocabularySize;
    }

    /** Returns how many tokens are known. */
    int count() {
        return values.length;
    }

    /** Returns the logits of known tokens, in ascending order of ids. Not a copy. */
    float[] values() {
        return values;
    }

    /** Returns the logit of the known token {@code index}. */
    float value(int index) {
        return values[index];
    }

    /** Returns the id of the known token {@code index}. */
    int token(int index) {
        return hasUnknown() ? tokens[index] : index;
    }

    /** Returns how many unknown tokens have lower ids than the known token {@code index}, or how many there are if that is {@link #count}. */
    int unknownBefore(int index) {
        return (index == values.length ? vocabularySize : token(index)) - index;
    }

    /** Returns whether there are tokens that the model does not know. */
    boolean hasUnknown() {
        return values.length < vocabularySize;
    }

    /** Returns the logit of a token. */
    float of(int id) {
        int index = hasUnknown() ? Arrays.binarySearch(tokens, id) : id;
        return index < 0 ? 0 : values[index];
    }

    /** Returns the id with the highest logit, of equal ones the lowest; one whose logit is NaN only if all are. */
    int best() {
        if (best < 0) {
            int known = Sampler.argMax(values);
            best = !hasUnknown() || values[known] > 0
                    ? token(known)
                    : values[known] == 0 ? Math.min(token(known), firstUnknown()) : firstUnknown();
        }
        return best;
    }

    private int firstUnknown() {
        int id = 0;
        while (id < tokens.length && tokens[id] == id) {
            id++;
        }
        return id;
    }

    /** Writes all to {@code to}, {@code [vocabularySize]}. */
    void copyTo(float[] to) {
        if (hasUnknown()) {
            Arrays.fill(to, 0);
            scatter(to);
        } else {
            System.arraycopy(values, 0, to, 0, values.length);
        }
    }

    /** Returns all, {@code [vocabularySize]}; not a copy if all tokens are known. */
    float[] toArray() {
        if (!hasUnknown()) {
            return values;
        }
        float[] all = new float[vocabularySize];
        scatter(all);
        return all;
    }

    private void scatter(float[] to) {
        for (int i = 0; i < tokens.length; i++) {
            to[tokens[i]] = values[i];
        }
    }

    /** Takes the logits of a position. */
    @FunctionalInterface
    interface Sink {
        /**
         * Takes the logits of a position.
         *
         * @param index which of the given tokens or sequences they come after, from 0
         */
        void accept(int index, Logits logits);
    }
}
