package io.harmony4j.grammar;

/**
 * A set of byte strings that is easier to compute than to spell, such as the decimal numbers up to a bound: states, and where a byte leads. It has finitely
 * many states, and values are equal if they accept the same, so that expressions with them can be compared.
 */
interface ByteMachine {
    /** The state from which nothing is accepted. */
    int DEAD = -1;

    /** Returns the state after one byte more, or {@link #DEAD}. */
    int next(int state, int value);

    /** Returns whether the bytes that led to a state are in the set. */
    boolean accepts(int state);
}
