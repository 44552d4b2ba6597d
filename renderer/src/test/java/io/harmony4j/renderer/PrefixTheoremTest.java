package io.harmony4j.renderer;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Channel;
import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.ToolDescription;
import io.harmony4j.ToolNamespace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * When the rendering of a conversation begins with that of the conversation without its last message, so that a runtime that has read the
 * one can go on with the other; and that a rendering that goes on from another one renders what is new alone.
 */
class PrefixTheoremTest {
    private static final Recipient TOOL = Recipient.function("f");
    private static final Message RESULT = Message.tool(TOOL, "1");

    /** Few of each kind, so that the same message often comes twice. */
    @Provide
    Arbitrary<Conversation> conversations() {
        Arbitrary<Message> rare = Arbitraries.of(
                Message.system(Content.System.DEFAULT),
                Message.system(Content.System.DEFAULT.withTools(ToolNamespace.python())),
                Message.system(new Content.System("I", null, null, null, null, null)),
                Message.system(Content.System.DEFAULT).withChannel(Channel.ANALYSIS),
                Message.developer(Content.developer("Be brief.")),
                Message.developer(Content.developer("Be brief.", ToolDescription.of("f", "F."))),
                Message.developer(Content.developer("", ToolDescription.of("f", "F.")))
                        .withChannel(Channel.ANALYSIS),
                Message.user("Hm.").withChannel(Channel.ANALYSIS),
                Message.user("No.").withChannel(Channel.FINAL),
                Message.of(Role.ASSISTANT, "Hi"));
        Arbitrary<Message> frequent = Arbitraries.of(
                Message.user("Hi"),
                Message.user("Why?"),
                Message.analysis("Hm."),
                Message.analysis("So."),
                Message.preamble("Let me see."),
                Message.call(TOOL, "{}"),
                Message.call(TOOL, "{}").withChannel(Channel.ANALYSIS),
                Message.call(Recipient.of("python"), "1"),
                RESULT,
                RESULT.withChannel(Channel.ANALYSIS),
                Message.tool(Recipient.of("python"), "1"),
                Message.answer("Yes."),
                Message.answer("No."));
        return Arbitraries.frequencyOf(Tuple.of(1, rare), Tuple.of(4, frequent))
                .list()
                .ofMaxSize(12)
                .map(Conversation::new);
    }

    @Provide
    Arbitrary<RenderOptions> options() {
        return Combinators.combine(
                        Arbitraries.of(Dialect.OPENAI, Dialect.OSS),
                        Arbitraries.of(AnalysisPolicy.class),
                        Arbitraries.of(true, false))
                .as((dialect, policy, pairs) -> RenderOptions.DEFAULT
                        .withDialect(dialect)
                        .withAnalysisPolicy(policy)
                        .withDropPairs(pairs));
    }

    private static Conversation first(Conversation conversation, int count) {
        return new Conversation(conversation.messages().subList(0, count));
    }

    private static List<Message> kept(Conversation conversation, RenderOptions options) {
        List<Integer> dropped = options.dropped(conversation);
        return IntStream.range(0, conversation.messages().size())
                .filter(index -> !dropped.contains(index))
                .mapToObj(conversation.messages()::get)
                .toList();
    }

    private static boolean hasChannels(Message message) {
        return message.content().stream()
                .anyMatch(part -> part instanceof Content.System system && system.channelConfig() != null);
    }

    @Property(tries = 1000)
    void aRenderingGoesOnWhereTheLastOneEndedUnlessWhatIsLeftOutOrWhatTheSystemSaysChanges(
            @ForAll("conversations") Conversation conversation, @ForAll("options") RenderOptions options) {
        HarmonyRenderer renderer = new HarmonyRenderer(Fragments.TOKENIZER, options);
        for (int i = 0; i < conversation.messages().size(); i++) {
            int last = i;
            Conversation before = first(conversation, last);
            Conversation after = first(conversation, last + 1);
            List<Message> keptBefore = kept(before, options);
            List<Message> keptAfter = kept(after, options);
            boolean dropsTheSame = options.dropped(before)
                    .equals(options.dropped(after).stream()
                            .filter(index -> index < last)
                            .toList());
            boolean hasSameSystem = PlainRenderer.hasFunctionTools(before) == PlainRenderer.hasFunctionTools(after)
                    || keptBefore.stream().noneMatch(PrefixTheoremTest::hasChannels);
            // another message, equal to the one that is left out, may have come into its place
            boolean isTheSameByChance = hasSameSystem
                    && keptAfter.size() >= keptBefore.size()
                    && keptAfter.subList(0, keptBefore.size()).equals(keptBefore);

            int[] tokens = renderer.render(before);
            boolean goesOn = Arrays.equals(tokens, Arrays.copyOf(renderer.render(after), tokens.length));

            assertThat(goesOn).isEqualTo((dropsTheSame && hasSameSystem) || isTheSameByChance);
        }
    }

    /** At the end of a training example stands another token, which is none in the middle. */
    @Test
    void aTrainingExampleThatEndsWithAnAnswerDoesNotGoOn() {
        Conversation conversation = Conversation.of(Message.user("Hi"), Message.answer("Yes."), Message.user("Why?"));
        HarmonyRenderer renderer = new HarmonyRenderer(Fragments.TOKENIZER);
        Rendering answered = renderer.renderingForTraining(first(conversation, 2));

        assertThat(renderer.renderingForTraining(conversation).prefixOf(answered))
                .isEqualTo(new Rendering.Prefix(answered.tokens().length - 1, 1, false));
        assertThat(renderer.renderingForTraining(first(conversation, 2))
                        .prefixOf(renderer.renderingForTraining(first(conversation, 1)))
                        .isWhole())
                .isTrue();
    }

    /** Whatever the earlier rendering is of: what it has is taken over, and nothing else. */
    @Property(tries = 500)
    void whatIsTakenOverIsWhatWouldBeRendered(
            @ForAll("conversations") Conversation earlier,
            @ForAll("conversations") Conversation other,
            @ForAll("options") RenderOptions options,
            @ForAll boolean isTraining) {
        HarmonyRenderer renderer = new HarmonyRenderer(Fragments.TOKENIZER, options);
        Rendering first = isTraining ? renderer.renderingForTraining(earlier) : renderer.rendering(earlier);
        for (Conversation conversation : List.of(earlier.with(other.messages()), other)) {
            Rendering anew = renderer.renderingForCompletion(conversation, Role.ASSISTANT);
            Rendering next = renderer.renderingForCompletion(conversation, Role.ASSISTANT, first);

            assertThat(next.tokens())
                    .isEqualTo(anew.tokens())
                    .isEqualTo(renderer.renderForCompletion(conversation, Role.ASSISTANT));
            assertThat(next.messages()).isEqualTo(anew.messages());
            assertThat(next.parts()).isEqualTo(anew.parts());
            assertThat(next.dropped()).isEqualTo(anew.dropped());
            assertThat(anew.rendered()).isEqualTo(anew.messages().size());
            assertThat(next.rendered()).isLessThanOrEqualTo(anew.rendered());
        }
    }

    private static Conversation turns(int count) {
        List<Message> messages = new ArrayList<>(List.of(Message.system(Content.System.DEFAULT)));
        for (int turn = 0; turn < count; turn++) {
            messages.addAll(List.of(
                    Message.user("Question " + turn),
                    Message.analysis("I should look."),
                    Message.call(TOOL, "{}"),
                    RESULT,
                    Message.analysis("I know."),
                    Message.answer("Answer " + turn)));
        }
        return new Conversation(messages);
    }

    @ParameterizedTest
    @CsvSource({"KEEP_ALL", "SINCE_LAST_FINAL", "CURRENT_TURN", "DROP_ALL", "REFERENCE"})
    void theNextTurnRendersWhatIsNew(AnalysisPolicy policy) {
        HarmonyRenderer renderer =
                new HarmonyRenderer(Fragments.TOKENIZER, RenderOptions.DEFAULT.withAnalysisPolicy(policy));
        Conversation conversation = turns(50);
        Rendering rendering = renderer.renderingForCompletion(conversation, Role.ASSISTANT);
        for (Message message : List.of(
                Message.user("And?"),
                Message.analysis("Hm."),
                Message.call(TOOL, "{}"),
                RESULT,
                Message.answer("Done."),
                Message.user("Thanks"))) {
            conversation = conversation.with(message);
            Rendering next = renderer.renderingForCompletion(conversation, Role.ASSISTANT, rendering);
            int thoughtsThatComeBack = rendering.dropped().size()
                    - (int) rendering.dropped().stream()
                            .filter(next.dropped()::contains)
                            .count();

            assertThat(next.rendered()).isLessThanOrEqualTo(1 + thoughtsThatComeBack);
            assertThat(next.tokens()).isEqualTo(renderer.renderForCompletion(conversation, Role.ASSISTANT));
            rendering = next;
        }
        assertThat(new HarmonyRenderer(Fragments.TOKENIZER)
                        .renderingForCompletion(turns(2), Role.ASSISTANT, rendering)
                        .rendered())
                .as("of another renderer nothing is taken over")
                .isEqualTo(11);
    }

    @Test
    void toolsThatAreDeclaredLateChangeTheSystemMessageAlone() {
        HarmonyRenderer renderer = new HarmonyRenderer(Fragments.TOKENIZER);
        Rendering rendering = renderer.renderingForCompletion(turns(3), Role.ASSISTANT);
        Conversation more =
                turns(3).with(Message.developer(Content.developer("Be brief.", ToolDescription.of("f", "F."))));
        Rendering next = renderer.renderingForCompletion(more, Role.ASSISTANT, rendering);

        assertThat(next.rendered()).isEqualTo(2);
        assertThat(next.tokens()).isEqualTo(renderer.renderForCompletion(more, Role.ASSISTANT));
        assertThat(next.prefixOf(rendering).message()).isZero();
    }

    /** At which message, while a conversation of three turns grows, the rendering of what was there before changes. */
    @ParameterizedTest
    @CsvSource({
        "KEEP_ALL, ''",
        "SINCE_LAST_FINAL, '2 8 14'",
        "CURRENT_TURN, '2 8'",
        "DROP_ALL, ''",
        "REFERENCE, '2 2 2 2 2'",
    })
    void aPolicyHasItsBreaks(AnalysisPolicy policy, String breaks) {
        HarmonyRenderer renderer =
                new HarmonyRenderer(Fragments.TOKENIZER, RenderOptions.DEFAULT.withAnalysisPolicy(policy));
        List<String> found = new ArrayList<>();
        Rendering last = renderer.rendering(turns(0));
        for (int size = 2; size <= 19; size++) {
            Rendering next = renderer.rendering(first(turns(3), size));
            Rendering.Prefix prefix = next.prefixOf(last);
            if (!prefix.isWhole()) {
                found.add(String.valueOf(prefix.message()));
            }
            last = next;
        }

        assertThat(String.join(" ", found)).isEqualTo(breaks);
    }

    @Test
    void aPrefixEndsAtTheFirstMessageThatIsNotTheSame() {
        HarmonyRenderer renderer = new HarmonyRenderer(Fragments.TOKENIZER);
        Conversation conversation = turns(1);
        Rendering rendering = renderer.renderingForCompletion(conversation, Role.ASSISTANT);
        int length = rendering.tokens().length;

        assertThat(rendering.prefixOf(rendering)).isEqualTo(new Rendering.Prefix(length, 7, true));
        assertThat(renderer.renderingForCompletion(conversation.with(Message.preamble("So.")), Role.ASSISTANT)
                        .prefixOf(rendering))
                .as("the thoughts come back; their headers begin as those of the messages in their place")
                .isEqualTo(new Rendering.Prefix(rendering.messages().get(2).start() + 2, 2, false));
        assertThat(renderer.renderingForCompletion(conversation.with(Message.user("So?")), Role.ASSISTANT)
                        .prefixOf(rendering))
                .as("the prompt was to go on with the assistant")
                .isEqualTo(new Rendering.Prefix(length - 1, 7, false));
        assertThat(renderer.rendering(Conversation.of()).prefixOf(rendering))
                .isEqualTo(new Rendering.Prefix(0, 0, false));
    }

    @Test
    void whatIsLeftOutHasACount() {
        HarmonyRenderer renderer = new HarmonyRenderer(Fragments.TOKENIZER);
        HarmonyRenderer keeping = new HarmonyRenderer(
                Fragments.TOKENIZER, RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.KEEP_ALL));
        Rendering rendering = renderer.rendering(turns(1));

        assertThat(rendering.dropped()).containsExactly(2, 5);
        assertThat(rendering.droppedTokens())
                .isEqualTo(keeping.render(turns(1)).length - rendering.tokens().length)
                .isPositive();
        assertThat(keeping.rendering(turns(1)).droppedTokens()).isZero();
    }

    @Test
    void callAndResultAreLeftOutTogether() {
        Message call = Message.call(TOOL, "{}");
        Message hidden = call.withChannel(Channel.ANALYSIS);
        RenderOptions options = RenderOptions.DEFAULT
                .withAnalysisPolicy(AnalysisPolicy.SINCE_LAST_FINAL)
                .withDropPairs(true);
        Conversation conversation = Conversation.of(
                Message.user("Hi"),
                hidden,
                RESULT, // goes with its call
                call, // goes with its result
                RESULT.withChannel(Channel.ANALYSIS),
                call,
                RESULT,
                Message.answer("Yes."),
                hidden,
                RESULT);

        assertThat(options.dropped(conversation)).containsExactly(1, 2, 3, 4);
        assertThat(options.withDropPairs(false).dropped(conversation)).containsExactly(1, 4);
        HarmonyRenderer renderer = new HarmonyRenderer(Fragments.TOKENIZER, options);
        assertThat(renderer.dropped(conversation)).containsExactly(1, 2, 3, 4);
        assertThat(renderer.rendering(conversation).messages())
                .extracting(MessageSpan::index)
                .containsExactly(0, 5, 6, 7, 8, 9);
        assertThat(renderer.renderForTraining(conversation)).isEqualTo(renderer.render(conversation));
        assertThat(options)
                .isNotEqualTo(options.withDropPairs(false))
                .hasToString("dialect openai, analysis since-last-final, pairs together, function tools false");
    }
}
