package io.harmony4j.grammar;

import org.jspecify.annotations.Nullable;

/** What is still expected, from the innermost on: a symbol, and what comes after it. Made once for the same symbols; compared by identity. */
final class Stack {
    private final int id;
    private final Symbol top;
    private final @Nullable Stack below;

    Stack(int id, Symbol top, @Nullable Stack below) {
        this.id = id;
        this.top = top;
        this.below = below;
    }

    /** Returns its number among the stacks of its automaton. */
    int id() {
        return id;
    }

    Symbol top() {
        return top;
    }

    /** Returns what comes after the symbol at the top, or null for the end. */
    @Nullable
    Stack below() {
        return below;
    }
}
