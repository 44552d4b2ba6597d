package io.harmony4j.renderer;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Conversation;
import java.util.List;

/** What a {@link Compactor} has made of a conversation. Immutable. */
public final class Compaction {
    private final Conversation conversation;
    private final boolean fits;
    private final int before;
    private final int after;
    private final List<Integer> messages;
    private final List<Step> steps;

    Compaction(
            Conversation conversation, boolean fits, int before, int after, List<Integer> messages, List<Step> steps) {
        this.conversation = conversation;
        this.fits = fits;
        this.before = before;
        this.after = after;
        this.messages = List.copyOf(messages);
        this.steps = List.copyOf(steps);
    }

    /** What is left out in a step. */
    public enum Kind {
        /** A thought of the assistant's. */
        ANALYSIS,
        /** The text of a tool's result, in whose place stands how long it was. */
        RESULT,
        /** All messages of a turn. */
        TURN
    }

    /**
     * A step.
     *
     * @param kind what is left out
     * @param messages the indices of the messages that it is about, from 0, in the conversation before compaction
     * @param tokens how many tokens of the prompt that saves
     */
    public record Step(Kind kind, List<Integer> messages, int tokens) {
        public Step {
            requireNonNull(kind, "kind");
            messages = List.copyOf(requireNonNull(messages, "messages"));
        }
    }

    /** Returns the conversation to go on with: the same object if nothing had to be left out. */
    public Conversation conversation() {
        return conversation;
    }

    /** Returns whether the prompt is within the budget; if not, it is for the caller to decide what else to leave out. */
    public boolean fits() {
        return fits;
    }

    /** Returns how many tokens the prompt had. */
    public int before() {
        return before;
    }

    /** Returns how many tokens it has now. */
    public int after() {
        return after;
    }

    /** Returns the indices, in the conversation before, of the messages that are left, from 0, ascending. */
    public List<Integer> messages() {
        return messages;
    }

    /** Returns what was left out, in order; empty if nothing was. */
    public List<Step> steps() {
        return steps;
    }

    @Override
    public String toString() {
        return before + " tokens to " + after + " in " + steps.size() + " steps" + (fits ? "" : ", too many");
    }
}
