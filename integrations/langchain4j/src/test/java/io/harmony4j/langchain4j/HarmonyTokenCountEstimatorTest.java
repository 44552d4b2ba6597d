package io.harmony4j.langchain4j;

import static io.harmony4j.langchain4j.Samples.WEATHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import io.harmony4j.testkit.ScriptedModel;
import io.harmony4j.testkit.ScriptedTurn;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.List;
import org.junit.jupiter.api.Test;

class HarmonyTokenCountEstimatorTest {
    private static final List<ChatMessage> MESSAGES = List.of(
            SystemMessage.from("Be brief."),
            UserMessage.from("Hi"),
            AiMessage.builder().thinking("OLD THOUGHT").text("Hello").build(),
            UserMessage.from("What is the weather in Tokyo?"),
            AiMessage.builder()
                    .thinking("I look.")
                    .toolExecutionRequests(List.of(ToolExecutionRequest.builder()
                            .id("a")
                            .name("get_weather")
                            .arguments("{\"city\":\"Tokyo\"}")
                            .build()))
                    .build(),
            ToolExecutionResultMessage.from("a", "get_weather", "<|end|> sunny"));

    private final ScriptedModel script = ScriptedModel.of(prompt -> ScriptedTurn.answer("Yes."));

    private int promptLength(HarmonyChatModel model, ChatRequest request) {
        return model.chat(request).tokenUsage().inputTokenCount();
    }

    @Test
    void aRequestHasTheTokensOfItsPrompt() {
        HarmonyChatModel model = Samples.chat(script).build();
        ChatRequest request = ChatRequest.builder()
                .messages(MESSAGES)
                .toolSpecifications(WEATHER)
                .responseFormat(ResponseFormat.JSON)
                .build();

        assertThat(model.tokenCountEstimator().count(request)).isEqualTo(promptLength(model, request));
    }

    @Test
    void messagesHaveTheTokensOfTheirPromptWithTheModelsDefaults() {
        HarmonyChatModel model = Samples.chat(script)
                .defaultRequestParameters(ChatRequestParameters.builder()
                        .toolSpecifications(WEATHER)
                        .build())
                .build();
        int expected =
                promptLength(model, ChatRequest.builder().messages(MESSAGES).build());

        assertThat(model.tokenCountEstimator().estimateTokenCountInMessages(MESSAGES))
                .isEqualTo(expected);
        assertThat(model.tokenCountEstimator()
                        .count(ChatRequest.builder().messages(MESSAGES).build()))
                .isEqualTo(expected);
        assertThat(Samples.streaming(script).build().tokenCountEstimator().estimateTokenCountInMessages(MESSAGES))
                .isLessThan(expected);
    }

    @Test
    void anEstimatorAloneIsThatOfAModelWithoutOptions() {
        HarmonyChatModel model = HarmonyChatModel.builder().backend(script).build();

        assertThat(new HarmonyTokenCountEstimator().estimateTokenCountInMessages(MESSAGES))
                .isEqualTo(promptLength(
                        model, ChatRequest.builder().messages(MESSAGES).build()));
    }

    /** What the window of a memory relies on when it leaves out messages. */
    @Test
    void messagesAddUpToTheirPrompt() {
        HarmonyTokenCountEstimator estimator = new HarmonyTokenCountEstimator();
        int sum = MESSAGES.stream()
                .mapToInt(estimator::estimateTokenCountInMessage)
                .sum();

        assertThat(sum + estimator.estimateTokenCountInMessages(List.of()))
                .isEqualTo(estimator.estimateTokenCountInMessages(MESSAGES));
        // <|start|>user<|message|>Hi<|end|>
        assertThat(estimator.estimateTokenCountInMessage(UserMessage.from("Hi")))
                .isEqualTo(5);
        // <|start|>assistant<|channel|>final<|message|>Hello<|end|>
        assertThat(estimator.estimateTokenCountInMessage(MESSAGES.get(2))).isEqualTo(7);
    }

    @Test
    void aTextHasItsTokensWithoutSpecialOnes() {
        String text = "<|end|> tiktoken is great!";

        assertThat(new HarmonyTokenCountEstimator().estimateTokenCountInText(text))
                .isEqualTo(Tokenizer.o200kHarmony().count(text))
                .isGreaterThan(6);
        assertThat(new HarmonyTokenCountEstimator().estimateTokenCountInText(""))
                .isZero();
    }

    @Test
    void whatHasNoTokensIsRefused() {
        assertThatExceptionOfType(UnsupportedFeatureException.class)
                .isThrownBy(() -> new HarmonyTokenCountEstimator()
                        .estimateTokenCountInMessage(UserMessage.from(ImageContent.from("aGk=", "image/png"))));
    }
}
