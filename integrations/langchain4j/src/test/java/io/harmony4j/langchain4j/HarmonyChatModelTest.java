package io.harmony4j.langchain4j;

import static io.harmony4j.langchain4j.Samples.WEATHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.Sampling;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.testkit.ScriptedModel;
import io.harmony4j.testkit.ScriptedTurn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HarmonyChatModelTest {
    private static final ScriptedTurn BERLIN = ScriptedTurn.answer("Berlin.").withThought("Easy.");

    private static ChatRequest.Builder asking(String question) {
        return ChatRequest.builder().messages(UserMessage.from(question));
    }

    @Test
    void anAnswerHasItsThinkingAndWhatItTook() {
        ScriptedModel script = new ScriptedModel(BERLIN);
        ChatResponse response = Samples.chat(script)
                .modelName("gpt-oss-20b")
                .build()
                .chat(asking("Capital?").build());

        assertThat(response.aiMessage())
                .isEqualTo(AiMessage.builder().text("Berlin.").thinking("Easy.").build());
        assertThat(response.id()).startsWith("harmony-");
        assertThat(response.modelName()).isEqualTo("gpt-oss-20b");
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
        // <|channel|>analysis<|message|>Easy.<|end|><|start|>assistant<|channel|>final<|message|>Berlin.<|return|>
        assertThat(response.tokenUsage()).isInstanceOfSatisfying(HarmonyTokenUsage.class, usage -> {
            assertThat(usage.inputTokenCount()).isEqualTo(script.promptTokens().get(0).length);
            assertThat(usage.outputTokenCount()).isEqualTo(14);
            assertThat(usage.totalTokenCount()).isEqualTo(usage.inputTokenCount() + 14);
            assertThat(usage.reasoningTokenCount()).isEqualTo(2);
            assertThat(usage.cachedInputTokenCount()).isZero();
        });
    }

    @Test
    void theSystemMessageHasEffortAndDate() {
        ScriptedModel script = new ScriptedModel(BERLIN);
        Samples.chat(script).build().chat("Capital?");

        assertThat(script.prompts().get(0))
                .contains("Current date: 2026-11-29\n\nReasoning: low\n")
                .endsWith("<|end|><|start|>user<|message|>Capital?<|end|><|start|>assistant");
    }

    @Test
    void callsHaveIdsOfTheirOwnAndNoText() {
        ScriptedModel script = ScriptedModel.of(prompt ->
                ScriptedTurn.call("get_weather", "{\"city\": \"Tokyo\"}").withThought("I look."));
        HarmonyChatModel model = Samples.chat(script).build();
        ChatRequest request = asking("Weather?").toolSpecifications(WEATHER).build();
        AiMessage first = model.chat(request).aiMessage();
        ChatResponse second = model.chat(request);

        ToolExecutionRequest call = first.toolExecutionRequests().get(0);
        assertThat(first.text()).isNull();
        assertThat(first.thinking()).isEqualTo("I look.");
        assertThat(call.name()).isEqualTo("get_weather");
        assertThat(call.arguments()).isEqualTo("{\"city\": \"Tokyo\"}");
        assertThat(second.finishReason()).isEqualTo(FinishReason.TOOL_EXECUTION);
        assertThat(second.aiMessage().toolExecutionRequests().get(0).id())
                .isNotBlank()
                .isNotEqualTo(call.id());
    }

    @Test
    void aPreambleAndSeveralCallsAreOneMessage() {
        ScriptedTurn turn = ScriptedTurn.of(
                Message.analysis("Two cities."),
                Message.preamble("I look at both."),
                Message.call(Recipient.function("get_weather"), "{\"city\":\"Oslo\"}"),
                Message.call(Recipient.function("get_weather"), ""));
        // the models end their turn at <|call|>; other writers of Harmony do not
        ScriptedModel script =
                new ScriptedModel(ScriptedTurn.text(turn.text().replaceFirst("<\\|call\\|>", "<|end|>")));
        AiMessage message = Samples.chat(script)
                .build()
                .chat(asking("Weather?").toolSpecifications(WEATHER).build())
                .aiMessage();

        assertThat(message.thinking()).isEqualTo("Two cities.");
        assertThat(message.text()).isEqualTo("I look at both.");
        assertThat(message.toolExecutionRequests())
                .extracting(ToolExecutionRequest::arguments)
                .containsExactly("{\"city\":\"Oslo\"}", "{}");
    }

    /** Each of the written things is passed on as it is: what to do with it is for the program. */
    @Test
    void whatTheModelGetsWrongIsPassedOn() {
        ScriptedModel script = new ScriptedModel(
                ScriptedTurn.call("get_weather", "{\"city\": Tokyo"),
                ScriptedTurn.call("launch_rocket", "{}"),
                ScriptedTurn.text(""),
                ScriptedTurn.answer(""));
        HarmonyChatModel model = Samples.chat(script).build();
        ChatRequest request = asking("Weather?").toolSpecifications(WEATHER).build();

        assertThat(model.chat(request)
                        .aiMessage()
                        .toolExecutionRequests()
                        .get(0)
                        .arguments())
                .isEqualTo("{\"city\": Tokyo");
        assertThat(model.chat(request)
                        .aiMessage()
                        .toolExecutionRequests()
                        .get(0)
                        .name())
                .isEqualTo("launch_rocket");
        for (int i = 0; i < 2; i++) {
            AiMessage nothing = model.chat(request).aiMessage();
            assertThat(nothing.text()).isNull();
            assertThat(nothing.thinking()).isNull();
            assertThat(nothing.toolExecutionRequests()).isEmpty();
        }
    }

    @Test
    void aLimitCountsThinkingToo() {
        ChatResponse response = Samples.chat(new ScriptedModel(BERLIN))
                .build()
                .chat(asking("Capital?").maxOutputTokens(4).build());

        assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(4);
        assertThat(response.aiMessage().text()).isNull();
        assertThat(response.aiMessage().thinking()).isEqualTo("Easy");
    }

    @Test
    void stopSequencesAreLookedForInTheTextAlone() {
        ScriptedModel script = new ScriptedModel(
                ScriptedTurn.answer("Hello World, and all of you").withThought("I say Hello World."));
        ChatResponse response = Samples.chat(script)
                .build()
                .chat(asking("Say it.").stopSequences(List.of("World", "you")).build());

        assertThat(response.aiMessage().text()).isEqualTo("Hello ");
        assertThat(response.aiMessage().thinking()).isEqualTo("I say Hello World.");
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(script.cancelled()).isEqualTo(1);
    }

    @Test
    void parametersReachTheBackend() {
        List<GenerationOptions> seen = new ArrayList<>();
        TokenGenerator backend = recording(seen);
        HarmonyChatModel model = Samples.chat(backend)
                .generationOptions(GenerationOptions.DEFAULT
                        .withMaxTokens(100)
                        .withSampling(Sampling.DEFAULT.withSeed(6).withTopK(40).withTopP(0.5)))
                .seed(7)
                .defaultRequestParameters(ChatRequestParameters.builder()
                        .temperature(0.3)
                        .topP(0.9)
                        .build())
                .build();
        model.chat(asking("?").build());
        model.chat(asking("?").temperature(0.0).topK(3).maxOutputTokens(20).build());

        Sampling defaults =
                Sampling.DEFAULT.withSeed(7).withTopK(40).withTopP(0.9).withTemperature(0.3);
        assertThat(seen.get(0).sampling()).isEqualTo(defaults);
        assertThat(seen.get(0).maxTokens()).isEqualTo(100);
        assertThat(seen.get(1).sampling()).isEqualTo(defaults.withTemperature(0).withTopK(3));
        assertThat(seen.get(1).maxTokens()).isEqualTo(20);
    }

    @Test
    void withoutASeedEachResponseHasAnother() {
        List<GenerationOptions> seen = new ArrayList<>();
        HarmonyChatModel model = Samples.chat(recording(seen)).build();

        model.chat(asking("?").build());
        model.chat(asking("?").build());

        assertThat(seen.get(0).sampling().seed())
                .isNotEqualTo(seen.get(1).sampling().seed());
    }

    private static TokenGenerator recording(List<GenerationOptions> seen) {
        ScriptedModel script = ScriptedModel.of(prompt -> BERLIN);
        return (prompt, options, tokens) -> {
            seen.add(options);
            return script.generate(prompt, options, tokens);
        };
    }

    @Test
    void penaltiesAreRefusedByName() {
        HarmonyChatModel model = Samples.chat(new ScriptedModel(BERLIN)).build();

        assertThatExceptionOfType(UnsupportedFeatureException.class)
                .isThrownBy(() -> model.chat(asking("?").frequencyPenalty(0.5).build()))
                .withMessage("expected no frequencyPenalty but found 0.5; it is not supported: leave it out");
        ChatRequestParameters parameters =
                ChatRequestParameters.builder().presencePenalty(-1.0).build();
        assertThatExceptionOfType(UnsupportedFeatureException.class)
                .isThrownBy(() -> HarmonyChatModel.builder().defaultRequestParameters(parameters))
                .withMessageContaining("presencePenalty");
        assertThat(model.chat(asking("?").frequencyPenalty(0.0).build())
                        .aiMessage()
                        .text())
                .isEqualTo("Berlin.");
    }

    @Test
    void numbersOutOfRangeAreInvalidRequests() {
        HarmonyChatModel model = Samples.chat(new ScriptedModel()).build();

        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> model.chat(asking("?").temperature(-1.0).build()))
                .withMessage("expected a temperature from 0 to 1000 but found -1.0")
                .withCauseInstanceOf(IllegalArgumentException.class);
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> model.chat(asking("?").maxOutputTokens(0).build()));
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(
                        () -> model.chat(asking("?").stopSequences(List.of("")).build()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aRequiredToolIsCalledAndTheThinkingStays(int tools) {
        ScriptedModel script = ScriptedModel.of(prompt -> prompt.endsWith("to=functions.")
                ? ScriptedTurn.text("get_weather <|constrain|>json<|message|>{\"city\":\"Tokyo\"}<|call|>")
                : prompt.endsWith("<|message|>")
                        ? ScriptedTurn.text("{\"city\":\"Tokyo\"}<|call|>")
                        : ScriptedTurn.answer("Nice.").withThought("They live in Tokyo."));
        AiMessage message = Samples.chat(script)
                .build()
                .chat(asking("I live in Tokyo.")
                        .toolSpecifications(
                                tools == 1
                                        ? List.of(WEATHER)
                                        : List.of(
                                                WEATHER,
                                                WEATHER.toBuilder()
                                                        .name("get_time")
                                                        .build()))
                        .toolChoice(ToolChoice.REQUIRED)
                        .build())
                .aiMessage();

        assertThat(message.thinking()).isEqualTo("They live in Tokyo.");
        assertThat(message.text()).isNull();
        assertThat(message.toolExecutionRequests()).hasSize(1).allSatisfy(call -> {
            assertThat(call.name()).isEqualTo("get_weather");
            assertThat(call.arguments()).isEqualTo("{\"city\":\"Tokyo\"}");
        });
    }

    @Test
    void aRequiredToolMustBeThere() {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> Samples.chat(new ScriptedModel())
                        .build()
                        .chat(asking("?").toolChoice(ToolChoice.REQUIRED).build()))
                .withMessage(
                        "expected tools, since the tool choice is REQUIRED, but found none; add toolSpecifications");
    }

    @Test
    void toolsThatMustNotBeCalledAreNotThere() {
        ScriptedModel script = new ScriptedModel(BERLIN);
        Samples.chat(script)
                .build()
                .chat(asking("Capital?")
                        .toolSpecifications(WEATHER)
                        .toolChoice(ToolChoice.NONE)
                        .build());

        assertThat(script.prompts().get(0)).doesNotContain("get_weather");
    }

    @Test
    void listenersHearOfRequestsResponsesAndErrors() {
        List<String> heard = new ArrayList<>();
        ChatModelListener listener = new ChatModelListener() {
            @Override
            public void onRequest(ChatModelRequestContext context) {
                heard.add("request to " + context.chatRequest().modelName() + " of " + context.modelProvider());
            }

            @Override
            public void onResponse(ChatModelResponseContext context) {
                heard.add("response " + context.chatResponse().aiMessage().text());
            }

            @Override
            public void onError(ChatModelErrorContext context) {
                heard.add("error " + context.error().getMessage());
            }
        };
        HarmonyChatModel model = Samples.chat(
                        new ScriptedModel(BERLIN, ScriptedTurn.failure(new IllegalStateException("broken"))))
                .listeners(List.of(listener))
                .build();
        model.chat("Capital?");
        assertThatIllegalStateException()
                .isThrownBy(() -> model.chat("Capital?"))
                .withMessage("broken");

        String request = "request to gpt-oss of " + ModelProvider.OTHER;
        assertThat(heard).containsExactly(request, "response Berlin.", request, "error broken");
    }

    @Test
    void whatIsCancelledFromOutsideIsNoAnswer() {
        HarmonyChatModel model = Samples.chat(new ScriptedModel(BERLIN))
                .generationOptions(GenerationOptions.DEFAULT.withCancelled(() -> true))
                .build();

        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> model.chat("Capital?"))
                .withMessage("the generation was cancelled from outside, after 0 tokens");
    }

    @Test
    void anInterruptEndsTheGeneration() throws Exception {
        ScriptedModel script =
                new ScriptedModel(ScriptedTurn.answer("word ".repeat(10_000)).withPause(Duration.ofMillis(5)));
        HarmonyChatModel model = Samples.chat(script).build();
        FutureTask<ChatResponse> task =
                new FutureTask<>(() -> model.chat(asking("Tell me.").build()));
        Thread thread = new Thread(task);
        thread.start();
        for (int i = 0; i < 3000 && script.running() == 0; i++) {
            Thread.sleep(10);
        }
        thread.interrupt();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> task.get(30, TimeUnit.SECONDS))
                .withCauseInstanceOf(CancellationException.class);
        assertThat(script.running()).isZero();
        assertThat(script.cancelled()).isEqualTo(1);
    }

    @Test
    void usagesAddUp() {
        ScriptedModel script = ScriptedModel.of(prompt -> BERLIN);
        TokenGenerator remembering = (prompt, options, tokens) -> {
            Generation generation = script.generate(prompt, options, tokens);
            return generation.withCachedTokens(10);
        };
        TokenUsage usage =
                Samples.chat(remembering).build().chat(asking("?").build()).tokenUsage();

        assertThat(usage.add(usage)).isInstanceOfSatisfying(HarmonyTokenUsage.class, sum -> {
            assertThat(sum.cachedInputTokenCount()).isEqualTo(20);
            assertThat(sum.reasoningTokenCount()).isEqualTo(4);
            assertThat(sum.outputTokenCount()).isEqualTo(28);
        });
        assertThat(new TokenUsage(1, 2).add(usage)).isInstanceOfSatisfying(HarmonyTokenUsage.class, sum -> {
            assertThat(sum.inputTokenCount()).isEqualTo(usage.inputTokenCount() + 1);
            assertThat(sum.outputTokenCount()).isEqualTo(16);
            assertThat(sum.reasoningTokenCount()).isEqualTo(2);
        });
        assertThat(usage.add(null)).isSameAs(usage);
        assertThat(usage.add(new TokenUsage(0, 0))).isEqualTo(usage).hasSameHashCodeAs(usage);
        assertThat(usage.add(usage)).isNotEqualTo(usage);
    }

    @Test
    void aModelSaysWhatItCanAndWhatItLacks() {
        assertThat(Samples.chat(new ScriptedModel()).build().supportedCapabilities())
                .containsExactly(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
        assertThatIllegalStateException()
                .isThrownBy(() -> HarmonyChatModel.builder().build())
                .withMessageStartingWith("expected a backend, as in backend(Backends.of(");
    }
}
