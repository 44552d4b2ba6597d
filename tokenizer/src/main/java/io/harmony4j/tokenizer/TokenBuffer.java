package io.harmony4j.tokenizer;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Objects;

/**
 * A list of token ids that grows. It takes any {@code int}: whether an id is a token is for a {@link Tokenizer} to say.
 * Not thread-safe.
 */
public final class TokenBuffer {
    private static final int INITIAL_CAPACITY = 64;
    private static final int LARGE = 1 << 16;

    private int[] tokens = new int[INITIAL_CAPACITY];
    private int size;

    /** Makes an empty buffer. */
    public TokenBuffer() {}

    /** Appends one token id. */
    public void add(int token) {
        if (size == tokens.length) {
            grow(1);
        }
        tokens[size++] = token;
    }

    /** Appends token ids. */
    public void addAll(int... more) {
        addAll(requireNonNull(more, "more"), more.length);
    }

    /** Appends the first {@code count} of the given token ids. */
    void addAll(int[] more, int count) {
        if (count > tokens.length - size) {
            grow(count);
        }
        System.arraycopy(more, 0, tokens, size, count);
        size += count;
    }

    /** Returns the array of token ids, with room for so many more after them. */
    int[] reserve(int more) {
        if (more > tokens.length - size) {
            grow(more);
        }
        return tokens;
    }

    /** Takes the first {@code newSize} ids of the array of {@link #reserve} for the content. */
    void resize(int newSize) {
        size = newSize;
    }

    /** Returns whether the space is more than should be kept for other use. */
    boolean isLarge() {
        return tokens.length > LARGE;
    }

    /** Returns the number of token ids. */
    public int size() {
        return size;
    }

    /**
     * Returns the token id at a token index.
     *
     * @throws IndexOutOfBoundsException if there is none
     */
    public int get(int index) {
        return tokens[Objects.checkIndex(index, size)];
    }

    /**
     * Replaces the token id at a token index.
     *
     * @throws IndexOutOfBoundsException if there is none
     */
    public void set(int index, int token) {
        tokens[Objects.checkIndex(index, size)] = token;
    }

    /** Returns a copy of the token ids. */
    public int[] toArray() {
        return Arrays.copyOf(tokens, size);
    }

    /** Removes all token ids; the space stays. */
    public void clear() {
        size = 0;
    }

    /** Returns the token ids, as {@code [13225, 11]}. */
    @Override
    public String toString() {
        return Arrays.toString(toArray());
    }

    private void grow(int by) {
        int needed = Math.addExact(size, by);
        int half = size >> 1;
        tokens = Arrays.copyOf(tokens, needed < Integer.MAX_VALUE - half ? needed + half : needed);
    }
}
