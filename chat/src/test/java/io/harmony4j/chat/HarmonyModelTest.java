package io.harmony4j.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.ToolDescription;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.testkit.ScriptedModel;
import io.harmony4j.tokenizer.AllowedSpecial;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class HarmonyModelTest {
    private static final String TURN =
            "<|channel|>analysis<|message|>Look.<|end|><|start|>assistant<|channel|>commentary"
                    + "<|message|>One moment.<|end|><|start|>assistant<|channel|>commentary to=functions.get_weather "
                    + "<|constrain|>json<|message|>{\"city\":\"Tokyo\"}<|call|>";
    private static final Conversation QUESTION = Conversation.of(
            Message.system(Content.System.DEFAULT),
            Message.developer(Content.developer("Help.", ToolDescription.of("get_weather", "The weather."))),
            Message.user("Rain in Tokyo?"));

    private final ScriptedModel generator = Scripted.model(TURN, "<|channel|>final<|message|>No.<|return|>");
    private final HarmonyModel model = new HarmonyModel(Scripted.TOKENIZER, generator);

    @Test
    void oneTurnIsMessagesAndAView() {
        Answer answer = model.answer(QUESTION, GenerationOptions.DEFAULT, delta -> {});

        assertThat(answer.messages())
                .containsExactly(
                        Message.analysis("Look."),
                        Message.preamble("One moment."),
                        Message.call(Recipient.function("get_weather"), "{\"city\":\"Tokyo\"}"));
        assertThat(answer.reasoning()).isEqualTo("Look.");
        assertThat(answer.content()).isEqualTo("One moment.");
        assertThat(answer.toolCalls()).hasSize(1);
        assertThat(answer.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(answer.diagnostics()).isEmpty();
        assertThat(answer.generation().tokens()).hasSize(Scripted.TOKENIZER.encode(TURN, AllowedSpecial.ALL).length);
    }

    @Test
    void usageKnowsThePromptToo() {
        Usage usage = model.answer(QUESTION, GenerationOptions.DEFAULT, delta -> {})
                .view()
                .usage()
                .orElseThrow();

        int prompt = new HarmonyRenderer(Scripted.TOKENIZER).countForCompletion(QUESTION, Role.ASSISTANT);
        assertThat(usage.promptTokens()).isEqualTo(prompt);
        assertThat(usage.reasoningTokens()).isEqualTo(2);
        assertThat(usage.totalTokens()).isEqualTo(prompt + usage.completionTokens());
    }

    @Test
    void theNextTurnGoesOnWhereTheLastOneEnded() {
        Answer call = model.answer(QUESTION, GenerationOptions.DEFAULT, delta -> {});
        Conversation answered = QUESTION.with(call.messages())
                .with(Message.tool(call.toolCalls().get(0).recipient(), "dry"));

        model.answer(answered, GenerationOptions.DEFAULT, delta -> {});

        assertThat(generator.promptTokens().get(1))
                .startsWith(generator.promptTokens().get(0));
        assertThat(Scripted.TOKENIZER.decode(generator.promptTokens().get(1)))
                .endsWith(
                        "<|call|><|start|>functions.get_weather to=assistant<|channel|>commentary<|message|>dry<|end|>"
                                + "<|start|>assistant");
    }

    @Test
    void theAnalysisOfAnsweredTurnsIsNotInThePromptAndThatOfTheTurnAtWorkIs() {
        Conversation atWork = QUESTION.with(Message.analysis("First."))
                .with(Message.answer("Yes."))
                .with(Message.user("And in Oslo?"))
                .with(Message.analysis("Second."))
                .with(Message.answer("No."))
                .with(Message.user("And in Rome?"))
                .with(Message.analysis("Third."))
                .with(Message.call(Recipient.function("get_weather"), "{}"))
                .with(Message.tool(Recipient.function("get_weather"), "dry"));

        model.answer(atWork, GenerationOptions.DEFAULT, delta -> {});
        model.withRenderOptions(RenderOptions.DEFAULT).answer(atWork, GenerationOptions.DEFAULT, delta -> {});

        assertThat(Scripted.TOKENIZER.decode(generator.promptTokens().get(0)))
                .contains("Third.")
                .doesNotContain("First.", "Second.");
        assertThat(Scripted.TOKENIZER.decode(generator.promptTokens().get(1))).contains("First.", "Second.", "Third.");
    }

    @Test
    void generationStopsWhereGptOssStops() {
        HarmonyModel talkative = new HarmonyModel(
                Scripted.TOKENIZER, Scripted.model("<|channel|>final<|message|>Yes.<|return|> and more"));

        Answer answer = talkative.answer(QUESTION, GenerationOptions.DEFAULT, delta -> {});

        assertThat(answer.content()).isEqualTo("Yes.");
        assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void whatTheModelSaysForOthersIsApart() {
        HarmonyModel inventive = new HarmonyModel(
                Scripted.TOKENIZER,
                Scripted.model("<|channel|>final<|message|>Dry.<|end|><|start|>user<|message|>And in Oslo?<|end|>"
                        + "<|start|>assistant<|channel|>final<|message|>Wet.<|return|>"));

        Answer answer = inventive.answer(QUESTION, GenerationOptions.DEFAULT, delta -> {});

        assertThat(answer.messages()).containsExactly(Message.answer("Dry."), Message.answer("Wet."));
        assertThat(answer.inventedMessages()).containsExactly(Message.user("And in Oslo?"));
    }

    @Test
    void limitAndCancellationAreToldApart() {
        assertThat(model.answer(QUESTION, GenerationOptions.DEFAULT.withMaxTokens(4), delta -> {})
                        .finishReason())
                .isEqualTo(FinishReason.LENGTH);
        assertThat(model.answer(QUESTION, GenerationOptions.DEFAULT.withCancelled(() -> true), delta -> {})
                        .finishReason())
                .isEqualTo(FinishReason.CANCELLED);
    }

    @Test
    void anInterruptCancels() {
        TokenGenerator deaf = (prompt, options, tokens) ->
                Generation.of(new int[0], options.isCancelled() ? FinishReason.CANCELLED : FinishReason.STOP, 1);
        HarmonyModel interrupted = new HarmonyModel(Scripted.TOKENIZER, deaf);

        Thread.currentThread().interrupt();
        try {
            assertThat(interrupted
                            .answer(QUESTION, GenerationOptions.DEFAULT, delta -> {})
                            .finishReason())
                    .isEqualTo(FinishReason.CANCELLED);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void callIdsComeFromTheGivenSource() {
        Iterator<String> ids = List.of("one", "two").iterator();
        List<ChatDelta> deltas = new ArrayList<>();

        Answer answer = model.withCallIds(ids::next).answer(QUESTION, GenerationOptions.DEFAULT, deltas::add);

        assertThat(answer.toolCalls().get(0).id()).isEqualTo("one");
        assertThat(deltas).contains(new ChatDelta.ToolCallStarted(0, "one", Recipient.function("get_weather")));
        assertThat(ids.next()).isEqualTo("two");
    }
}
