package io.harmony4j.openai;

import static io.harmony4j.openai.Scripted.RULES;
import static io.harmony4j.openai.Scripted.TOKENIZER;
import static io.harmony4j.openai.Scripted.envelope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.harmony4j.chat.Usage;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTurnTest {
    private static final String CALL = "<|channel|>commentary to=functions.get_weather<|message|>{}";

    private static AnswerTurn turn(AnswerRules rules) {
        return new ChatAnswer(TOKENIZER, envelope(), rules, chunk -> {}).turn(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "<|channel|>final<|message|>Hello; false",
                "<|channel|>final<|message|>Hello<|end|>; false",
                "<|channel|>final<|message|>Hello<|return|>; true",
                "<|channel|>commentary to=functions.get_weather<|message|>{}<|call|>; true",
                "<|channel|>commentary to=functions.get_weather<|message|>{}<|end|>; false",
                "<|channel|>final<|message|>HelloSTOP; true",
                "<|channel|>final<|message|>HelloSTO; false",
                "<|channel|>analysis<|message|>HelloSTOP; false"
            })
    void aTurnIsDoneWhenNothingMoreIsWanted(String output, boolean isDone) {
        AnswerTurn turn = turn(Scripted.stop("STOP"));
        turn.accept(output);

        assertThat(turn.isDone()).isEqualTo(isDone);
    }

    @Test
    void theOnlyCallEndsTheTurn() {
        AnswerTurn turn = turn(RULES.withOnlyFirstCall());
        turn.accept("<|channel|>final<|message|>Hello<|end|><|start|>assistant" + CALL);
        assertThat(turn.isDone()).isFalse();

        turn.accept("<|end|>");
        assertThat(turn.isDone()).isTrue();
    }

    @Test
    void aTurnThatGoesOnIsNotDone() {
        AnswerTurn turn = turn(RULES);
        turn.accept(CALL + "<|call|>");
        turn.accept("<|start|>assistant" + CALL);

        assertThat(turn.isDone()).isFalse();
    }

    @Test
    void aTurnEndsOnce() {
        AnswerTurn turn = turn(RULES);
        turn.accept("<|message|>Hello");
        turn.finish(FinishReason.STOP);

        String message = "expected a turn that is open but this one is finished, or has failed";
        assertThat(turn.isDone()).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> turn.accept("more")).withMessage(message);
        assertThatIllegalStateException()
                .isThrownBy(() -> turn.accept(GeneratedToken.of(1, 1)))
                .withMessage(message);
        assertThatIllegalStateException()
                .isThrownBy(() -> turn.finish(FinishReason.STOP))
                .withMessage(message);
        assertThatIllegalStateException()
                .isThrownBy(() -> turn.finish(FinishReason.STOP, Usage.of(1, 0)))
                .withMessage(message);
        assertThatIllegalStateException()
                .isThrownBy(() -> turn.finish(Generation.of(new int[0], FinishReason.STOP, 1)))
                .withMessage(message);
        assertThatIllegalStateException()
                .isThrownBy(() -> turn.fail(new ApiException(500, null, null, "late")))
                .withMessage(message);
    }

    @Test
    void aFailedTurnIsOver() {
        AnswerTurn turn = turn(RULES);
        turn.fail(new ApiException(500, null, null, "The model broke."));

        assertThat(turn.isDone()).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> turn.finish(FinishReason.STOP));
    }

    @Test
    void repairsAreTold() {
        AnswerTurn turn = turn(RULES);
        assertThat(turn.diagnostics()).isEmpty();
        turn.accept("<|channel|>finale<|message|>Hello<|start|>assistant<|channel|>final<|message|>Hello");
        turn.finish(FinishReason.STOP);

        assertThat(turn.diagnostics()).isNotEmpty();
    }

    @Test
    void aTurnTakesTokensOrText() {
        AnswerTurn tokens = turn(RULES);
        tokens.accept(GeneratedToken.of(1, 1));
        AnswerTurn text = turn(RULES);
        text.accept("");

        assertThatIllegalStateException()
                .isThrownBy(() -> tokens.accept("text"))
                .withMessage("expected a token but found text; a turn takes one of both only");
        assertThatIllegalStateException()
                .isThrownBy(() -> text.accept(GeneratedToken.of(1, 1)))
                .withMessage("expected text but found a token; a turn takes one of both only");
    }

    /** What was generated in vain was generated all the same. */
    @Test
    void tokensAfterTheEndCount() {
        ChatAnswer answer = new ChatAnswer(TOKENIZER, envelope(), Scripted.stop("Hello"), chunk -> {});
        int[] tokens = Scripted.tokens("<|channel|>final<|message|>Hello there and more<|return|>");
        Scripted.generated(tokens).forEach(answer.turn(0)::accept);
        answer.turn(0).finish(FinishReason.STOP);

        assertThat(answer.toJson().get("usage").get("completion_tokens").intValue())
                .isEqualTo(tokens.length);
    }

    @Test
    @SuppressWarnings("NullAway")
    void nullIsRefusedByName() {
        AnswerTurn turn = turn(RULES);

        assertThatNullPointerException()
                .isThrownBy(() -> turn.accept((GeneratedToken) null))
                .withMessage("token");
        assertThatNullPointerException()
                .isThrownBy(() -> turn.accept((String) null))
                .withMessage("text");
        assertThatNullPointerException()
                .isThrownBy(() -> turn.finish((Generation) null))
                .withMessage("generation");
        assertThatNullPointerException()
                .isThrownBy(() -> turn.finish((FinishReason) null))
                .withMessage("reason");
        assertThatNullPointerException()
                .isThrownBy(() -> turn.finish(FinishReason.STOP, null))
                .withMessage("usage");
        assertThatNullPointerException().isThrownBy(() -> turn.fail(null)).withMessage("error");
    }
}
