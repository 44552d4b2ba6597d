package io.harmony4j.renderer;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Conversation;
import java.util.List;
import java.util.OptionalInt;

/** What a {@link Compactor} has made of a conversation. Immutable. */
public final class Compaction {
    private final Conversation conversation;
    private final int budget;
    private final int pinned;
    private final int before;
    private final int after;
    private final List<Integer> messages;
    private final OptionalInt summary;
    private final List<Step> steps;

    Compaction(
            Conversation conversation,
            int budget,
            int pinned,
            int before,
            int after,
            List<Integer> messages,
            OptionalInt summary,
            List<Step> steps) {
        this.conversation = conversation;
        this.budget = budget;
        this.pinned = pinned;
        this.before = before;
        this.after = after;
        this.messages = List.copyOf(messages);
        this.summary = summary;
        this.steps = List.copyOf(steps);
    }

    /** What is left out in a step. */
    public enum Kind {
        /** A thought of the assistant's. */
        ANALYSIS,
        /** The text of a tool's result, or its middle, in whose place stands how long it was. */
        RESULT,
        /** All messages of a turn. */
        TURN,
        /** All messages of several turns, in whose place stands a summary. */
        SUMMARY
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
        return after <= budget;
    }

    /** Returns how many tokens the prompt may have. */
    public int budget() {
        return budget;
    }

    /**
     * Returns how many tokens the prompt has if nothing is left but system and developer messages, which always stay. If these are more than the
     * budget, no compaction makes it fit: the instructions have to be shorter, or the tools fewer.
     */
    public int pinned() {
        return pinned;
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

    /** Returns the index of the summary in the conversation to go on with, from 0; empty if there is none. */
    public OptionalInt summary() {
        return summary;
    }

    /** Returns what was left out, in order; empty if nothing was. */
    public List<Step> steps() {
        return steps;
    }

    @Override
    public String toString() {
        String alone = pinned <= budget
                ? ""
                : "system and developer messages alone have " + pinned + " tokens, more than the budget of " + budget
                        + "; ";
        return alone + before + " tokens to " + after + " in " + steps.size() + " steps" + (fits() ? "" : ", too many");
    }
}
