package io.harmony4j.springai;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Content;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.testkit.ScriptedModel;
import io.harmony4j.testkit.ScriptedTurn;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.MessageChatMemoryAdvisor;
import org.springframework.ai.chat.client.advisor.ToolCallingAdvisor;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;

/** Two turns with tools through a chat client: the prompts are, token for token, those that {@code chat} makes. */
@Timeout(60)
class ToolConversationTest {
    private static final Recipient TOOL = Recipient.function("get_weather");

    private final ScriptedModel scripted = new ScriptedModel(
            ScriptedTurn.call("get_weather", "{\"city\":\"Tokyo\"}").withThought("Look for Tokyo."),
            ScriptedTurn.call("get_weather", "{\"city\":\"Oslo\"}").withThought("Oslo, too."),
            ScriptedTurn.answer("Sunny in both.").withThought("That is all."),
            ScriptedTurn.call("get_weather", "{\"city\":\"Rome\"}").withThought("Now Rome."),
            ScriptedTurn.answer("Sunny in Rome.").withThought("Say it."));
    private final Weather weather = new Weather();
    private final Message developer = Message.developer(Content.developer("Be brief.", weather.description()));

    /** How a chat client is asked. */
    enum Way {
        CALL,
        STREAM
    }

    private static String ask(ChatClient client, Way way, String question) {
        ChatClient.ChatClientRequestSpec request =
                client.prompt().user(question).advisors(advisor -> advisor.param(ChatMemory.CONVERSATION_ID, "one"));
        return way == Way.CALL
                ? String.valueOf(request.call().content())
                : String.join(
                        "",
                        request.stream()
                                .content()
                                .collectList()
                                .blockOptional(Fixed.PATIENCE)
                                .orElseThrow());
    }

    private void assertAsked(Message[]... conversations) {
        List<int[]> prompts = scripted.promptTokens();
        assertThat(prompts).hasSize(conversations.length);
        for (int i = 0; i < conversations.length; i++) {
            assertThat(prompts.get(i))
                    .as("prompt %d: %s", i, scripted.prompts().get(i))
                    .isEqualTo(Fixed.prompt(conversations[i]));
        }
    }

    private static Message[] join(Message[] first, Message... more) {
        Message[] all = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return all;
    }

    private static Message[] called(String thought, String city) {
        return new Message[] {
            Message.analysis(thought),
            Message.call(TOOL, "{\"city\":\"" + city + "\"}"),
            Message.tool(TOOL, "\"sunny in " + city + "\"")
        };
    }

    /** Memory within the loop: the next turn has all of the turn before, but its thoughts. */
    @ParameterizedTest
    @EnumSource
    void aMemoryOfAllMessages(Way way) {
        ChatClient client = ChatClient.builder(Fixed.model(scripted))
                .defaultSystem("Be brief.")
                .defaultTools(weather)
                .defaultAdvisors(
                        ToolCallingAdvisor.builder()
                                .disableInternalConversationHistory()
                                .build(),
                        MessageChatMemoryAdvisor.builder(
                                        MessageWindowChatMemory.builder().build())
                                .order(1000)
                                .build())
                .build();

        assertThat(ask(client, way, "Tokyo and Oslo?")).isEqualTo("Sunny in both.");
        assertThat(ask(client, way, "And Rome?")).isEqualTo("Sunny in Rome.");

        Message[] first = {developer, Message.user("Tokyo and Oslo?")};
        Message[] second = join(first, called("Look for Tokyo.", "Tokyo"));
        Message[] third = join(second, called("Oslo, too.", "Oslo"));
        Message[] fourth = join(
                third, Message.analysis("That is all."), Message.answer("Sunny in both."), Message.user("And Rome?"));
        assertAsked(first, second, third, fourth, join(fourth, called("Now Rome.", "Rome")));
        assertThat(scripted.prompts().get(3)).doesNotContain("Look for Tokyo.", "That is all.");
        assertThat(weather.cities()).containsExactly("Tokyo", "Oslo", "Rome");
    }

    /** Memory around the loop, as it is by default: the next turn has what was asked and answered. */
    @ParameterizedTest
    @EnumSource
    void aMemoryOfQuestionsAndAnswers(Way way) {
        ChatClient client = ChatClient.builder(Fixed.model(scripted))
                .defaultSystem("Be brief.")
                .defaultTools(weather)
                .defaultAdvisors(MessageChatMemoryAdvisor.builder(
                                MessageWindowChatMemory.builder().build())
                        .build())
                .build();

        assertThat(ask(client, way, "Tokyo and Oslo?")).isEqualTo("Sunny in both.");
        assertThat(ask(client, way, "And Rome?")).isEqualTo("Sunny in Rome.");

        Message[] first = {developer, Message.user("Tokyo and Oslo?")};
        Message[] second = join(first, called("Look for Tokyo.", "Tokyo"));
        Message[] third = join(second, called("Oslo, too.", "Oslo"));
        Message[] fourth = join(first, Message.answer("Sunny in both."), Message.user("And Rome?"));
        assertAsked(first, second, third, fourth, join(fourth, called("Now Rome.", "Rome")));
    }
}
