package io.harmony4j.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.harmony4j.Channel;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.parser.HarmonyParser;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.parser.ParseResult;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.tokenizer.AllowedSpecial;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChatViewTest {
    private static final ParseOptions ASSISTANT = ParseOptions.forRole(Role.ASSISTANT);

    /** Returns what a parser reads of messages as a model writes them. */
    private static ParseResult written(Message... messages) {
        HarmonyRenderer renderer = new HarmonyRenderer(
                Scripted.TOKENIZER, RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.KEEP_ALL));
        return HarmonyParser.parse(renderer.render(Conversation.of(messages)), ParseOptions.DEFAULT);
    }

    @Test
    void reasoningContentAndCallsAreApart() {
        ChatView view = ChatView.of(written(
                Message.user("left out"),
                Message.analysis("First."),
                Message.analysis("Second."),
                Message.preamble("to myself").withRecipient(Recipient.ASSISTANT),
                Message.preamble("I will look."),
                Message.call(Recipient.function("f"), "{ }"),
                Message.analysis("print(1)").withRecipient(Recipient.of("python")),
                Message.tool(Recipient.function("f"), "left out"),
                Message.of(Role.ASSISTANT, "no channel"),
                Message.answer("Done.").withRecipient(Recipient.USER)));

        assertThat(view.reasoning()).isEqualTo("First.\nSecond.\nto myself");
        assertThat(view.content()).isEqualTo("I will look.\nno channel\nDone.");
        assertThat(view.toolCalls())
                .extracting(ToolCall::recipient, ToolCall::name, ToolCall::arguments)
                .containsExactly(
                        tuple(Recipient.function("f"), "f", "{ }"),
                        tuple(Recipient.of("python"), "python", "print(1)"));
    }

    /** Plays an answer in which every kind of message is, and returns its deltas. */
    private static List<ChatDelta> deltas(Message... messages) {
        List<ChatDelta> deltas = new ArrayList<>();
        ChatStream chat = new ChatStream(deltas::add, () -> "id");
        written(messages).messages().forEach(chat::accept);
        return deltas;
    }

    @Test
    void deltasKnowTheirMessage() {
        List<ChatDelta> deltas = deltas(
                Message.analysis("a"),
                Message.preamble("b"),
                Message.call(Recipient.function("f"), "{}"),
                Message.tool(Recipient.function("f"), "left out, but counted"),
                Message.analysis("c"),
                Message.answer(""),
                Message.of(Role.ASSISTANT, "d"));

        assertThat(deltas)
                .containsExactly(
                        new ChatDelta.Reasoning(0, Channel.ANALYSIS, "a"),
                        new ChatDelta.Content(1, Channel.COMMENTARY, "b"),
                        new ChatDelta.ToolCallStarted(0, "id", Recipient.function("f")),
                        new ChatDelta.ToolCallArguments(0, "{}"),
                        new ChatDelta.ToolCallEnded(0, new ToolCall("id", Recipient.function("f"), "{}"), false),
                        new ChatDelta.Reasoning(4, Channel.ANALYSIS, "\n"),
                        new ChatDelta.Reasoning(4, Channel.ANALYSIS, "c"),
                        new ChatDelta.Content(5, Channel.FINAL, "\n"),
                        new ChatDelta.Content(6, null, "\n"),
                        new ChatDelta.Content(6, null, "d"));
    }

    @Test
    void callsOfAllViewsHaveIdsOfTheirOwn() {
        ParseResult result =
                written(Message.call(Recipient.function("f"), "1"), Message.call(Recipient.function("f"), "2"));

        List<ToolCall> one = ChatView.of(result).toolCalls();
        List<ToolCall> other = ChatView.of(result).toolCalls();

        assertThat(List.of(
                        one.get(0).id(),
                        one.get(1).id(),
                        other.get(0).id(),
                        other.get(1).id()))
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(id).matches("call_[0-9a-f]{24}"));
    }

    @Test
    void aCallsRecipientAnswersIt() {
        ToolCall call = ChatView.of(written(Message.call(Recipient.function("f"), "{}")))
                .toolCalls()
                .get(0);

        assertThat(Message.tool(call.recipient(), "42").author().name()).isEqualTo("functions.f");
        assertThat(Message.tool(call.recipient(), "42").channel()).isEqualTo(Channel.COMMENTARY);
    }

    @Test
    void theResultSaysHowTheStreamEndedAndWhatItTook() {
        ChatView cutOff = ChatView.of(HarmonyParser.parse("<|message|>Hi", ASSISTANT));
        assertThat(cutOff.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(cutOff.usage()).isEmpty();

        ChatView call = ChatView.of(HarmonyParser.parse(
                Scripted.TOKENIZER.encode(
                        "<|channel|>analysis<|message|>Hm.<|end|>"
                                + "<|start|>assistant to=python<|channel|>analysis<|message|>1<|call|>",
                        AllowedSpecial.ALL),
                ASSISTANT));
        assertThat(call.finishReason()).isEqualTo(FinishReason.TOOL_CALLS);
        assertThat(call.usage().orElseThrow().completionTokens()).isEqualTo(16);
        assertThat(call.usage().orElseThrow().reasoningTokens()).isEqualTo(2);
    }

    @Test
    void nothingIsAnEmptyView() {
        ChatView view = ChatView.of(HarmonyParser.parse("", ASSISTANT));

        assertThat(view.reasoning()).isEmpty();
        assertThat(view.content()).isEmpty();
        assertThat(view.toolCalls()).isEmpty();
        assertThat(view.finishReason()).isEqualTo(FinishReason.LENGTH);
    }
}
