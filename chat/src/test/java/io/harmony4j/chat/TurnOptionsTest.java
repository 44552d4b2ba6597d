package io.harmony4j.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.harmony4j.Channel;
import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.ToolDescription;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GenerationOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a chat client can ask of a turn besides its generation. */
class TurnOptionsTest {
    private static final Recipient GET_WEATHER = Recipient.function("get_weather");
    private static final Conversation QUESTION = Conversation.of(
            Message.system(Content.System.DEFAULT),
            Message.developer(Content.developer("Help.", ToolDescription.of("get_weather", "The weather."))),
            Message.user("Rain in Tokyo?"));

    private final List<ChatDelta> deltas = new ArrayList<>();

    private Answer answer(TurnOptions options, String... texts) {
        return new HarmonyModel(Scripted.TOKENIZER, Scripted.model(texts))
                .withCallIds(() -> "id")
                .answer(QUESTION, options, deltas::add);
    }

    private String shown() {
        StringBuilder shown = new StringBuilder();
        for (ChatDelta delta : deltas) {
            if (delta instanceof ChatDelta.Content content) {
                shown.append(content.text());
            }
        }
        return shown.toString();
    }

    @Test
    void aStopStringEndsTheContentAndTheGeneration() {
        Answer answer = answer(
                TurnOptions.DEFAULT.withStopStrings(List.of("STOP", "never")),
                "<|channel|>analysis<|message|>I may not say STOP.<|end|><|start|>assistant<|channel|>final<|message|>"
                        + "One, two, STOP and much more that nobody reads<|end|>"
                        + "<|start|>assistant<|channel|>final<|message|>Three.<|return|>");

        assertThat(answer.reasoning()).isEqualTo("I may not say STOP.");
        assertThat(answer.content()).isEqualTo("One, two, ").isEqualTo(shown());
        assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(answer.messages())
                .containsExactly(Message.analysis("I may not say STOP."), Message.answer("One, two, "));
        assertThat(Scripted.TOKENIZER.decode(answer.generation().tokens())).endsWith("STOP");
    }

    @Test
    void aStopStringInTheSecondMessageLeavesTheFirstAlone() {
        Answer answer = answer(
                TurnOptions.DEFAULT.withStopStrings(List.of("twoSTOP", "STOP")),
                "<|channel|>commentary<|message|>two<|end|>"
                        + "<|start|>assistant<|channel|>final<|message|>STOP<|return|>");

        assertThat(answer.content()).isEqualTo("two\n").isEqualTo(shown());
        assertThat(answer.messages())
                .containsExactly(Message.preamble("two"), Message.answer("").withChannel(Channel.FINAL));
    }

    @Test
    void whatMayBeTheBeginningOfAStopStringIsShownWhenItIsNone() {
        Answer answer = answer(
                TurnOptions.DEFAULT.withStopStrings(List.of("STOPPED")),
                "<|channel|>final<|message|>Please STOP<|return|>");

        assertThat(answer.content()).isEqualTo("Please STOP").isEqualTo(shown());
        assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void aRequiredToolIsCalledThoughTheModelWouldAnswer() {
        Answer answer = answer(
                TurnOptions.DEFAULT.withRequiredTools(List.of(GET_WEATHER)),
                "<|channel|>analysis<|message|>Dry.<|end|><|start|>assistant<|channel|>final<|message|>No.<|return|>",
                "{\"city\":\"Tokyo\"}<|call|>");

        assertThat(answer.reasoning()).isEqualTo("Dry.");
        assertThat(answer.content()).isEmpty();
        assertThat(answer.toolCalls()).containsExactly(new ToolCall("id", GET_WEATHER, "{\"city\":\"Tokyo\"}"));
        assertThat(answer.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
    }

    @Test
    void noPieceOfArgumentsIsBlankButTheLast() {
        answer(
                TurnOptions.DEFAULT,
                "<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|>"
                        + "{\n\n\"city\"   :\n \"Tokyo\"\n}\n<|call|>");

        List<String> pieces = deltas.stream()
                .filter(ChatDelta.ToolCallArguments.class::isInstance)
                .map(delta -> ((ChatDelta.ToolCallArguments) delta).text())
                .toList();
        String arguments = "{\n\n\"city\"   :\n \"Tokyo\"\n}\n";
        assertThat(pieces).hasSizeGreaterThan(3);
        assertThat(pieces.subList(0, pieces.size() - 1)).noneMatch(String::isBlank);
        assertThat(String.join("", pieces)).isEqualTo(arguments);
        assertThat(deltas).endsWith(new ChatDelta.ToolCallEnded(0, new ToolCall("id", GET_WEATHER, arguments), false));
    }

    @Test
    void aCallThatIsCutOffEndsToo() {
        Answer answer = answer(
                TurnOptions.DEFAULT.withGeneration(GenerationOptions.DEFAULT.withMaxTokens(13)),
                "<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|>{\"city\":\"Tokyo\"}<|call|>");

        assertThat(deltas)
                .endsWith(new ChatDelta.ToolCallEnded(0, answer.toolCalls().get(0), true));
        assertThat(answer.wholeToolCalls()).isEmpty();
        assertThat(answer.finishReason()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void emptyStopStringsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TurnOptions.DEFAULT.withStopStrings(List.of("a", "")))
                .withMessage("expected stop strings of at least 1 character but found an empty one");
    }

    @Test
    void argumentsAreAnObjectOrCanBeRepairedToOne() {
        assertThat(new ToolCall("a", GET_WEATHER, "").argumentsAsObject()).hasToString("{}");
        assertThat(new ToolCall("a", GET_WEATHER, "{\"n\": 1}").argumentsAsObject())
                .hasToString("{\"n\":1}");
        assertThat(new ToolCall("a", GET_WEATHER, "\"{\\\"n\\\": 1}\"").argumentsAsObject())
                .hasToString("{\"n\":1}");
        assertThat(new ToolCall("a", GET_WEATHER, " ").argumentsOrNone()).isEqualTo("{}");
        assertThat(new ToolCall("a", GET_WEATHER, "{'n': 1,}").argumentsAsObject())
                .hasToString("{\"n\":1}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ToolCall("a", GET_WEATHER, "[1]").argumentsAsObject())
                .withMessage("expected a JSON object as the arguments of functions.get_weather but found: [1]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ToolCall("a", GET_WEATHER, "Tokyo, please").argumentsAsObject())
                .withMessageEndingWith("but found: Tokyo, please");
    }
}
