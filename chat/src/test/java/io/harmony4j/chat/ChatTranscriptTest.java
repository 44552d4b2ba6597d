package io.harmony4j.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.ReasoningEffort;
import io.harmony4j.Recipient;
import io.harmony4j.ResponseFormat;
import io.harmony4j.ToolDescription;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChatTranscriptTest {
    private static final ToolDescription WEATHER = ToolDescription.of("get_weather", "The weather.");
    private static final Recipient GET_WEATHER = Recipient.function("get_weather");

    @Test
    void aChatClientsWordsBecomeMessages() {
        Conversation conversation = new ChatTranscript()
                .instructions("Be brief.")
                .tools(List.of(WEATHER))
                .user("Rain in Tokyo or Oslo?")
                .assistant(
                        "I should look.",
                        "One moment.",
                        List.of(
                                new ToolCall("a", GET_WEATHER, "{\"city\":\"Tokyo\"}"),
                                new ToolCall("b", GET_WEATHER, "{}")))
                .toolResult("b", "dry")
                .toolResult("a", "wet")
                .assistant("Tokyo it is.", "In Tokyo.", List.of())
                .user("Thanks.")
                .conversation();

        assertThat(conversation)
                .isEqualTo(Conversation.of(
                        Message.system(Content.System.DEFAULT),
                        Message.developer(Content.developer("Be brief.", WEATHER)),
                        Message.user("Rain in Tokyo or Oslo?"),
                        Message.analysis("I should look."),
                        Message.preamble("One moment."),
                        Message.call(GET_WEATHER, "{\"city\":\"Tokyo\"}"),
                        Message.tool(GET_WEATHER, "wet"),
                        Message.call(GET_WEATHER, "{}"),
                        Message.tool(GET_WEATHER, "dry"),
                        Message.analysis("Tokyo it is."),
                        Message.answer("In Tokyo."),
                        Message.user("Thanks.")));
    }

    @Test
    void withoutInstructionsAndToolsThereIsNoDeveloperMessage() {
        assertThat(new ChatTranscript().user("Hi").conversation().messages())
                .containsExactly(Message.system(Content.System.DEFAULT), Message.user("Hi"));
        assertThat(new ChatTranscript().tools(List.of(WEATHER)).conversation().messages())
                .contains(Message.developer(Content.Developer.EMPTY.withFunctions(WEATHER)));
    }

    @Test
    void theSystemMessageCanBeAnother() {
        Content.System low = Content.System.DEFAULT.withReasoningEffort(ReasoningEffort.LOW);

        assertThat(new ChatTranscript().system(low).conversation().messages()).containsExactly(Message.system(low));
    }

    @Test
    void aResultNeedsACallBeforeIt() {
        ChatTranscript transcript =
                new ChatTranscript().assistant("", "", List.of(new ToolCall("a", GET_WEATHER, "{}")));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> transcript.toolResult("b", "dry"))
                .withMessage("expected the id of a call before it but found \"b\"; there are [a]");
    }

    @Test
    void aResultWithoutACallStaysWithTheNameOfItsTool() {
        Conversation conversation =
                new ChatTranscript().toolResult("b", GET_WEATHER, "dry").conversation();

        assertThat(conversation.messages()).endsWith(Message.tool(GET_WEATHER, "dry"));
    }

    @Test
    void aCallWithoutAResultStays() {
        Conversation conversation = new ChatTranscript()
                .assistant("", "", List.of(new ToolCall("a", GET_WEATHER, "{}")))
                .user("Never mind.")
                .conversation();

        assertThat(conversation.messages()).endsWith(Message.call(GET_WEATHER, "{}"), Message.user("Never mind."));
    }

    @Test
    void anIdThatIsUsedAgainMeansTheFirstOpenCallOfTheLatestTurn() {
        Conversation conversation = new ChatTranscript()
                .assistant("", "", List.of(new ToolCall("a", GET_WEATHER, "1")))
                .assistant("", "", List.of(new ToolCall("a", GET_WEATHER, "2"), new ToolCall("a", GET_WEATHER, "3")))
                .toolResult("a", "of 2")
                .toolResult("a", "of 3")
                .toolResult("a", "of 1")
                .toolResult("a", "of 3, too")
                .conversation();

        assertThat(conversation.messages().stream().skip(1).map(Message::text))
                .containsExactly("1", "of 1", "2", "of 2", "3", "of 3", "of 3, too");
    }

    @Test
    void instructionsThatComeLateStayInTheirPlace() {
        Conversation conversation = new ChatTranscript()
                .instructions("Be brief.")
                .instructions("Be kind.")
                .responseFormat(ResponseFormat.JSON_OBJECT)
                .user("Hi")
                .instructions("Now in French.")
                .conversation();

        assertThat(conversation.messages())
                .containsExactly(
                        Message.system(Content.System.DEFAULT),
                        Message.developer(Content.developer("Be brief.\n\nBe kind.")
                                .withResponseFormats(ResponseFormat.JSON_OBJECT)),
                        Message.user("Hi"),
                        Message.developer(Content.developer("Now in French.")));
    }

    @Test
    void laterWordsDoNotReachAConversation() {
        ChatTranscript transcript = new ChatTranscript().user("One");
        Conversation conversation = transcript.conversation();

        transcript.user("Two");

        assertThat(conversation.messages()).hasSize(2);
        assertThat(transcript.conversation().messages()).hasSize(3);
    }
}
