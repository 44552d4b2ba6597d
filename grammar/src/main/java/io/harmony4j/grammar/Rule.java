package io.harmony4j.grammar;

import java.util.List;

/** What is made of other symbols, in one of several ways. Rules are equal if they stand for the same. */
non-sealed interface Rule extends Symbol {
    /** Returns the ways: in each, the symbols in their order; none of them can be empty unless it is text that says so. */
    List<List<Symbol>> alternatives();
}
