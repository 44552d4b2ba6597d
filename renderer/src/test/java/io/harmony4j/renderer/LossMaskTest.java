package io.harmony4j.renderer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.harmony4j.Channel;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.renderer.LossMask.EarlierAnswers;
import io.harmony4j.renderer.LossMask.From;
import io.harmony4j.renderer.LossMask.Messages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

@Domain(RenderArbitraries.class)
class LossMaskTest {
    private static final HarmonyRenderer RENDERER = new HarmonyRenderer(Fragments.TOKENIZER);
    private static final Recipient F = Recipient.function("f");

    /** Two turns, the second with a call. */
    private static final Conversation TURNS = Conversation.of(
            Message.user("2+2?"),
            Message.analysis("Easy."),
            Message.answer("4"),
            Message.user("Rain?"),
            Message.analysis("Look."),
            Message.call(F, "{}"),
            Message.tool(F, "no"),
            Message.analysis("Dry."),
            Message.answer("No."));

    private static final String FIRST =
            "<|channel|>analysis<|message|>Easy.<|end|>" + "<|start|>assistant<|channel|>final<|message|>4";
    private static final String SECOND = "<|channel|>analysis<|message|>Look.<|end|>"
            + "<|start|>assistant to=functions.f<|channel|>commentary <|constrain|>json<|message|>{}<|call|>";
    private static final String THIRD =
            "<|channel|>analysis<|message|>Dry.<|end|>" + "<|start|>assistant<|channel|>final<|message|>No.<|return|>";

    private static TrainingSample sample(LossMask mask, Conversation conversation) {
        return mask.apply(RENDERER.renderingForTraining(conversation));
    }

    /** Returns the texts of the runs of labels. */
    private static List<String> learnt(TrainingSample sample) {
        List<String> runs = new ArrayList<>();
        int[] labels = sample.labels();
        for (int from = 0; from < labels.length; from++) {
            int to = from;
            while (to < labels.length && labels[to] != TrainingSample.IGNORED) {
                to++;
            }
            if (to > from) {
                runs.add(Fragments.text(Arrays.copyOfRange(labels, from, to)));
                from = to;
            }
        }
        return runs;
    }

    private static List<String> learnt(LossMask mask) {
        return learnt(sample(mask, TURNS));
    }

    @Test
    void whatAModelWouldGenerateIsLearnt() {
        assertThat(learnt(LossMask.DEFAULT)).containsExactly(FIRST, SECOND, THIRD);
    }

    /** What is learnt of the last words of the assistant is what stands after the prompt that asks for them. */
    @Property
    void theSampledPartIsTheRestAfterThePrompt(@ForAll Conversation context) {
        List<Message> said = List.of(Message.analysis("Hm."), Message.preamble("One moment."), Message.call(F, "{}"));
        Conversation asked = context.with(Message.user("Well?"));
        HarmonyRenderer keeping = new HarmonyRenderer(
                Fragments.TOKENIZER, RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.KEEP_ALL));
        int[] prompt = keeping.renderForCompletion(asked, Role.ASSISTANT);

        TrainingSample sample = sample(LossMask.DEFAULT.withMessages(Messages.LAST_TURN), asked.with(said));

        int[] labels = sample.labels();
        assertThat(Arrays.copyOf(sample.tokens(), prompt.length)).isEqualTo(prompt);
        assertThat(Arrays.copyOf(labels, prompt.length)).containsOnly(TrainingSample.IGNORED);
        assertThat(Arrays.copyOfRange(labels, prompt.length, labels.length))
                .isEqualTo(Arrays.copyOfRange(sample.tokens(), prompt.length, labels.length));
    }

    @Test
    void learningCanBeginElsewhere() {
        assertThat(learnt(LossMask.DEFAULT.withFrom(From.HEADER).withMessages(Messages.LAST_TURN)))
                .containsExactly(
                        "<|channel|>analysis<|message|>Look.<|end|>",
                        " to=functions.f<|channel|>commentary <|constrain|>json<|message|>{}<|call|>",
                        "<|channel|>analysis<|message|>Dry.<|end|>",
                        "<|channel|>final<|message|>No.<|return|>");
        assertThat(learnt(LossMask.DEFAULT.withFrom(From.CONTENT).withMessages(Messages.LAST_TURN)))
                .containsExactly("Look.<|end|>", "{}<|call|>", "Dry.<|end|>", "No.<|return|>");
        assertThat(learnt(LossMask.DEFAULT.withFrom(From.ALL).withMessages(Messages.LAST_TURN)))
                .containsExactly("<|start|>assistant" + SECOND, "<|start|>assistant" + THIRD);
    }

    @Test
    void messagesCanBeChosen() {
        assertThat(learnt(LossMask.DEFAULT.withMessages(Messages.LAST_TURN))).containsExactly(SECOND, THIRD);
        assertThat(learnt(LossMask.DEFAULT.withMessages(Messages.LAST_MESSAGE)))
                .containsExactly("<|start|>assistant<|channel|>final<|message|>No.<|return|>");
        assertThat(learnt(LossMask.DEFAULT.withMessages(Messages.FINAL)))
                .containsExactly(
                        "<|start|>assistant<|channel|>final<|message|>4",
                        "<|start|>assistant<|channel|>final<|message|>No.<|return|>");
    }

    @Test
    void anEarlierAnswerEndsInReturnOrNotAtAll() {
        int end = learntEnd(EarlierAnswers.AS_IS);
        assertThat(end).isEqualTo(SpecialToken.END.id());
        assertThat(learntEnd(EarlierAnswers.RETURN)).isEqualTo(SpecialToken.RETURN.id());
        assertThat(learntEnd(EarlierAnswers.MASK)).isEqualTo(TrainingSample.IGNORED);
    }

    /** Returns the label of the token that ends the first answer. */
    private static int learntEnd(EarlierAnswers choice) {
        Rendering rendering = RENDERER.renderingForTraining(TURNS);
        int end = rendering.messages().get(2).end();
        TrainingSample sample = LossMask.DEFAULT.withEarlierAnswers(choice).apply(rendering);
        assertThat(sample.tokens()[end]).isEqualTo(SpecialToken.END.id());
        assertThat(sample.weights()[end] > 0).isEqualTo(sample.labels()[end] != TrainingSample.IGNORED);
        return sample.labels()[end];
    }

    @Test
    void channelsAndCallsHaveWeights() {
        LossMask mask = LossMask.DEFAULT.withWeights(Map.of("final", 2.0, LossMask.CALL, 0.5, LossMask.OTHERS, 0.0));
        TrainingSample sample = sample(mask, TURNS);

        assertThat(learnt(sample))
                .containsExactly(
                        "<|start|>assistant<|channel|>final<|message|>4",
                        "<|start|>assistant to=functions.f<|channel|>commentary <|constrain|>json<|message|>{}<|call|>",
                        "<|start|>assistant<|channel|>final<|message|>No.<|return|>");
        assertThat(weights(sample)).containsExactly(2f, 0.5f, 2f);
        assertThat(weights(sample(LossMask.DEFAULT, TURNS))).containsExactly(1f, 1f, 1f);
    }

    /** Returns the weight of each run of equal ones. */
    private static List<Float> weights(TrainingSample sample) {
        List<Float> runs = new ArrayList<>();
        float last = 0;
        for (float weight : sample.weights()) {
            if (weight != last && weight > 0) {
                runs.add(weight);
            }
            last = weight;
        }
        return runs;
    }

    @Test
    void theDataCanWeighMessages() {
        TrainingSample sample =
                LossMask.DEFAULT.apply(RENDERER.renderingForTraining(TURNS), message -> message < 4 ? 0 : 0.25);

        assertThat(learnt(sample)).containsExactly(SECOND, THIRD);
        assertThat(weights(sample)).containsExactly(0.25f, 0.25f);
    }

    @Test
    void weightsAreAtLeastZero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LossMask.DEFAULT.withWeights(Map.of("final", -1.0)))
                .withMessage("expected a weight of at least 0 but found -1.0 of final");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LossMask.DEFAULT.apply(RENDERER.renderingForTraining(TURNS), message -> Double.NaN))
                .withMessage("expected a weight of at least 0 but found NaN of message 1");
    }

    @Property
    void othersWordsAreNeverLearntAndLabelsAreTokens(@ForAll Conversation conversation) {
        Rendering rendering = RENDERER.renderingForTraining(conversation);
        TrainingSample sample = LossMask.DEFAULT.withFrom(From.ALL).apply(rendering);

        int[] labels = sample.labels();
        assertThat(sample.tokens()).isEqualTo(rendering.tokens());
        for (MessageSpan span : rendering.messages()) {
            boolean isAssistants = span.message().author().role() == Role.ASSISTANT;
            boolean isEarlier = Channel.FINAL.equals(span.message().channel())
                    && sample.tokens()[span.end()] == SpecialToken.END.id();
            for (int i = span.start(); i <= span.end(); i++) {
                boolean isLearnt = isAssistants && !(isEarlier && i == span.end());
                assertThat(labels[i]).isEqualTo(isLearnt ? sample.tokens()[i] : TrainingSample.IGNORED);
            }
        }
        assertThat(sample.labelCount()).isEqualTo((int)
                Arrays.stream(labels).filter(label -> label >= 0).count());
    }
}
