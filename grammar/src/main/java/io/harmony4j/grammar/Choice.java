package io.harmony4j.grammar;

import java.util.ArrayList;
import java.util.List;

/** A rule that is told what it is made of, which may be itself; equal to itself alone. */
final class Choice implements Rule {
    private final List<List<Symbol>> alternatives = new ArrayList<>();

    /** Returns a rule with the given alternatives; others may be added. */
    @SafeVarargs
    static Choice of(List<Symbol>... alternatives) {
        Choice choice = new Choice();
        for (List<Symbol> alternative : alternatives) {
            choice.add(alternative);
        }
        return choice;
    }

    void add(List<Symbol> alternative) {
        alternatives.add(List.copyOf(alternative));
    }

    @Override
    public List<List<Symbol>> alternatives() {
        return alternatives;
    }
}
