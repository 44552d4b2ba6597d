package io.harmony4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.Channel;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptedModelTest {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();
    private static final GenerationOptions OPTIONS = GenerationOptions.DEFAULT.withStopTokens(SpecialToken.stopIds());

    private static String said(Generation generation) {
        return TOKENIZER.decode(generation.tokens());
    }

    private static int[] prompt(String text) {
        return TOKENIZER.encode(text, AllowedSpecial.ALL);
    }

    @Test
    void itTakesItsTurnsAndKeepsItsPrompts() {
        ScriptedModel model = new ScriptedModel(
                ScriptedTurn.call("f", "{}").withThought("Hm."),
                ScriptedTurn.answer("Yes.").withThought("Ah."));

        assertThat(said(model.generate(prompt("<|start|>one"), OPTIONS, token -> {})))
                .isEqualTo("<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant to=functions.f"
                        + "<|channel|>commentary <|constrain|>json<|message|>{}<|call|>");
        assertThat(said(model.generate(prompt("two"), OPTIONS, token -> {})))
                .isEqualTo("<|channel|>analysis<|message|>Ah.<|end|><|start|>assistant<|channel|>final<|message|>"
                        + "Yes.<|return|>");
        assertThatIllegalStateException()
                .isThrownBy(() -> model.generate(prompt("three"), OPTIONS, token -> {}))
                .withMessage(
                        "expected at most 2 generations, as the script has, but found one more; its prompt is three");
        assertThat(model.prompts()).containsExactly("<|start|>one", "two", "three");
        assertThat(model.running()).isZero();
    }

    @Test
    void whatItIsAskedCanDecide() {
        ScriptedModel model = ScriptedModel.of(text -> ScriptedTurn.answer("You said " + text));

        assertThat(said(model.generate(prompt("hello"), OPTIONS, token -> {})))
                .isEqualTo("<|channel|>final<|message|>You said hello<|return|>");
    }

    @Test
    void messagesAreWrittenAsModelsWriteThem() {
        assertThat(ScriptedTurn.of(
                                Message.preamble("I look."),
                                Message.call(Recipient.function("f"), "{}"),
                                Message.of(Role.ASSISTANT, "x").withChannel(Channel.FINAL))
                        .text())
                .isEqualTo("<|channel|>commentary<|message|>I look.<|end|><|start|>assistant to=functions.f"
                        + "<|channel|>commentary <|constrain|>json<|message|>{}<|call|><|start|>assistant"
                        + "<|channel|>final<|message|>x<|return|>");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScriptedTurn.of(Message.user("Hi")))
                .withMessageStartingWith("expected messages of the assistant but found ");
        assertThatIllegalArgumentException().isThrownBy(ScriptedTurn::of).withMessageContaining("found none");
    }

    @Test
    void limitAndCancellationAreHeeded() {
        ScriptedModel model = ScriptedModel.of(text -> ScriptedTurn.answer("one two three"));
        List<Integer> tokens = new ArrayList<>();

        Generation limited = model.generate(prompt("?"), OPTIONS.withMaxTokens(4), token -> tokens.add(token.id()));
        Generation cancelled = model.generate(
                prompt("?"), OPTIONS.withCancelled(() -> tokens.size() > 5), token -> tokens.add(token.id()));

        assertThat(limited.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(limited.tokens()).hasSize(4);
        assertThat(cancelled.finishReason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(cancelled.tokens()).hasSize(2);
        assertThat(model.cancelled()).isEqualTo(1);
    }

    @Test
    void itFailsWhereTheScriptSaysSo() {
        List<Integer> tokens = new ArrayList<>();
        IllegalStateException broken = new IllegalStateException("broken");
        ScriptedModel model = new ScriptedModel(
                ScriptedTurn.failure(broken),
                ScriptedTurn.text("It begins").withFailure(broken).withPause(Duration.ofMillis(1)));

        assertThatThrownBy(() -> model.generate(prompt("?"), OPTIONS, token -> tokens.add(token.id())))
                .isSameAs(broken);
        assertThat(tokens).isEmpty();
        assertThatThrownBy(() -> model.generate(prompt("?"), OPTIONS, token -> tokens.add(token.id())))
                .isSameAs(broken);
        assertThat(tokens).hasSize(2);
    }
}
