package io.harmony4j.training;

import static java.util.Objects.requireNonNull;

import io.harmony4j.renderer.LossMask;
import io.harmony4j.renderer.RenderOptions;

/** How conversations become training samples. Immutable. */
public final class SampleOptions {
    /** The context of gpt-oss, in tokens. */
    private static final int CONTEXT = 1 << 17;

    private static final int LONGEST = 1 << 26; // tokens

    /** Samples per turn where that matters, {@link LossMask#DEFAULT}, {@link RenderOptions#DEFAULT}; what is longer than the context is left out. */
    public static final SampleOptions DEFAULT =
            new SampleOptions(TurnChoice.AUTO, LossMask.DEFAULT, RenderOptions.DEFAULT, CONTEXT, TooLong.DROP);

    private final TurnChoice turns;
    private final LossMask mask;
    private final RenderOptions rendering;
    private final int maxLength;
    private final TooLong tooLong;

    /** Which samples a conversation gives. */
    public enum TurnChoice {
        /** One for each turn if more than one has a chain of thought; otherwise a single one of the whole. */
        AUTO("auto"),
        /** A single one of the whole; right only if prompts keep all chains of thought, too. */
        WHOLE("whole"),
        /** One for each turn: what a prompt has before it, and the turn, which alone is learnt. */
        PER_TURN("per-turn"),
        /** The last of those. */
        LAST_TURN("last-turn");

        private final String wireName;

        TurnChoice(String wireName) {
            this.wireName = wireName;
        }

        /** Returns the word for this choice on the command line. */
        public String wireName() {
            return wireName;
        }
    }

    /** What becomes of samples that are too long. */
    public enum TooLong {
        /** They are left out. */
        DROP("drop"),
        /** A conversation gives a sample for each turn, of which those that are still too long are left out; a text gives one for each part. */
        SPLIT_TURNS("split-turns"),
        /** The oldest turns of which nothing is learnt are left out; samples that are still too long, too. */
        CONTEXT("context"),
        /** The end is cut off, and with it the token that ends the answer. */
        KEEP_START("keep-start"),
        /** The start is cut off, and with it the system message. */
        KEEP_END("keep-end");

        private final String wireName;

        TooLong(String wireName) {
            this.wireName = wireName;
        }

        /** Returns the word for this choice on the command line. */
        public String wireName() {
            return wireName;
        }
    }

    private SampleOptions(TurnChoice turns, LossMask mask, RenderOptions rendering, int maxLength, TooLong tooLong) {
        this.turns = turns;
        this.mask = mask;
        this.rendering = rendering;
        this.maxLength = maxLength;
        this.tooLong = tooLong;
    }

    /** Returns a copy that makes other samples of a conversation. */
    public SampleOptions withTurns(TurnChoice choice) {
        return new SampleOptions(requireNonNull(choice, "choice"), mask, rendering, maxLength, tooLong);
    }

    /** Returns a copy by which other tokens are learnt. */
    public SampleOptions withMask(LossMask newMask) {
        return new SampleOptions(turns, requireNonNull(newMask, "newMask"), rendering, maxLength, tooLong);
    }

    /** Returns a copy that renders in another way; the policy counts for whole conversations alone. */
    public SampleOptions withRendering(RenderOptions options) {
        return new SampleOptions(turns, mask, requireNonNull(options, "options"), maxLength, tooLong);
    }

    /**
     * Returns a copy with another limit.
     *
     * @param tokens the most tokens of a sample
     * @throws IllegalArgumentException if that is not from 1 to 67,108,864
     */
    public SampleOptions withMaxLength(int tokens) {
        if (tokens < 1 || tokens > LONGEST) {
            throw new IllegalArgumentException(
                    "expected a maximum length of 1 to " + LONGEST + " tokens but found " + tokens);
        }
        return new SampleOptions(turns, mask, rendering, tokens, tooLong);
    }

    /** Returns a copy that does something else with samples that are too long. */
    public SampleOptions withTooLong(TooLong choice) {
        return new SampleOptions(turns, mask, rendering, maxLength, requireNonNull(choice, "choice"));
    }

    /** Returns which samples a conversation gives. */
    public TurnChoice turns() {
        return turns;
    }

    /** Returns which tokens are learnt. */
    public LossMask mask() {
        return mask;
    }

    /** Returns how conversations are rendered. */
    public RenderOptions rendering() {
        return rendering;
    }

    /** Returns the most tokens of a sample. */
    public int maxLength() {
        return maxLength;
    }

    /** Returns what becomes of samples that are too long. */
    public TooLong tooLong() {
        return tooLong;
    }

    /** Returns all options in words. They are in the manifest of a data set, and must be the same where its making is resumed. */
    @Override
    public String toString() {
        return "turns " + turns.wireName + ", mask (" + mask + "), " + rendering + ", at most " + maxLength
                + " tokens, longer: " + tooLong.wireName;
    }
}
