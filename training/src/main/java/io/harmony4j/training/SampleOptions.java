package io.harmony4j.training;

import static java.util.Objects.requireNonNull;

import io.harmony4j.renderer.ChatTemplate;
import io.harmony4j.renderer.LossMask;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.renderer.TrainingRenderer;
import io.harmony4j.renderer.UnslothMask;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How conversations become training samples. Immutable. */
public final class SampleOptions {
    /** The context of gpt-oss, in tokens. */
    private static final int CONTEXT = 1 << 17;

    private static final int LONGEST = 1 << 26; // tokens

    /** Samples per turn where that matters, {@link LossMask#DEFAULT}, {@link RenderOptions#DEFAULT}; what is longer than the context is left out. */
    public static final SampleOptions DEFAULT = new SampleOptions();

    private TurnChoice turns = TurnChoice.AUTO;
    private LossMask mask = LossMask.DEFAULT;
    private RenderOptions rendering = RenderOptions.DEFAULT;
    private boolean forcesPolicy;
    private @Nullable Trainer trainer;
    private LocalDate trainersDate = LocalDate.EPOCH;
    private int maxLength = CONTEXT;
    private TooLong tooLong = TooLong.DROP;

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

    /** Another trainer, whose samples are for comparison. */
    public enum Trainer {
        /** TRL with {@code assistant_only_loss}: {@link LossMask#TRL}. */
        TRL("trl"),
        /** unsloth with {@code train_on_responses_only}: {@link UnslothMask}. */
        UNSLOTH("unsloth");

        private final String wireName;

        Trainer(String wireName) {
            this.wireName = wireName;
        }

        /** Returns the word for this trainer on the command line. */
        public String wireName() {
            return wireName;
        }
    }

    private SampleOptions() {}

    private SampleOptions with(Consumer<SampleOptions> change) {
        SampleOptions copy = new SampleOptions();
        copy.turns = turns;
        copy.mask = mask;
        copy.rendering = rendering;
        copy.forcesPolicy = forcesPolicy;
        copy.trainer = trainer;
        copy.trainersDate = trainersDate;
        copy.maxLength = maxLength;
        copy.tooLong = tooLong;
        change.accept(copy);
        return copy;
    }

    /** Returns a copy that makes other samples of a conversation. */
    public SampleOptions withTurns(TurnChoice choice) {
        requireNonNull(choice, "choice");
        return with(options -> options.turns = choice);
    }

    /** Returns a copy by which other tokens are learnt. */
    public SampleOptions withMask(LossMask newMask) {
        requireNonNull(newMask, "newMask");
        return with(options -> options.mask = newMask);
    }

    /** Returns a copy that renders in another way; the policy counts for whole conversations alone. */
    public SampleOptions withRendering(RenderOptions newRendering) {
        requireNonNull(newRendering, "newRendering");
        return with(options -> options.rendering = newRendering);
    }

    /** Returns a copy that takes any policy for whole conversations, or that refuses one, as {@link TrainingRenderer#withForcedPolicy} does. */
    public SampleOptions withForcedPolicy(boolean forces) {
        return with(options -> options.forcesPolicy = forces);
    }

    /**
     * Returns a copy that makes of each row what another trainer makes of it: one sample of what the {@link ChatTemplate} writes, and of that what this
     * trainer learns. Rows must be of the shape {@link RowShape#CHAT}; turns, mask and rendering of these options count for nothing then.
     *
     * @param date the date in the system message that the template writes
     */
    public SampleOptions withTrainer(Trainer newTrainer, LocalDate date) {
        requireNonNull(newTrainer, "newTrainer");
        requireNonNull(date, "date");
        return with(options -> {
            options.trainer = newTrainer;
            options.trainersDate = date;
        });
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
        return with(options -> options.maxLength = tokens);
    }

    /** Returns a copy that does something else with samples that are too long. */
    public SampleOptions withTooLong(TooLong choice) {
        requireNonNull(choice, "choice");
        return with(options -> options.tooLong = choice);
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

    /** Returns whether a policy may leave out thoughts of answers that are learnt. */
    public boolean forcesPolicy() {
        return forcesPolicy;
    }

    /** Returns the trainer whose samples are made, if it is another one. */
    public Optional<Trainer> trainer() {
        return Optional.ofNullable(trainer);
    }

    LocalDate trainersDate() {
        return trainersDate;
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
        String what = trainer == null
                ? "turns " + turns.wireName + ", mask (" + mask + "), " + rendering
                        + (forcesPolicy ? ", policy forced" : "")
                : "as " + trainer.wireName + " of the chat template, date " + trainersDate;
        return what + ", at most " + maxLength + " tokens, longer: " + tooLong.wireName;
    }
}
