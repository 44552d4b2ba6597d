package io.harmony4j.grammar;

/** A control token, as in {@code <|call|>}. */
record ControlToken(int id) implements Symbol {}
