package io.harmony4j.training;

import io.harmony4j.renderer.TrainingSample;
import java.util.List;
import java.util.Map;

/** The samples of a row, and what is not in them. Immutable. */
public final class RowSamples {
    private final List<TrainingSample> samples;
    private final Map<Loss, Integer> losses;
    private final long droppedMessages;
    private final long droppedTokens;

    RowSamples(List<TrainingSample> samples, Map<Loss, Integer> losses, long droppedMessages, long droppedTokens) {
        this.samples = List.copyOf(samples);
        this.losses = Map.copyOf(losses);
        this.droppedMessages = droppedMessages;
        this.droppedTokens = droppedTokens;
    }

    /** Why a sample is not there, or not whole. */
    public enum Loss {
        /** There is nothing to learn in it, so it was left out. */
        NO_LABELS("no_labels"),
        /** It was too long, and left out. */
        TOO_LONG("too_long"),
        /** It was too long, and lost its oldest turns. */
        CONTEXT_CUT("context_cut"),
        /** It was too long, and lost its end. */
        END_CUT("end_cut"),
        /** It was too long, and lost its start. */
        START_CUT("start_cut"),
        /** It was cut within what is to be learnt; it is counted as one that lost its start or end as well. */
        LABELS_CUT("labels_cut");

        private final String wireName;

        Loss(String wireName) {
            this.wireName = wireName;
        }

        /** Returns the word for this loss in statistics. */
        public String wireName() {
            return wireName;
        }
    }

    /** Returns the samples, in the order of the turns. */
    public List<TrainingSample> samples() {
        return samples;
    }

    /** Returns how many samples were left out or cut, by the reason. */
    public Map<Loss, Integer> losses() {
        return losses;
    }

    /** Returns how many messages the policy left out of samples; one that is left out of two counts twice. */
    public long droppedMessages() {
        return droppedMessages;
    }

    /** Returns how many tokens those messages have. */
    public long droppedTokens() {
        return droppedTokens;
    }

    @Override
    public String toString() {
        return samples.size() + " samples, losses " + losses;
    }
}
