package io.harmony4j.chat;

import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.parser.ParseEvent;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Null, where there must be something, is refused by the name of the argument, and at once. */
@SuppressWarnings("NullAway")
class NullArgumentTest {
    private static final Recipient TOOL = Recipient.function("f");
    private static final Conversation NOTHING_SAID = Conversation.of();
    private static final GenerationOptions OPTIONS = GenerationOptions.DEFAULT;
    private static final HarmonyModel MODEL = new HarmonyModel(Scripted.TOKENIZER, Scripted.model());
    private static final ToolLoop LOOP = new ToolLoop(MODEL);
    private static final ChatStream STREAM = new ChatStream(delta -> {});

    private static DynamicTest named(String name, ThrowingCallable call) {
        return DynamicTest.dynamicTest(
                name, () -> assertThatNullPointerException().isThrownBy(call).withMessage(name));
    }

    @TestFactory
    List<DynamicTest> modelAndLoop() {
        return List.of(
                named("tokenizer", () -> new HarmonyModel(null, Scripted.model())),
                named("generator", () -> new HarmonyModel(Scripted.TOKENIZER, null)),
                named("options", () -> MODEL.withRenderOptions(null)),
                named("callIds", () -> MODEL.withCallIds(null)),
                named("conversation", () -> MODEL.answer(null, OPTIONS, delta -> {})),
                named("history", () -> MODEL.answer((TokenHistory) null, TurnOptions.DEFAULT, delta -> {})),
                named("conversation", () -> MODEL.history(null)),
                named("options", () -> MODEL.answer(NOTHING_SAID, (GenerationOptions) null, delta -> {})),
                named("options", () -> MODEL.answer(NOTHING_SAID, (TurnOptions) null, delta -> {})),
                named("conversation", () -> MODEL.prompt(null)),
                named("conversation", () -> MODEL.countPrompt(null)),
                named("options", () -> TurnOptions.DEFAULT.withGeneration(null)),
                named("stops", () -> TurnOptions.DEFAULT.withStopStrings(null)),
                named("tools", () -> TurnOptions.DEFAULT.withRequiredTools(null)),
                named("tool", () -> TurnOptions.DEFAULT.withRequiredTools(Collections.singleton(null))),
                named("deltas", () -> MODEL.answer(NOTHING_SAID, OPTIONS, null)),
                named("model", () -> new ToolLoop(null)),
                named("tool", () -> LOOP.withTool(null, arguments -> "")),
                named("function", () -> LOOP.withTool(TOOL, null)),
                named("functions", () -> LOOP.withTools(null)),
                named("tool", () -> LOOP.withTools(Collections.singletonMap(null, arguments -> ""))),
                named("function", () -> LOOP.withTools(Collections.singletonMap(TOOL, null))),
                named("options", () -> LOOP.withOptions(null)),
                named("limits", () -> LOOP.withLimits(null)),
                named("cancelled", () -> LOOP.withCancelled(null)),
                named("conversation", () -> LOOP.run((Conversation) null, event -> {})),
                named("history", () -> LOOP.run((TokenHistory) null, event -> {})),
                named("listener", () -> LOOP.run(NOTHING_SAID, null)));
    }

    @TestFactory
    List<DynamicTest> history() {
        TokenHistory history = MODEL.history(NOTHING_SAID);
        HarmonyRenderer renderer = new HarmonyRenderer(Scripted.TOKENIZER);
        return List.of(
                named("renderer", () -> TokenHistory.of(null)),
                named("tokenizer", () -> TokenHistory.of(null, RenderOptions.DEFAULT)),
                named("options", () -> TokenHistory.of(Scripted.TOKENIZER, null)),
                named("json", () -> TokenHistory.fromJson(null, renderer, text -> {})),
                named("renderer", () -> TokenHistory.fromJson("", null, text -> {})),
                named("discarded", () -> TokenHistory.fromJson("", renderer, null)),
                named("policy", () -> history.withAnalysisPolicy(null)),
                named("messages", () -> history.with((List<Message>) null)),
                named("answer", () -> history.with((Answer) null)),
                named("tokens", () -> history.withGenerated(null)),
                named("tokens", () -> history.withGenerated(null, List.of())),
                named("messages", () -> history.withGenerated(new int[0], null)),
                named("tokens", () -> history.withSampled(null, List.of())),
                named("messages", () -> history.withSampled(new int[0], null)),
                named("read", () -> history.extend(null)));
    }

    @TestFactory
    List<DynamicTest> streamAndView() {
        return List.of(
                named("deltas", () -> new ChatStream(null)),
                named("callIds", () -> new ChatStream(delta -> {}, null)),
                named("event", () -> STREAM.accept((ParseEvent) null)),
                named("result", () -> STREAM.view(null)),
                named("result", () -> ChatView.of(null)),
                named("counts", () -> Usage.of(null)),
                named("other", () -> Usage.of(1, 0).plus(null)));
    }

    @TestFactory
    List<DynamicTest> values() {
        return List.of(
                named("id", () -> new ToolCall(null, TOOL, "")),
                named("recipient", () -> new ToolCall("", null, "")),
                named("arguments", () -> new ToolCall("", TOOL, null)),
                named("text", () -> new ChatDelta.Reasoning(0, null, null)),
                named("text", () -> new ChatDelta.Content(0, null, null)),
                named("id", () -> new ChatDelta.ToolCallStarted(0, null, TOOL)),
                named("recipient", () -> new ChatDelta.ToolCallStarted(0, "", null)),
                named("text", () -> new ChatDelta.ToolCallArguments(0, null)),
                named("prompt", () -> new LoopEvent.RoundStarted(1, null)),
                named("event", () -> new LoopEvent.Parsed(null)),
                named("tool", () -> new LoopEvent.ToolCalled(null, "")),
                named("arguments", () -> new LoopEvent.ToolCalled(TOOL, null)),
                named("tool", () -> new LoopEvent.ToolAnswered(null, "", false)),
                named("text", () -> new LoopEvent.ToolAnswered(TOOL, null, false)));
    }

    @TestFactory
    List<DynamicTest> transcript() {
        ChatTranscript transcript = new ChatTranscript();
        return List.of(
                named("system", () -> transcript.system(null)),
                named("instructions", () -> transcript.instructions(null)),
                named("functions", () -> transcript.tools(null)),
                named("function", () -> transcript.tools(Collections.singletonList(null))),
                named("text", () -> transcript.user(null)),
                named("reasoning", () -> transcript.assistant(null, "", List.of())),
                named("content", () -> transcript.assistant("", null, List.of())),
                named("toolCalls", () -> transcript.assistant("", "", null)),
                named("toolCall", () -> transcript.assistant("", "", Collections.singletonList(null))),
                named("callId", () -> transcript.toolResult(null, "")),
                named(
                        "result",
                        () -> new ChatTranscript()
                                .assistant("", "", List.of(new ToolCall("a", TOOL, "")))
                                .toolResult("a", null)));
    }
}
