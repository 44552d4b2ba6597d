package io.harmony4j.chat;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Recipient;
import io.harmony4j.generation.GenerationOptions;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a chat client asks of a turn. Start with {@link #DEFAULT} and change what should be different. Immutable.
 *
 * <pre>{@code
 * TurnOptions.DEFAULT
 *         .withGeneration(GenerationOptions.DEFAULT.withMaxTokens(500))
 *         .withStopStrings(List.of("END"))
 * }</pre>
 */
public final class TurnOptions {
    /** {@link GenerationOptions#DEFAULT}, no stop strings, and the model decides whether it calls a tool. */
    public static final TurnOptions DEFAULT = new TurnOptions(GenerationOptions.DEFAULT, List.of(), Set.of());

    private final GenerationOptions generation;
    private final List<String> stopStrings;
    private final Set<Recipient> requiredTools;

    private TurnOptions(GenerationOptions generation, List<String> stopStrings, Set<Recipient> requiredTools) {
        this.generation = generation;
        this.stopStrings = stopStrings;
        this.requiredTools = requiredTools;
    }

    /** Returns how tokens are generated, how many, and whether it is cancelled. Reasoning counts as all other tokens do. */
    public GenerationOptions generation() {
        return generation;
    }

    /** Returns the texts before which an answer ends; they are looked for in content alone, since reasoning often quotes them. */
    public List<String> stopStrings() {
        return stopStrings;
    }

    /** Returns the tools of which one must be called; empty if the model decides. */
    public Set<Recipient> requiredTools() {
        return requiredTools;
    }

    /** Returns a copy that generates with other options. */
    public TurnOptions withGeneration(GenerationOptions options) {
        return new TurnOptions(requireNonNull(options, "options"), stopStrings, requiredTools);
    }

    /**
     * Returns a copy with other stop strings.
     *
     * @throws IllegalArgumentException if one is empty
     */
    public TurnOptions withStopStrings(List<String> stops) {
        new StopStrings(stops);
        return new TurnOptions(generation, List.copyOf(stops), requiredTools);
    }

    /**
     * Returns a copy whose turns call one of the given tools, whether the model would or not, as {@link ForcedCalls} does it. To forbid
     * calls, leave the tools out of the conversation.
     *
     * @param tools the tools; with none, the model decides
     */
    public TurnOptions withRequiredTools(Collection<Recipient> tools) {
        Set<Recipient> copy = new LinkedHashSet<>();
        requireNonNull(tools, "tools").forEach(tool -> copy.add(requireNonNull(tool, "tool")));
        return new TurnOptions(generation, stopStrings, Collections.unmodifiableSet(copy));
    }

    @Override
    public String toString() {
        return generation + ", stop strings " + stopStrings + ", required tools " + requiredTools;
    }
}
