package io.harmony4j.tokenizer;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Which special tokens to recognise in a text, by name: {@code AllowedSpecial.of("<|start|>", "<|end|>")}. A name that
 * is no special token of the tokenizer at hand is ignored. Immutable and thread-safe.
 */
public final class AllowedSpecial {
    /** No special token: all text is ordinary text. */
    public static final AllowedSpecial NONE = new AllowedSpecial(Set.of(), false);

    /** Every special token. */
    public static final AllowedSpecial ALL = new AllowedSpecial(Set.of(), true);

    private final Set<String> names;

    /** Whether the names are those left out, rather than those meant. */
    private final boolean inverted;

    private AllowedSpecial(Set<String> names, boolean inverted) {
        this.names = Set.copyOf(names);
        this.inverted = inverted;
    }

    /** Returns the special tokens with the given names. */
    public static AllowedSpecial of(String... names) {
        return of(Arrays.asList(requireNonNull(names, "names")));
    }

    /** Returns the special tokens with the given names. */
    public static AllowedSpecial of(Collection<String> names) {
        return new AllowedSpecial(copy(names, "names"), false);
    }

    /** Returns these special tokens without the given ones: {@code AllowedSpecial.ALL.except("<|end|>")}. */
    public AllowedSpecial except(String... others) {
        return except(Arrays.asList(requireNonNull(others, "others")));
    }

    /** Returns these special tokens without the given ones. */
    public AllowedSpecial except(Collection<String> others) {
        Set<String> removed = copy(others, "others");
        Set<String> changed = new HashSet<>(names);
        if (inverted) {
            changed.addAll(removed);
        } else {
            changed.removeAll(removed);
        }
        return new AllowedSpecial(changed, inverted);
    }

    /** Returns the names as a set; throws if they are null, or one of them is. */
    private static Set<String> copy(Collection<String> names, String argument) {
        int index = 0;
        for (String name : requireNonNull(names, argument)) {
            if (name == null) {
                throw new NullPointerException(argument + "[" + index + "]");
            }
            index++;
        }
        return new HashSet<>(names);
    }

    boolean contains(String name) {
        return names.contains(name) != inverted;
    }

    /** Returns whether no special token is meant, whatever the tokenizer. */
    boolean isEmpty() {
        return names.isEmpty() && !inverted;
    }
}
