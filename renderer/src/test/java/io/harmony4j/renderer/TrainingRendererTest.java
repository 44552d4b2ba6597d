package io.harmony4j.renderer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingRendererTest {
    private static final Recipient F = Recipient.function("f");
    private static final TrainingRenderer RENDERER =
            new TrainingRenderer(Fragments.TOKENIZER, RenderOptions.DEFAULT, LossMask.DEFAULT);

    private static final Conversation TURNS = Conversation.of(
            Message.user("2+2?"),
            Message.analysis("Easy."),
            Message.answer("4"),
            Message.user("And?"),
            Message.user("Rain?"),
            Message.analysis("Look."),
            Message.call(F, "{}"),
            Message.tool(F, "no"),
            Message.analysis("Dry."),
            Message.answer("No."),
            Message.user("Thanks"));

    private static List<TrainingSample> perTurn(Conversation conversation) {
        return RENDERER.perTurn(conversation, message -> 1).toList();
    }

    @Test
    void eachTurnIsLearntAfterThePromptThatAPolicyMakes() {
        List<TrainingSample> samples = perTurn(TURNS);

        assertThat(samples).hasSize(2);
        assertThat(Fragments.text(samples.get(0).tokens()))
                .isEqualTo(
                        "<|start|>user<|message|>2+2?<|end|><|start|>assistant<|channel|>analysis<|message|>Easy.<|end|>"
                                + "<|start|>assistant<|channel|>final<|message|>4<|return|>");
        assertThat(samples.get(0).messages()).containsExactly(0, 1, 2);
        assertThat(Fragments.text(samples.get(1).tokens()))
                .startsWith("<|start|>user<|message|>2+2?<|end|><|start|>assistant<|channel|>final<|message|>4<|end|>"
                        + "<|start|>user<|message|>And?<|end|><|start|>user<|message|>Rain?<|end|>")
                .endsWith("Dry.<|end|><|start|>assistant<|channel|>final<|message|>No.<|return|>");
        assertThat(samples.get(1).messages()).containsExactly(0, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void whatAPromptWouldHaveIsNotLearnt() {
        Conversation atWork = new Conversation(TURNS.messages().subList(0, 5));
        int[] prompt = new HarmonyRenderer(
                        Fragments.TOKENIZER, RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.SINCE_LAST_FINAL))
                .render(atWork);

        TrainingSample sample = perTurn(TURNS).get(1);

        for (int i = 0; i < sample.tokens().length; i++) {
            assertThat(sample.labels()[i] == TrainingSample.IGNORED || i >= prompt.length)
                    .isTrue();
        }
        assertThat(sample.tokens()).startsWith(prompt);
    }

    @Test
    void aTurnThatEndsInACallCountsOnlyAtTheEnd() {
        Conversation called = Conversation.of(Message.user("Rain?"), Message.call(F, "{}"));

        assertThat(perTurn(called)).hasSize(1);
        assertThat(perTurn(called.with(Message.user("Well?")).with(Message.answer("No."))))
                .extracting(TrainingSample::messages)
                .containsExactly(List.of(0, 1, 2, 3));
        assertThat(perTurn(Conversation.of(Message.user("Hm"), Message.analysis("Hm"))))
                .isEmpty();
        assertThat(perTurn(Conversation.of())).isEmpty();
    }

    @Test
    void theDataWeighMessagesByTheirIndexInTheWholeConversation() {
        TrainingSample sample = RENDERER.perTurn(TURNS, message -> message == 9 ? 1 : 0)
                .toList()
                .get(1);

        assertThat(sample.labelCount())
                .isEqualTo(8); // <|start|> assistant <|channel|> final <|message|> No . <|return|>
    }

    @Test
    void theWholeIsOneSampleIfAllThoughtsAreKept() {
        assertThat(RENDERER.whole(TURNS, message -> 1).messages()).hasSize(11);

        RenderOptions reference = RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.SINCE_LAST_FINAL);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrainingRenderer(Fragments.TOKENIZER, reference, LossMask.DEFAULT)
                        .whole(TURNS, message -> 1))
                .withMessage(
                        "expected a policy that keeps the thoughts of all messages that are learnt but found since-last-final, which "
                                + "leaves out message 1; take a sample per turn, keep-all, or learn the last turn alone; or force the policy");
        TrainingSample forced = new TrainingRenderer(Fragments.TOKENIZER, reference, LossMask.DEFAULT)
                .withForcedPolicy(true)
                .whole(TURNS, message -> 1);
        assertThat(forced.messages()).doesNotContain(1).hasSizeLessThan(11);
        assertThat(forced.labelCount()).isPositive();
        TrainingRenderer lastTurn = new TrainingRenderer(
                Fragments.TOKENIZER, reference, LossMask.DEFAULT.withMessages(LossMask.Messages.LAST_TURN));
        assertThat(lastTurn.whole(TURNS, message -> 1).labelCount()).isZero();
    }
}
