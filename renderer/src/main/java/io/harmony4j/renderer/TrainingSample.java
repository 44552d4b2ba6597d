package io.harmony4j.renderer;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Message;
import io.harmony4j.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A training example: tokens, and which of them a model is to learn. Labels stand at their tokens; trainers shift them. Immutable.
 *
 * @see TrainingRenderer
 */
public final class TrainingSample {
    /** The label of a token that is not learnt, as PyTorch's loss has it. */
    public static final int IGNORED = -100;

    private final int[] tokens;
    private final int[] labels; // [tokens]
    private final float[] weights; // [tokens]
    private final List<MessageSpan> spans;
    private final int labelCount;

    TrainingSample(int[] tokens, int[] labels, float[] weights, List<MessageSpan> spans) {
        this.tokens = tokens;
        this.labels = labels;
        this.weights = weights;
        this.spans = List.copyOf(spans);
        this.labelCount = labelCount(0, labels.length);
    }

    /** Returns the sample of a text that is no conversation: every token but the first, before which nothing stands, is learnt. */
    public static TrainingSample ofText(int[] tokens) {
        int[] labels = requireNonNull(tokens, "tokens").clone();
        float[] weights = new float[tokens.length];
        Arrays.fill(weights, 1);
        return withoutFirstLabel(tokens.clone(), labels, weights, List.of());
    }

    /** Returns a copy with other indices of messages. */
    TrainingSample withMessages(int[] indices) {
        List<MessageSpan> renamed = new ArrayList<>(spans.size());
        for (MessageSpan span : spans) {
            renamed.add(
                    new MessageSpan(indices[span.index()], span.message(), span.start(), span.content(), span.end()));
        }
        return new TrainingSample(tokens, labels, weights, renamed);
    }

    /**
     * Returns a copy without some of the tokens. Of a message that is cut there is no span; what becomes the first token is not learnt.
     *
     * @param from the token index of the first that is left out
     * @param to the token index after the last
     * @throws IndexOutOfBoundsException if there are no such tokens
     */
    public TrainingSample without(int from, int to) {
        Objects.checkFromToIndex(from, to, tokens.length);
        int removed = to - from;
        int length = tokens.length - removed;
        int[] fewerTokens = Arrays.copyOf(tokens, length);
        int[] fewerLabels = Arrays.copyOf(labels, length);
        float[] fewerWeights = Arrays.copyOf(weights, length);
        System.arraycopy(tokens, to, fewerTokens, from, length - from);
        System.arraycopy(labels, to, fewerLabels, from, length - from);
        System.arraycopy(weights, to, fewerWeights, from, length - from);
        List<MessageSpan> fewerSpans = new ArrayList<>(spans.size());
        for (MessageSpan span : spans) {
            if (span.end() < from) {
                fewerSpans.add(span);
            } else if (span.start() >= to) {
                fewerSpans.add(new MessageSpan(
                        span.index(),
                        span.message(),
                        span.start() - removed,
                        span.content() - removed,
                        span.end() - removed));
            }
        }
        return withoutFirstLabel(fewerTokens, fewerLabels, fewerWeights, fewerSpans);
    }

    /**
     * Returns a copy without the oldest turns of which nothing is learnt, as many as it takes; the messages of the system and the developer stay.
     *
     * @param maxLength the most tokens; if so many turns cannot be left out, the copy has more
     */
    public TrainingSample withoutOldestTurns(int maxLength) {
        List<MessageSpan> removed = new ArrayList<>();
        int excess = tokens.length - maxLength;
        for (Turns.Turn turn : Turns.of(spans.stream().map(MessageSpan::message).toList())) {
            List<MessageSpan> members = spans.subList(turn.begin(), turn.end());
            int end = members.get(members.size() - 1).end() + 1;
            if (excess > 0 && labelCount(members.get(0).start(), end) == 0) {
                for (MessageSpan span : members) {
                    if (!isPinned(span.message())) {
                        removed.add(span);
                        excess -= span.end() + 1 - span.start();
                    }
                }
            }
        }
        TrainingSample rest = this;
        for (int last = removed.size() - 1;
                last >= 0; ) { // runs of messages, from behind, so that the indices before hold
            int first = last;
            while (first > 0
                    && removed.get(first - 1).end() + 1 == removed.get(first).start()) {
                first--;
            }
            rest = rest.without(removed.get(first).start(), removed.get(last).end() + 1);
            last = first - 1;
        }
        return rest;
    }

    private static boolean isPinned(Message message) {
        return message.author().role() == Role.SYSTEM || message.author().role() == Role.DEVELOPER;
    }

    private static TrainingSample withoutFirstLabel(
            int[] tokens, int[] labels, float[] weights, List<MessageSpan> spans) {
        if (tokens.length > 0) {
            labels[0] = IGNORED;
            weights[0] = 0;
        }
        return new TrainingSample(tokens, labels, weights, spans);
    }

    /** Returns how many tokens there are. */
    public int length() {
        return tokens.length;
    }

    /** Returns a copy of the tokens. */
    public int[] tokens() {
        return tokens.clone();
    }

    /** Returns a copy of the labels, one for each token: the token to learn at its place, or {@link #IGNORED}. */
    public int[] labels() {
        return labels.clone();
    }

    /** Returns a copy of the weights, one for each token; 0 where nothing is learnt. */
    public float[] weights() {
        return weights.clone();
    }

    /** Returns where the messages are that were rendered, in order, with their indices in the conversation that the sample is made of. */
    public List<MessageSpan> spans() {
        return spans;
    }

    /** Returns the indices of the messages that were rendered, from 0, ascending. */
    public List<Integer> messages() {
        return spans.stream().map(MessageSpan::index).toList();
    }

    /** Returns how many tokens are learnt. */
    public int labelCount() {
        return labelCount;
    }

    /**
     * Returns how many tokens of a part are learnt.
     *
     * @param from the token index of the first
     * @param to the token index after the last
     * @throws IndexOutOfBoundsException if there are no such tokens
     */
    public int labelCount(int from, int to) {
        Objects.checkFromToIndex(from, to, labels.length);
        int count = 0;
        for (int i = from; i < to; i++) {
            if (labels[i] != IGNORED) {
                count++;
            }
        }
        return count;
    }

    /** Returns the numbers of tokens and labels, for human readers. */
    @Override
    public String toString() {
        return tokens.length + " tokens, labels: " + labelCount();
    }
}
