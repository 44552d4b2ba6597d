package io.harmony4j.renderer;

import static java.util.Objects.requireNonNull;

import io.harmony4j.Channel;
import io.harmony4j.Message;
import io.harmony4j.SpecialToken;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;

/**
 * Which tokens of a training example a model is to learn. By default these are the tokens that the assistant's messages have and that a
 * model would have generated itself.
 *
 * <pre>{@code
 * HarmonyRenderer renderer = new HarmonyRenderer(tokenizer);
 * TrainingSample sample = LossMask.DEFAULT.apply(renderer.renderingForTraining(conversation));
 * sample.labels();     // a token to learn for each token, or TrainingSample.IGNORED
 * }</pre>
 *
 * <p>What users, tools, the system and the developer say is never learnt. Immutable.
 */
public final class LossMask {
    /** The word that stands for calls among the channels of {@link #withWeights}. */
    public static final String CALL = "call";

    /** The word that stands for all other channels in {@link #withWeights}. */
    public static final String OTHERS = "*";

    /** All of the assistant's messages, what was sampled of each, no end of an earlier answer, weight 1. */
    public static final LossMask DEFAULT = new LossMask(Messages.ALL, From.SAMPLED, EarlierAnswers.MASK, Map.of());

    /**
     * All tokens of the assistant's messages, with the start that prompts have and the end of earlier answers: what TRL's
     * {@code assistant_only_loss} learns of what {@link ChatTemplate#renderingForTraining} gives. For comparison, and to go on from it.
     */
    public static final LossMask TRL = new LossMask(Messages.ALL, From.ALL, EarlierAnswers.AS_IS, Map.of());

    private final Messages messages;
    private final From from;
    private final EarlierAnswers earlierAnswers;
    private final Map<String, Double> weights;

    /** Which of the assistant's messages are learnt. */
    public enum Messages {
        /** All. */
        ALL("all"),
        /** Those after the user's last message. */
        LAST_TURN("last-turn"),
        /** The last one. */
        LAST_MESSAGE("last-message"),
        /** Those on the channel final. */
        FINAL("final");

        private final String wireName;

        Messages(String wireName) {
            this.wireName = wireName;
        }

        /** Returns the word for this choice on the command line. */
        public String wireName() {
            return wireName;
        }
    }

    /** Where in a message learning begins. It ends with the token that ends the message. */
    public enum From {
        /**
         * With what the model generated: without {@code <|start|>assistant} where the prompt had that, with it after another message of the
         * assistant's that was not an answer.
         */
        SAMPLED("sampled"),
        /** After {@code <|start|>assistant}. */
        HEADER("header"),
        /** With the content: neither channel nor recipient, that is, which tool is called, is learnt. */
        CONTENT("content"),
        /** With {@code <|start|>}. */
        ALL("all");

        private final String wireName;

        From(String wireName) {
            this.wireName = wireName;
        }

        /** Returns the word for this place on the command line. */
        public String wireName() {
            return wireName;
        }
    }

    /**
     * What becomes of the end of an answer that is not the last message: there is {@code <|end|>}, but {@code <|return|>} is what the model must
     * say.
     */
    public enum EarlierAnswers {
        /** It is not learnt. */
        MASK("mask"),
        /** {@code <|return|>} is learnt in its place. */
        RETURN("return"),
        /** {@code <|end|>} is learnt, so that the model goes on after its answer; what other tools do. */
        AS_IS("as-is");

        private final String wireName;

        EarlierAnswers(String wireName) {
            this.wireName = wireName;
        }

        /** Returns the word for this choice on the command line. */
        public String wireName() {
            return wireName;
        }
    }

    private LossMask(Messages messages, From from, EarlierAnswers earlierAnswers, Map<String, Double> weights) {
        this.messages = messages;
        this.from = from;
        this.earlierAnswers = earlierAnswers;
        this.weights = weights;
    }

    /** Returns a copy with other messages to learn. */
    public LossMask withMessages(Messages choice) {
        return new LossMask(requireNonNull(choice, "choice"), from, earlierAnswers, weights);
    }

    /** Returns a copy that begins elsewhere in messages. */
    public LossMask withFrom(From choice) {
        return new LossMask(messages, requireNonNull(choice, "choice"), earlierAnswers, weights);
    }

    /** Returns a copy with another end of earlier answers. */
    public LossMask withEarlierAnswers(EarlierAnswers choice) {
        return new LossMask(messages, from, requireNonNull(choice, "choice"), weights);
    }

    /**
     * Returns a copy that weighs channels.
     *
     * @param byChannel a weight for the names of channels, for {@link #CALL}, which wins over a call's channel, and for {@link #OTHERS},
     *     which are otherwise 1. What has the weight 0 is not learnt
     * @throws IllegalArgumentException if a weight is negative, or no number
     */
    public LossMask withWeights(Map<String, Double> byChannel) {
        Map<String, Double> copy = new TreeMap<>(requireNonNull(byChannel, "byChannel"));
        copy.forEach((channel, weight) -> requireWeight(weight, "of " + channel));
        return new LossMask(messages, from, earlierAnswers, Map.copyOf(copy));
    }

    /** Returns which messages are learnt. */
    public Messages messages() {
        return messages;
    }

    /** Returns the sample of a rendering. */
    public TrainingSample apply(Rendering rendering) {
        return apply(rendering, index -> 1);
    }

    /**
     * Returns the sample of a rendering, with the weights that the data give to messages.
     *
     * @param messageWeights the weight of a message by its index in the conversation, from 0; the channel's weight is multiplied with it
     * @throws IllegalArgumentException if a weight is negative, or no number
     */
    public TrainingSample apply(Rendering rendering, IntToDoubleFunction messageWeights) {
        requireNonNull(rendering, "rendering");
        requireNonNull(messageWeights, "messageWeights");
        int[] tokens = rendering.shared(); // a sample does not change them
        int[] labels = new int[tokens.length];
        Arrays.fill(labels, TrainingSample.IGNORED);
        float[] tokenWeights = new float[tokens.length];
        List<MessageSpan> spans = rendering.messages();
        for (int i = 0; i < spans.size(); i++) {
            MessageSpan span = spans.get(i);
            double weight = isLearnt(spans, i)
                    ? weight(span.message())
                            * requireWeight(messageWeights.applyAsDouble(span.index()), "of message " + span.index())
                    : 0;
            if (weight == 0) {
                continue;
            }
            int begin = begin(spans, i, tokens);
            int end = span.end() + 1;
            System.arraycopy(tokens, begin, labels, begin, end - begin);
            Arrays.fill(tokenWeights, begin, end, (float) weight);
            if (isEarlierAnswer(span, tokens) && earlierAnswers != EarlierAnswers.AS_IS) {
                boolean isMasked = earlierAnswers == EarlierAnswers.MASK;
                labels[span.end()] = isMasked ? TrainingSample.IGNORED : SpecialToken.RETURN.id();
                tokenWeights[span.end()] = isMasked ? 0 : (float) weight;
            }
        }
        return new TrainingSample(tokens, labels, tokenWeights, spans);
    }

    private boolean isLearnt(List<MessageSpan> spans, int i) {
        Message message = spans.get(i).message();
        return AnalysisPolicy.isAssistants(message)
                && switch (messages) {
                    case ALL -> true;
                    case LAST_TURN -> spans.stream().skip(i).noneMatch(span -> Turns.isUsers(span.message()));
                    case LAST_MESSAGE ->
                        spans.stream().skip(i + 1L).noneMatch(span -> AnalysisPolicy.isAssistants(span.message()));
                    case FINAL -> Channel.FINAL.equals(message.channel());
                };
    }

    private int begin(List<MessageSpan> spans, int i, int[] tokens) {
        MessageSpan span = spans.get(i);
        int afterRole = span.start() + 2; // <|start|>assistant are two tokens
        return switch (from) {
            case ALL -> span.start();
            case HEADER -> afterRole;
            case CONTENT -> span.content();
            case SAMPLED -> i > 0 && isContinued(spans.get(i - 1), tokens) ? span.start() : afterRole;
        };
    }

    /** Returns whether the model itself began another message after this one. */
    private static boolean isContinued(MessageSpan span, int[] tokens) {
        return AnalysisPolicy.isAssistants(span.message())
                && tokens[span.end()] == SpecialToken.END.id()
                && !Channel.FINAL.equals(span.message().channel());
    }

    private static boolean isEarlierAnswer(MessageSpan span, int[] tokens) {
        return AnalysisPolicy.isAnswer(span.message()) && tokens[span.end()] == SpecialToken.END.id();
    }

    private double weight(Message message) {
        Double ofCalls = message.isToolCall() ? weights.get(CALL) : null;
        if (ofCalls != null) {
            return ofCalls;
        }
        Double others = weights.getOrDefault(OTHERS, 1.0);
        return message.channel() == null
                ? others
                : weights.getOrDefault(message.channel().name(), others);
    }

    private static double requireWeight(double weight, String whose) {
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("expected a weight of at least 0 but found " + weight + ' ' + whose);
        }
        return weight;
    }

    @Override
    public String toString() {
        return "messages " + messages + ", from " + from + ", earlier answers " + earlierAnswers + ", weights "
                + new TreeMap<>(weights);
    }
}
