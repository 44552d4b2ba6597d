package io.harmony4j.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.ToolDescription;
import io.harmony4j.generation.FinishReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParseResultTest {
    private static final ParseOptions ASSISTANT = ParseOptions.forRole(Role.ASSISTANT);
    private static final String CALL = "<|channel|>commentary to=functions.f<|message|>{}";

    @Test
    void aFinishedAnswerIsReadInOneCall() {
        ParseResult result =
                HarmonyParser.parse(TokenStreams.tokens("<|channel|>final<|message|>Tokyo.<|return|>"), ASSISTANT);

        assertThat(result.messages()).containsExactly(Message.answer("Tokyo."));
        assertThat(result.diagnostics()).isEmpty();
        assertThat(result.usage().orElseThrow().total()).isEqualTo(6);
        assertThat(result.finishReason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void textIsReadInOneCallAndHasNoUsage() {
        ParseResult result = HarmonyParser.parse("<|channel|>final<|message|>Tokyo.<|return|>", ASSISTANT);

        assertThat(result.messages()).containsExactly(Message.answer("Tokyo."));
        assertThat(result.usage()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "<|return|>, STOP, TOOL_CALLS",
        "<|end|>, STOP, TOOL_CALLS",
        "<|call|>, STOP, TOOL_CALLS",
        "'', LENGTH, LENGTH",
    })
    void theLastMessageTellsWhyTheModelStopped(String end, FinishReason ofAnswer, FinishReason ofCall) {
        assertThat(HarmonyParser.parse("<|channel|>final<|message|>Hi" + end, ASSISTANT)
                        .finishReason())
                .isEqualTo(ofAnswer);
        assertThat(HarmonyParser.parse(CALL + end, ASSISTANT).finishReason()).isEqualTo(ofCall);
    }

    @ParameterizedTest
    @CsvSource({
        "STOP, STOP, TOOL_CALLS",
        "LENGTH, LENGTH, LENGTH",
        "CANCELLED, CANCELLED, CANCELLED",
        "TOOL_CALLS, TOOL_CALLS, TOOL_CALLS",
    })
    void theRuntimesOwnWordWins(FinishReason given, FinishReason ofAnswer, FinishReason ofCall) {
        assertThat(finished("<|channel|>final<|message|>Hi", given)).isEqualTo(ofAnswer);
        assertThat(finished(CALL, given)).isEqualTo(ofCall);
    }

    private static FinishReason finished(String text, FinishReason given) {
        TextParser parser = new TextParser(ASSISTANT, event -> {});
        parser.accept(text);
        parser.finish(given);
        return parser.result().finishReason();
    }

    @Test
    void aResultDoesNotGrow() {
        StreamParser parser = new StreamParser(TokenStreams.TOKENIZER, ASSISTANT, event -> {});
        ParseResult before = parser.result();
        for (int token : TokenStreams.tokens("<|message|>Hi<|end|><|end|>")) {
            parser.accept(token);
        }

        assertThat(before.messages()).isEmpty();
        assertThat(before.diagnostics()).isEmpty();
        assertThat(parser.result().messages()).hasSize(1);
        assertThat(parser.result().diagnostics()).hasSize(1);
    }

    @Test
    void optionsAfterAConversationKnowItsTools() {
        Conversation conversation = Conversation.of(
                Message.developer(Content.developer("Help.", ToolDescription.of("get_weather", "The weather."))),
                Message.user("Rain?"));

        ParseResult result = HarmonyParser.parse(
                "<|channel|>commentary to=functions.Get_Weather<|message|>{}<|call|>",
                ParseOptions.after(conversation));

        assertThat(result.messages().get(0).recipient()).isEqualTo(Recipient.function("get_weather"));
    }

    @Test
    void theModelStoppedAtReturnWhereverItStands() {
        for (String rest : List.of("<|return|>", "<|start|>assistant<|channel|>final<|return|>")) {
            ParseResult result = HarmonyParser.parse("<|channel|>analysis<|message|>Hm.<|end|>" + rest, ASSISTANT);
            assertThat(result.finishReason()).isEqualTo(FinishReason.STOP);
        }
    }
}
