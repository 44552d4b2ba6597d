package io.harmony4j.grammar;

/**
 * A set of byte strings that is easier to compute than to spell, such as the decimal numbers up to a bound: states, and where a byte leads. It has finitely
 * many states, and values are equal if they accept the same, so that expressions with them can be compared.
 */
interface ByteMachine {
    /** The state from which nothing is accepted; from all others something is. */
    int DEAD = -1;

    /** The state from which everything is accepted. */
    int ALL = -2;

    /** Returns the state after one byte more, {@link #DEAD} or {@link #ALL} among them. */
    int next(int state, int value);

    /** Returns whether the bytes that led to a state are in the set. */
    boolean accepts(int state);
}
