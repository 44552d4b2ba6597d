package io.harmony4j.tokenizer;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Which special tokens to recognise in a text, by name: {@code SpecialTokens.of("<|start|>", "<|end|>")}. A name that
 * is no special token of the tokenizer at hand is ignored. Immutable and thread-safe.
 */
public final class SpecialTokens {
    /** No special token: all text is ordinary text. */
    public static final SpecialTokens NONE = new SpecialTokens(Set.of(), false);

    /** Every special token. */
    public static final SpecialTokens ALL = new SpecialTokens(Set.of(), true);

    private final Set<String> names;

    /** Whether the names are those left out, rather than those meant. */
    private final boolean inverted;

    private SpecialTokens(Set<String> names, boolean inverted) {
        this.names = Set.copyOf(names);
        this.inverted = inverted;
    }

    /** Returns the special tokens with the given names. */
    public static SpecialTokens of(String... names) {
        return of(Arrays.asList(names));
    }

    /** Returns the special tokens with the given names. */
    public static SpecialTokens of(Collection<String> names) {
        return new SpecialTokens(new HashSet<>(names), false);
    }

    /** Returns these special tokens without the given ones: {@code SpecialTokens.ALL.except("<|end|>")}. */
    public SpecialTokens except(String... others) {
        return except(Arrays.asList(others));
    }

    /** Returns these special tokens without the given ones. */
    public SpecialTokens except(Collection<String> others) {
        Set<String> changed = new HashSet<>(names);
        if (inverted) {
            changed.addAll(others);
        } else {
            changed.removeAll(new HashSet<>(others));
        }
        return new SpecialTokens(changed, inverted);
    }

    boolean contains(String name) {
        return names.contains(name) != inverted;
    }

    /** Returns whether no special token is meant, whatever the tokenizer. */
    boolean isEmpty() {
        return names.isEmpty() && !inverted;
    }
}
