package io.harmony4j.langchain4j;

import static io.harmony4j.langchain4j.Samples.WEATHER;
import static io.harmony4j.langchain4j.Samples.WEATHER_IN_HARMONY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.chat.HarmonyModel;
import io.harmony4j.testkit.ScriptedModel;
import io.harmony4j.testkit.ScriptedTurn;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two turns of a user with calls in each: all prompts are, token for token, what a conversation of Harmony has. */
class TwoTurnsTest {
    private static final Recipient GET_WEATHER = Recipient.function("get_weather");

    /** What the model and the tool say, after the first question and after the second. */
    private static final List<Message> FIRST = List.of(
            Message.analysis("Tokyo, then. I look."),
            Message.preamble("Let me look."),
            Message.call(GET_WEATHER, "{\"city\": \"Tokyo\"}"),
            Message.tool(GET_WEATHER, "13 degrees, windy"),
            Message.analysis("Windy."),
            Message.answer("It is windy in Tokyo."));

    private static final List<Message> SECOND = List.of(
            Message.analysis("Now Oslo."),
            Message.call(GET_WEATHER, "{\"city\": \"Oslo\"}"),
            Message.tool(GET_WEATHER, "snow"),
            Message.analysis("Oslo has snow. And Bergen?"),
            Message.call(GET_WEATHER, "{\"city\": \"Bergen\"}"),
            Message.tool(GET_WEATHER, "rain"),
            Message.analysis("Both."),
            Message.answer("Snow in Oslo, rain in Bergen."));

    private static ScriptedModel script() {
        return new ScriptedModel(
                ScriptedTurn.of(FIRST.get(0), FIRST.get(1), FIRST.get(2)),
                ScriptedTurn.of(FIRST.get(4), FIRST.get(5)),
                ScriptedTurn.of(SECOND.get(0), SECOND.get(1)),
                ScriptedTurn.of(SECOND.get(3), SECOND.get(4)),
                ScriptedTurn.of(SECOND.get(6), SECOND.get(7)));
    }

    /** Returns the prompts that a conversation of Harmony has before each of the model's five generations. */
    private static List<int[]> expectedPrompts() {
        HarmonyModel model = new HarmonyModel(Tokenizer.o200kHarmony(), new ScriptedModel());
        Conversation beginning = Conversation.of(
                Message.system(Samples.SYSTEM),
                Message.developer(Content.developer("Be brief.", WEATHER_IN_HARMONY)),
                Message.user("What is the weather in Tokyo?"));
        Conversation second = beginning.with(FIRST).with(Message.user("And in Oslo and Bergen?"));
        return List.of(
                model.prompt(beginning),
                model.prompt(beginning.with(FIRST.subList(0, 4))),
                model.prompt(second),
                model.prompt(second.with(SECOND.subList(0, 3))),
                model.prompt(second.with(SECOND.subList(0, 6))));
    }

    /** A model of either kind. */
    private interface Chat {
        ChatResponse answer(ChatRequest request) throws Exception;
    }

    private static void talk(Chat chat) throws Exception {
        List<ChatMessage> messages = new ArrayList<>(List.of(SystemMessage.from("Be brief.")));
        List<String> results = new ArrayList<>(List.of("13 degrees, windy", "snow", "rain"));
        List<String> answers = new ArrayList<>();
        for (String question : List.of("What is the weather in Tokyo?", "And in Oslo and Bergen?")) {
            messages.add(UserMessage.from(question));
            AiMessage message;
            do {
                message = chat.answer(ChatRequest.builder()
                                .messages(messages)
                                .toolSpecifications(WEATHER)
                                .build())
                        .aiMessage();
                messages.add(message);
                for (ToolExecutionRequest call : message.toolExecutionRequests()) {
                    messages.add(ToolExecutionResultMessage.from(call, results.remove(0)));
                }
            } while (message.hasToolExecutionRequests());
            answers.add(message.text());
        }
        assertThat(answers).containsExactly("It is windy in Tokyo.", "Snow in Oslo, rain in Bergen.");
    }

    @Test
    void promptsAreThoseOfTheConversation() throws Exception {
        ScriptedModel script = script();
        talk(Samples.chat(script).build()::chat);

        assertThat(script.promptTokens()).containsExactlyElementsOf(expectedPrompts());
    }

    @Test
    void promptsOfStreamsAreThoseOfTheConversation() throws Exception {
        ScriptedModel script = script();
        HarmonyStreamingChatModel model = Samples.streaming(script).build();
        talk(request -> {
            RecordingHandler handler = new RecordingHandler();
            model.chat(request, handler);
            return handler.await();
        });

        assertThat(script.promptTokens()).containsExactlyElementsOf(expectedPrompts());
    }
}
