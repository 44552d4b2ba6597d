package io.harmony4j.renderer;

import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Role;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Null is refused by the name of the argument. */
@SuppressWarnings({"NullAway", "DataFlowIssue"})
class NullArgumentsTest {
    private static final HarmonyRenderer RENDERER = new HarmonyRenderer(Fragments.TOKENIZER);
    private static final ChatTemplate TEMPLATE = new ChatTemplate(Fragments.TOKENIZER, LocalDate.EPOCH);
    private static final Compactor COMPACTOR = new Compactor(Fragments.TOKENIZER, RenderOptions.DEFAULT, 1);
    private static final Conversation EMPTY = Conversation.of();

    @TestFactory
    Stream<DynamicTest> isRefusedByName() {
        Map<String, ThrowingCallable> calls = new TreeMap<>(Map.ofEntries(
                Map.entry("HarmonyRenderer tokenizer", () -> new HarmonyRenderer(null)),
                Map.entry("HarmonyRenderer options", () -> new HarmonyRenderer(Fragments.TOKENIZER, null)),
                Map.entry("render conversation", () -> RENDERER.render((Conversation) null)),
                Map.entry("render message", () -> RENDERER.render((Message) null)),
                Map.entry("renderForCompletion conversation", () -> RENDERER.renderForCompletion(null, Role.ASSISTANT)),
                Map.entry("renderForCompletion nextRole", () -> RENDERER.renderForCompletion(EMPTY, null)),
                Map.entry("countForCompletion conversation", () -> RENDERER.countForCompletion(null, Role.ASSISTANT)),
                Map.entry("countForCompletion nextRole", () -> RENDERER.countForCompletion(EMPTY, null)),
                Map.entry("renderForTraining conversation", () -> RENDERER.renderForTraining(null)),
                Map.entry("HarmonyRenderer.dropped conversation", () -> RENDERER.dropped(null)),
                Map.entry("RenderOptions.dropped conversation", () -> RenderOptions.DEFAULT.dropped(null)),
                Map.entry("renderEach conversation", () -> RENDERER.renderEach(null)),
                Map.entry(
                        "renderingForCompletion conversation",
                        () -> RENDERER.renderingForCompletion(null, Role.ASSISTANT, RENDERER.rendering(EMPTY))),
                Map.entry("prefixOf earlier", () -> RENDERER.rendering(EMPTY).prefixOf(null)),
                Map.entry("AnalysisPolicy.dropped conversation", () -> AnalysisPolicy.KEEP_ALL.dropped(null)),
                Map.entry("AnalysisPolicy.apply conversation", () -> AnalysisPolicy.KEEP_ALL.apply(null)),
                Map.entry("AnalysisPolicy.find wireName", () -> AnalysisPolicy.find(null)),
                Map.entry("AnalysisPolicy.of wireName", () -> AnalysisPolicy.of(null)),
                Map.entry("withAnalysisPolicy policy", () -> RenderOptions.DEFAULT.withAnalysisPolicy(null)),
                Map.entry("lint conversation", () -> ConversationLinter.DEFAULT.lint((Conversation) null)),
                Map.entry("lint json", () -> ConversationLinter.DEFAULT.lint((String) null)),
                Map.entry("withPolicy policy", () -> ConversationLinter.DEFAULT.withPolicy(null)),
                Map.entry("withPurpose purpose", () -> ConversationLinter.DEFAULT.withPurpose(null)),
                Map.entry("ChatTemplate tokenizer", () -> new ChatTemplate(null, LocalDate.EPOCH)),
                Map.entry("ChatTemplate date", () -> new ChatTemplate(Fragments.TOKENIZER, null)),
                Map.entry("ChatTemplate.renderingForCompletion chatJson", () -> TEMPLATE.renderingForCompletion(null)),
                Map.entry("ChatTemplate.renderingForTraining chatJson", () -> TEMPLATE.renderingForTraining(null)),
                Map.entry("UnslothMask tokenizer", () -> UnslothMask.of(null)),
                Map.entry("UnslothMask instructionPart", () -> UnslothMask.of(Fragments.TOKENIZER, null, "x")),
                Map.entry("UnslothMask responsePart", () -> UnslothMask.of(Fragments.TOKENIZER, "x", null)),
                Map.entry(
                        "UnslothMask.apply rendering",
                        () -> UnslothMask.of(Fragments.TOKENIZER).apply(null)),
                Map.entry("withSummariser summariser", () -> COMPACTOR.withSummariser(null)),
                Map.entry("compact conversation", () -> COMPACTOR.compact(null)),
                Map.entry("faithfulTypeScript schemaJson", () -> HarmonyRenderer.faithfulTypeScript(null)),
                Map.entry("SchemaType text", () -> new SchemaType(null, List.of())),
                Map.entry("SchemaType helpers", () -> new SchemaType("any", null)),
                Map.entry("typeScript schemaJson", () -> HarmonyRenderer.typeScript(null))));
        return calls.entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(
                        call.getKey(),
                        () -> assertThatNullPointerException()
                                .isThrownBy(call.getValue())
                                .withMessage(call.getKey().replaceAll(".* ", ""))));
    }
}
