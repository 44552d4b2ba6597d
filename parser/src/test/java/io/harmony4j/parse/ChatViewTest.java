package io.harmony4j.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Channel;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.parse.ChatView.FinishReason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChatViewTest {
    @Test
    void reasoningContentAndCallsAreApart() {
        ChatView view = ChatView.of(List.of(
                Message.user("left out"),
                Message.assistant("First.").withChannel(Channel.ANALYSIS),
                Message.assistant("Second.").withChannel(Channel.ANALYSIS),
                Message.assistant("to myself").withChannel(Channel.COMMENTARY).withRecipient(Recipient.ASSISTANT),
                Message.assistant("I will look.").withChannel(Channel.COMMENTARY),
                Message.assistant("{ }").withChannel(Channel.COMMENTARY).withRecipient(Recipient.function("f")),
                Message.assistant("print(1)").withChannel(Channel.ANALYSIS).withRecipient(Recipient.of("python")),
                Message.tool("functions.f", "left out"),
                Message.assistant("no channel"),
                Message.assistant("Done.").withChannel(Channel.FINAL).withRecipient(Recipient.USER)));
        assertThat(view.reasoning()).isEqualTo("First.\nSecond.\nto myself");
        assertThat(view.content()).isEqualTo("I will look.\nno channel\nDone.");
        assertThat(view.toolCalls())
                .containsExactly(
                        new ChatView.ToolCall("call_0", "f", "{ }"),
                        new ChatView.ToolCall("call_1", "python", "print(1)"));
    }

    @Test
    void parserKnowsHowTheStreamEndedAndWhatItTook() {
        ParseOptions assistant = ParseOptions.forRole(Role.ASSISTANT);
        ChatView cutOff = TokenStreams.run(assistant, event -> {}, TokenStreams.tokens("<|message|>Hi"))
                .chat();
        assertThat(cutOff.finishReason()).isEqualTo(FinishReason.LENGTH);
        ChatView call = TokenStreams.run(
                        assistant,
                        event -> {},
                        TokenStreams.tokens("<|channel|>analysis<|message|>Hm.<|end|>"
                                + "<|start|>assistant to=python<|channel|>analysis<|message|>1<|call|>"))
                .chat();
        assertThat(call.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(call.usage()).isEqualTo(new Usage(16, 2, Map.of("analysis", new Usage.Channel(13, 3))));
    }

    @Test
    void noMessagesAreAnEmptyView() {
        assertThat(ChatView.of(List.of())).isEqualTo(new ChatView("", "", List.of(), ChatView.FinishReason.STOP, null));
    }
}
