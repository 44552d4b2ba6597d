package io.harmony4j.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.harmony4j.Recipient;
import io.harmony4j.engine.Generator;
import io.harmony4j.engine.Model;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.Sampling;
import io.harmony4j.tiny.TinyTools;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The model in the box looks up the weather, through both models. */
class TinyWeatherTest {
    private static final Model MODEL = Model.tiny();
    private static final GenerationOptions GREEDY = GenerationOptions.DEFAULT.withSampling(Sampling.GREEDY);
    private static final ToolSpecification WEATHER = ToolSpecification.builder()
            .name("get_weather")
            .description("Returns the weather of a city.")
            .parameters(JsonObjectSchema.builder()
                    .addStringProperty("city", "The city's name")
                    .required("city")
                    .build())
            .build();

    @AfterAll
    static void close() {
        MODEL.close();
    }

    private static ChatRequest request(List<ChatMessage> messages) {
        return ChatRequest.builder()
                .messages(messages)
                .toolSpecifications(WEATHER)
                .build();
    }

    private static void addCallAndResult(List<ChatMessage> messages, AiMessage message) {
        ToolExecutionRequest call = message.toolExecutionRequests().get(0);
        assertThat(message.thinking()).isNotBlank();
        assertThat(call.name()).isEqualTo("get_weather");
        messages.add(message);
        messages.add(ToolExecutionResultMessage.from(
                call, TinyTools.call(Recipient.function(call.name()), call.arguments())));
    }

    @Test
    void itCallsAndAnswers() throws Exception {
        HarmonyChatModel model =
                Samples.chat(new Generator(MODEL)).generationOptions(GREEDY).build();
        List<ChatMessage> messages = new ArrayList<>(List.of(UserMessage.from("What is the weather in Tokyo?")));
        addCallAndResult(messages, model.chat(request(messages)).aiMessage());
        ChatResponse answer = model.chat(request(messages));

        assertThat(answer.aiMessage().text()).isEqualTo("It is 13 degrees and windy in Tokyo.");
        assertThat(answer.tokenUsage())
                .isInstanceOfSatisfying(
                        HarmonyTokenUsage.class,
                        usage -> assertThat(usage.cachedInputTokenCount())
                                .as("the generator has read the first prompt, and what it generated")
                                .isPositive());

        HarmonyStreamingChatModel streaming = Samples.streaming(new Generator(MODEL))
                .generationOptions(GREEDY)
                .build();
        RecordingHandler handler = new RecordingHandler();
        streaming.chat(request(messages), handler);
        assertThat(handler.await().aiMessage()).isEqualTo(answer.aiMessage());
    }
}
