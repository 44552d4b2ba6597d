package io.harmony4j.renderer;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Conversations as training examples.
 *
 * <pre>{@code
 * TrainingRenderer renderer = new TrainingRenderer(tokenizer, RenderOptions.DEFAULT, LossMask.DEFAULT);
 * renderer.perTurn(conversation, message -> 1).forEach(sample -> write(sample.tokens(), sample.labels()));
 * }</pre>
 *
 * <p>A conversation of several turns is one sample for each of them ({@link #perTurn}), or one of all together ({@link #whole}), which is right only
 * if prompts keep all chains of thought, too. Thread-safe.
 */
public final class TrainingRenderer {
    private final HarmonyRenderer whole;
    private final HarmonyRenderer kept;
    private final RenderOptions options;
    private final LossMask mask;
    private final boolean isForced;

    /**
     * Creates a renderer.
     *
     * @param options the policy counts for {@link #whole} alone
     * @param mask which tokens are learnt
     * @throws IllegalArgumentException if the tokenizer lacks the special tokens of Harmony
     */
    public TrainingRenderer(Tokenizer tokenizer, RenderOptions options, LossMask mask) {
        this.options = requireNonNull(options, "options");
        this.mask = requireNonNull(mask, "mask");
        this.whole = new HarmonyRenderer(tokenizer, options);
        this.kept = new HarmonyRenderer(tokenizer, options.withAnalysisPolicy(AnalysisPolicy.KEEP_ALL));
        this.isForced = false;
    }

    private TrainingRenderer(TrainingRenderer other, boolean isForced) {
        this.options = other.options;
        this.mask = other.mask;
        this.whole = other.whole;
        this.kept = other.kept;
        this.isForced = isForced;
    }

    /** Returns a copy whose {@link #whole} takes any policy, also one that leaves out thoughts of answers that are learnt; or one that refuses it. */
    public TrainingRenderer withForcedPolicy(boolean forces) {
        return new TrainingRenderer(this, forces);
    }

    /**
     * Returns the sample of a whole conversation.
     *
     * @param weights the weight of each message by its index, from 0
     * @throws IllegalArgumentException if the policy leaves out thoughts of messages that are to be learnt, which teaches to answer
     *     without thinking, unless that is {@linkplain #withForcedPolicy forced}; or as {@link HarmonyRenderer#render(Conversation)}
     */
    public TrainingSample whole(Conversation conversation, IntToDoubleFunction weights) {
        List<Integer> dropped = options.dropped(conversation, options.trainingPolicy());
        if (!isForced && !dropped.isEmpty() && mask.messages() == LossMask.Messages.ALL) {
            throw new IllegalArgumentException(
                    "expected a policy that keeps the thoughts of all messages that are learnt but found "
                            + options.trainingPolicy().wireName() + ", which leaves out message " + dropped.get(0)
                            + "; take a sample per turn, keep-all, or learn the last turn alone; or force the policy");
        }
        return mask.apply(whole.renderingForTraining(conversation), weights);
    }

    /**
     * Returns a sample for each turn that ends in an answer, and for the last one also if it ends in a call: what stands before the turn, as a prompt has
     * it, without the thoughts of answered turns; and the turn, which alone is learnt. Each is made when the stream comes to it.
     *
     * @param weights the weight of each message by its index, from 0
     * @throws IllegalArgumentException as {@link HarmonyRenderer#render(Conversation)}, when the stream comes to the turn
     */
    public Stream<TrainingSample> perTurn(Conversation conversation, IntToDoubleFunction weights) {
        List<Message> messages = requireNonNull(conversation, "conversation").messages();
        requireNonNull(weights, "weights");
        return Turns.of(messages).stream()
                .map(turn -> sample(messages, turn, weights))
                .flatMap(Optional::stream);
    }

    /**
     * Returns the last sample of {@link #perTurn}, if there is one.
     *
     * @param weights the weight of each message by its index, from 0
     * @throws IllegalArgumentException as {@link HarmonyRenderer#render(Conversation)}
     */
    public Optional<TrainingSample> lastTurn(Conversation conversation, IntToDoubleFunction weights) {
        List<Message> messages = requireNonNull(conversation, "conversation").messages();
        requireNonNull(weights, "weights");
        List<Turns.Turn> turns = Turns.of(messages);
        return IntStream.rangeClosed(1, turns.size())
                .mapToObj(back -> sample(messages, turns.get(turns.size() - back), weights))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Returns how many turns a conversation has; each begins with a user's message that does not follow another. */
    public static int turns(Conversation conversation) {
        return Turns.of(requireNonNull(conversation, "conversation").messages()).size();
    }

    /** Returns whether more than one turn has a chain of thought, so that a prompt never looks like the whole conversation. */
    public static boolean hasThoughtsInSeveralTurns(Conversation conversation) {
        List<Message> messages = requireNonNull(conversation, "conversation").messages();
        return Turns.of(messages).stream()
                        .filter(turn -> messages.subList(turn.begin(), turn.end()).stream()
                                .anyMatch(AnalysisPolicy::isAnalysis))
                        .limit(2)
                        .count()
                > 1;
    }

    /** Returns the sample of a turn, if it ends as one that can be learnt. */
    private Optional<TrainingSample> sample(List<Message> messages, Turns.Turn turn, IntToDoubleFunction weights) {
        int last = lastOfAssistant(messages, turn);
        return last >= turn.begin() && endsTurn(messages.get(last), turn.end() == messages.size())
                ? Optional.of(sample(messages, turn.begin(), last + 1, weights))
                : Optional.empty();
    }

    /** Returns the sample of the turn from one index up to another. */
    private TrainingSample sample(List<Message> messages, int begin, int end, IntToDoubleFunction weights) {
        Set<Integer> left = Set.copyOf(
                options.dropped(new Conversation(messages.subList(0, begin)), AnalysisPolicy.SINCE_LAST_FINAL));
        int[] indices =
                IntStream.range(0, end).filter(index -> !left.contains(index)).toArray();
        Conversation sample =
                new Conversation(IntStream.of(indices).mapToObj(messages::get).toList());
        return mask.withMessages(LossMask.Messages.LAST_TURN)
                .apply(kept.renderingForTraining(sample), index -> weights.applyAsDouble(indices[index]))
                .withMessages(indices);
    }

    /** Returns the index of the assistant's last message of a turn; -1 if it says nothing. */
    private static int lastOfAssistant(List<Message> messages, Turns.Turn turn) {
        for (int i = turn.end() - 1; i >= turn.begin(); i--) {
            if (AnalysisPolicy.isAssistants(messages.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean endsTurn(Message message, boolean isLastTurn) {
        return AnalysisPolicy.isAnswer(message) || (isLastTurn && message.isToolCall());
    }
}
