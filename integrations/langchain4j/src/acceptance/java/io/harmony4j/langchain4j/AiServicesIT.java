package io.harmony4j.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.memory.chat.TokenWindowChatMemory;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.Result;
import dev.langchain4j.service.TokenStream;
import io.harmony4j.Recipient;
import io.harmony4j.backends.Backends;
import io.harmony4j.engine.Generator;
import io.harmony4j.engine.Model;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.Sampling;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.testkit.ScriptedModel;
import io.harmony4j.testkit.ScriptedTurn;
import io.harmony4j.tiny.TinyTools;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** AI services on the model in the box, and on a runtime that has the same model. */
class AiServicesIT {
    private static final String BACKEND = "HARMONY_BACKEND";
    private static final Model MODEL = Model.tiny();
    private static final GenerationOptions GREEDY = GenerationOptions.DEFAULT.withSampling(Sampling.GREEDY);

    private interface Assistant {
        Result<String> chat(String question);
    }

    private interface StreamingAssistant {
        TokenStream chat(String question);
    }

    /** The tool that the tiny model knows. */
    public static final class Weather {
        @Tool(name = "get_weather", value = "Returns the weather of a city.")
        public String getWeather(@P(name = "city", description = "The city's name") String city) {
            return TinyTools.call(Recipient.function("get_weather"), "{\"city\":\"" + city + "\"}");
        }
    }

    /** What a backend was asked and what it generated, in order. */
    private record Recorded(List<int[]> prompts, List<int[]> generated) {
        Recorded() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        TokenGenerator of(TokenGenerator backend) {
            return (prompt, options, tokens) -> {
                Generation generation = backend.generate(prompt, options, tokens);
                prompts.add(prompt.clone());
                generated.add(generation.tokens());
                return generation;
            };
        }
    }

    @AfterAll
    static void close() {
        MODEL.close();
    }

    private static List<Result<String>> talk(TokenGenerator backend) {
        ChatModel model = Samples.chat(backend).generationOptions(GREEDY).build();
        Assistant assistant = AiServices.builder(Assistant.class)
                .chatModel(model)
                .tools(new Weather())
                .chatMemory(MessageWindowChatMemory.withMaxMessages(20))
                .build();
        return List.of(assistant.chat("What is the weather in Tokyo?"), assistant.chat("And in Oslo?"));
    }

    @Test
    void theTinyModelCallsAndAnswers() {
        Recorded recorded = new Recorded();
        List<Result<String>> results = talk(recorded.of(new Generator(MODEL)));

        assertThat(results.get(0).content()).isEqualTo("It is 13 degrees and windy in Tokyo.");
        assertThat(results.get(0).toolExecutions()).hasSize(1);
        assertThat(results.get(1).content()).contains("Oslo");
        assertThat(results.get(0).tokenUsage()).isInstanceOfSatisfying(HarmonyTokenUsage.class, usage -> {
            assertThat(usage.inputTokenCount())
                    .isEqualTo(recorded.prompts.get(0).length + recorded.prompts.get(1).length);
            assertThat(usage.outputTokenCount())
                    .isEqualTo(recorded.generated.get(0).length + recorded.generated.get(1).length);
            assertThat(usage.reasoningTokenCount()).isPositive();
        });
    }

    @Test
    void theTinyModelStreams() throws Exception {
        StreamingChatModel model = Samples.streaming(new Generator(MODEL))
                .generationOptions(GREEDY)
                .build();
        StreamingAssistant assistant = AiServices.builder(StreamingAssistant.class)
                .streamingChatModel(model)
                .tools(new Weather())
                .build();
        List<String> thoughts = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        List<String> results = new ArrayList<>();
        CompletableFuture<ChatResponse> complete = new CompletableFuture<>();
        assistant
                .chat("What is the weather in Tokyo?")
                .onPartialThinking(thinking -> thoughts.add(thinking.text()))
                .onPartialResponse(texts::add)
                .onToolExecuted(tool -> results.add(tool.result()))
                .onCompleteResponse(complete::complete)
                .onError(complete::completeExceptionally)
                .start();
        ChatResponse response = complete.get(60, TimeUnit.SECONDS);

        assertThat(response.aiMessage().text()).isEqualTo("It is 13 degrees and windy in Tokyo.");
        assertThat(String.join("", texts)).isEqualTo(response.aiMessage().text());
        assertThat(thoughts).isNotEmpty();
        assertThat(results).hasSize(1);
    }

    @Test
    @EnabledIfEnvironmentVariable(
            named = BACKEND,
            matches = ".+",
            disabledReason = "without a runtime that has the tiny model, as in llama-server:http://127.0.0.1:8080")
    void aRuntimeHasTheSamePromptsAndTokens() {
        Recorded engine = new Recorded();
        Recorded runtime = new Recorded();
        List<Result<String>> expected = talk(engine.of(new Generator(MODEL)));
        List<Result<String>> found = talk(runtime.of(Backends.of(System.getenv(BACKEND))));

        assertThat(runtime.prompts).containsExactlyElementsOf(engine.prompts);
        assertThat(runtime.generated).containsExactlyElementsOf(engine.generated);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i).content()).isEqualTo(expected.get(i).content());
            assertThat(found.get(i).tokenUsage().totalTokenCount())
                    .isEqualTo(expected.get(i).tokenUsage().totalTokenCount());
        }
    }

    /** LangChain4j adds the question to what the memory holds, and not the other way round. */
    @Test
    void aMemoryKeepsWithinItsTokens() {
        ScriptedModel script = ScriptedModel.of(
                prompt -> ScriptedTurn.answer("word ".repeat(100)).withThought("thought ".repeat(50)));
        HarmonyChatModel model = Samples.chat(script).build();
        Assistant assistant = AiServices.builder(Assistant.class)
                .chatModel(model)
                .chatMemory(TokenWindowChatMemory.withMaxTokens(400, model.tokenCountEstimator()))
                .build();
        for (int i = 0; i < 10; i++) {
            assistant.chat("Question " + i);
        }

        assertThat(script.promptTokens())
                .extracting(prompt -> prompt.length)
                .allMatch(length -> length
                        <= 400
                                + model.tokenCountEstimator()
                                        .estimateTokenCountInMessage(UserMessage.from("Question 0")));
        assertThat(script.prompts().get(9))
                .contains("Question 8", "Question 9")
                .doesNotContain("thought", "Question 1");
    }

    /** What LangChain4j's services do by default; they have handlers for both, which programs may set. */
    @Test
    void whatTheModelGetsWrongIsReportedInLangChain4jsOwnWay() {
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> talk(new ScriptedModel(ScriptedTurn.call("get_weather", "{\"city\": Tokyo"))))
                .withMessageContaining("Unrecognized token 'Tokyo'");
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> talk(new ScriptedModel(ScriptedTurn.call("launch_rocket", "{}"))))
                .withMessageContaining("launch_rocket");
        ScriptedModel silent = ScriptedModel.of(prompt -> ScriptedTurn.text(""));
        assertThat(talk(silent))
                .allSatisfy(result -> assertThat(result.content()).isNull());
    }
}
