package io.harmony4j.renderer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.harmony4j.Author;
import io.harmony4j.Channel;
import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.ToolDescription;
import io.harmony4j.renderer.Compaction.Kind;
import io.harmony4j.renderer.Compaction.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Domain(RenderArbitraries.class)
@Domain(DomainContext.Global.class)
class CompactorTest {
    private static final Recipient F = Recipient.function("f");
    private static final RenderOptions KEEP_ALL = RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.KEEP_ALL);
    private static final HarmonyRenderer RENDERER = new HarmonyRenderer(Fragments.TOKENIZER, KEEP_ALL);

    private static Compactor compactor(int budget) {
        return new Compactor(Fragments.TOKENIZER, KEEP_ALL, budget);
    }

    private static int size(Conversation conversation) {
        return RENDERER.countForCompletion(conversation, Role.ASSISTANT);
    }

    /** Returns a turn of six messages with a result of so many words. */
    private static List<Message> turn(String name, int words) {
        return List.of(
                Message.user("Question " + name),
                Message.analysis("I look. ".repeat(10)),
                Message.call(F, "{}"),
                Message.tool(F, "row ".repeat(words)),
                Message.analysis("I see. ".repeat(10)),
                Message.answer("Answer " + name));
    }

    private static Conversation turns(int count) {
        Conversation conversation = Conversation.of(
                Message.system(Content.System.DEFAULT),
                Message.developer(Content.developer("Help.", ToolDescription.of("f", "F."))));
        for (int i = 0; i < count; i++) {
            conversation = conversation.with(turn("no. " + i, 100));
        }
        return conversation;
    }

    @Test
    void whatFitsIsNotChanged() {
        Conversation conversation = turns(3);

        Compaction compaction = compactor(size(conversation)).compact(conversation);

        assertThat(compaction.conversation()).isSameAs(conversation);
        assertThat(compaction.steps()).isEmpty();
        assertThat(compaction.fits()).isTrue();
        assertThat(compaction.before()).isEqualTo(compaction.after()).isEqualTo(size(conversation));
    }

    @Test
    void thoughtsGoFirstThenResultsThenTurnsOldestFirst() {
        Conversation conversation = turns(4);

        List<Step> steps = compactor(size(conversation) - 1)
                .withLow(0.2)
                .compact(conversation)
                .steps();

        assertThat(steps).extracting(Step::kind).containsSubsequence(Kind.ANALYSIS, Kind.RESULT, Kind.TURN);
        assertThat(steps.stream().map(Step::kind).distinct()).containsExactly(Kind.ANALYSIS, Kind.RESULT, Kind.TURN);
        assertThat(steps.stream().filter(step -> step.kind() == Kind.ANALYSIS).map(Step::messages))
                .containsExactly(List.of(3), List.of(6), List.of(9), List.of(12), List.of(15), List.of(18));
        assertThat(steps.stream().filter(step -> step.kind() == Kind.RESULT).map(Step::messages))
                .containsExactly(List.of(5), List.of(11), List.of(17));
        assertThat(steps.stream().filter(step -> step.kind() == Kind.TURN).map(Step::messages))
                .startsWith(List.of(2, 4, 5, 7));
    }

    @Test
    void aResultSaysHowLongItWas() {
        Conversation conversation = turns(2);

        Conversation shorter = compactor(size(conversation) - 1)
                .withLow(0.7)
                .compact(conversation)
                .conversation();

        assertThat(shorter.messages().stream()
                        .filter(message -> message.author().role() == Role.TOOL)
                        .map(Message::text))
                .containsExactly(
                        "[result left out: " + Fragments.TOKENIZER.count("row ".repeat(100)) + " tokens]",
                        "row ".repeat(100));
    }

    @Test
    void theTurnAtWorkIsShortenedLastAndItsLastResultsStay() {
        List<Message> work = new ArrayList<>(turns(1).messages().subList(0, 2));
        work.add(Message.user("Look three times."));
        for (int i = 0; i < 3; i++) {
            work.add(Message.analysis("Hm. ".repeat(20)));
            work.add(Message.call(F, "{}"));
            work.add(Message.tool(F, "row ".repeat(200)));
        }
        Conversation conversation = new Conversation(work);

        Compaction little = compactor(size(conversation) - 1).compact(conversation);
        Compaction much = compactor(1).compact(conversation);
        Compaction all = compactor(1).withKeptResults(0).compact(conversation);

        assertThat(little.steps())
                .extracting(Step::kind, Step::messages)
                .containsExactly(tuple(Kind.RESULT, List.of(5)));
        assertThat(much.steps())
                .extracting(Step::kind)
                .containsExactly(Kind.RESULT, Kind.RESULT, Kind.ANALYSIS, Kind.ANALYSIS, Kind.ANALYSIS);
        assertThat(much.fits()).isFalse();
        assertThat(much.conversation()
                        .messages()
                        .get(much.conversation().messages().size() - 1)
                        .text())
                .isEqualTo("row ".repeat(200));
        assertThat(all.steps()).extracting(Step::kind).startsWith(Kind.RESULT, Kind.RESULT, Kind.RESULT);
    }

    /** There is room again after a compaction, so that the next prompts go on where the last one ended. */
    @Test
    void whoGoesOnWithTheShorterConversationKeepsItsPrefix() {
        Conversation conversation = turns(1);
        Compactor compactor = compactor(900).withLow(0.5);
        int[] before = {};
        int breaks = 0;
        for (int i = 0; i < 20; i++) {
            conversation = compactor
                    .compact(conversation.with(turn("later " + i, 100)))
                    .conversation();
            int[] prompt = RENDERER.render(conversation);
            assertThat(prompt.length).isLessThanOrEqualTo(900);
            breaks += prompt.length < before.length || !Arrays.equals(Arrays.copyOf(prompt, before.length), before)
                    ? 1
                    : 0;
            before = prompt;
        }
        assertThat(breaks).isBetween(5, 10); // of 20: low 1 would break each time
    }

    @Test
    void theFirstTurnStaysIfItIsProtected() {
        Conversation conversation = turns(4);
        Compactor compactor = compactor(size(conversation) - 1).withLow(0.1);

        Compaction compaction = compactor.withProtectedFirstTurn(true).compact(conversation);

        assertThat(compaction.messages()).startsWith(0, 1, 2, 3, 4, 5, 6, 7).doesNotContain(8, 14);
        assertThat(compaction.conversation().messages().subList(0, 8))
                .isEqualTo(conversation.messages().subList(0, 8));
        assertThat(compactor.compact(conversation).messages()).doesNotContain(2);
        assertThat(compactor
                        .withProtectedFirstTurn(true)
                        .withProtectedFirstTurn(false)
                        .compact(conversation)
                        .messages())
                .doesNotContain(2);
    }

    @Test
    void aProtectedFirstTurnThatIsAtWorkIsShortenedAsAnother() {
        List<Message> work = new ArrayList<>(turns(0).messages());
        work.add(Message.user("Look twice."));
        for (int i = 0; i < 2; i++) {
            work.add(Message.call(F, "{}"));
            work.add(Message.tool(F, "row ".repeat(200)));
        }
        Conversation conversation = new Conversation(work);

        assertThat(compactor(size(conversation) - 1)
                        .withProtectedFirstTurn(true)
                        .compact(conversation)
                        .fits())
                .isTrue();
    }

    @Test
    void aResultKeepsItsBeginningAndItsEnd() {
        Message result = Message.tool(F, "first" + " row".repeat(300) + " last");
        Conversation conversation = turns(0).with(List.of(
                Message.user("Q"), Message.call(F, "{}"), result, Message.answer("A"), Message.user("And?")));
        Compactor compactor = compactor(size(conversation) - 1).withHeadAndTail(3, 2);

        Compaction compaction = compactor.compact(conversation);

        assertThat(compaction.conversation().messages().get(4).text())
                .isEqualTo("first row row\n[left out: 297 tokens]\n row last");
        assertThat(compactor
                        .withHeadAndTail(3, 0)
                        .compact(conversation)
                        .conversation()
                        .messages()
                        .get(4)
                        .text())
                .isEqualTo("first row row\n[left out: 299 tokens]\n");
        assertThat(compactor
                        .withHeadAndTail(0, 0)
                        .compact(conversation)
                        .conversation()
                        .messages()
                        .get(4)
                        .text())
                .isEqualTo("[result left out: 302 tokens]");
    }

    /** A second compaction does not say of the words that stand for a result how long these are. */
    @Test
    void whatHasBeenShortenedIsNotShortenedAgain() {
        for (int words : new int[] {15, 40, 5000}) {
            Conversation conversation = turns(0).with(List.of(
                    Message.user("Q"),
                    Message.call(F, "{}"),
                    Message.tool(F, "row ".repeat(words)),
                    Message.answer("A"),
                    Message.user("Q"),
                    Message.call(F, "{}"),
                    Message.tool(F, "row ".repeat(words)),
                    Message.user("And?")));
            for (Compactor compactor : List.of(compactor(1), compactor(1).withHeadAndTail(3, 2))) {
                Conversation first = compactor
                        .withKeptResults(0)
                        .withProtectedFirstTurn(true)
                        .compact(conversation)
                        .conversation();

                assertThat(compactor
                                .withKeptResults(0)
                                .withProtectedFirstTurn(true)
                                .compact(first)
                                .conversation())
                        .isEqualTo(first);
            }
        }
    }

    @Test
    void theTextsOfResultsStayWhole() {
        String faces = "😀👩‍👩‍👧é".repeat(60);
        Conversation conversation = turns(0).with(List.of(
                Message.user("Q"),
                Message.call(F, "{}"),
                Message.tool(F, faces),
                Message.answer("A"),
                Message.user("?")));
        for (int head = 0; head < 12; head++) {
            String text = compactor(size(conversation) - 1)
                    .withHeadAndTail(head, 12 - head)
                    .compact(conversation)
                    .conversation()
                    .messages()
                    .get(4)
                    .text();
            assertThat(text.codePoints().allMatch(c -> Character.getType(c) != Character.SURROGATE))
                    .isTrue();
            assertThat(text).contains("[left out: ");
        }
    }

    @Test
    void aSummaryStandsInThePlaceOfTurns() {
        Conversation conversation = turns(4);
        List<List<Message>> asked = new ArrayList<>();
        Compactor compactor = compactor(size(conversation) - 1).withLow(0.45).withSummariser(messages -> {
            asked.add(messages);
            return Message.user("Summary: " + messages.size());
        });

        Compaction compaction = compactor.compact(conversation);

        assertThat(asked).hasSize(1);
        int count = asked.get(0).size();
        assertThat(count).isPositive();
        assertThat(conversation.messages()).containsAll(asked.get(0));
        assertThat(compaction.summary()).hasValue(2);
        assertThat(compaction.conversation().messages().get(2).text()).isEqualTo("Summary: " + count);
        Step last = compaction.steps().get(compaction.steps().size() - 1);
        assertThat(last.kind()).isEqualTo(Kind.SUMMARY);
        assertThat(last.messages()).startsWith(2).hasSize(count);
        assertThat(compaction.steps()).extracting(Step::kind).doesNotContain(Kind.TURN);
        assertThat(compaction.after())
                .isEqualTo(size(compaction.conversation()))
                .isEqualTo(compaction.before()
                        - compaction.steps().stream().mapToInt(Step::tokens).sum());
        assertThat(compaction.conversation().messages())
                .hasSize(compaction.messages().size() + 1);
    }

    @Test
    void aLongSummaryTakesMoreTurns() {
        Conversation conversation = turns(4);
        List<Integer> asked = new ArrayList<>();

        Compaction compaction = compactor(size(conversation) - 1)
                .withLow(0.45)
                .withSummariser(messages -> {
                    asked.add(messages.size());
                    return Message.of(Author.of(Role.DEVELOPER), new Content.Text("word ".repeat(100)));
                })
                .compact(conversation);

        assertThat(asked).hasSizeGreaterThan(1).isSorted();
        assertThat(compaction.summary()).hasValue(2);
        assertThat(compaction.after()).isEqualTo(size(compaction.conversation()));
    }

    @Test
    void aSummaryIsTheUsersOrTheDevelopers() {
        Conversation conversation = turns(4);
        Compactor compactor =
                compactor(size(conversation) - 1).withLow(0.1).withSummariser(messages -> Message.answer("Summary"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> compactor.compact(conversation))
                .withMessage("expected a summary by the user or the developer but found one by the assistant;"
                        + " make it with Message.user(text)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> compactor
                        .withSummariser(messages -> Message.user("Summary").withChannel(Channel.ANALYSIS))
                        .compact(conversation))
                .withMessageContaining("found one on analysis");
    }

    @Test
    void whatAlwaysStaysIsSaidFirstIfItIsTooLong() {
        Conversation conversation = turns(2);
        int pinned = size(turns(0));

        Compaction tooLong = compactor(pinned - 1).compact(conversation);
        Compaction justRight = compactor(pinned).compact(conversation);

        assertThat(tooLong.pinned()).isEqualTo(pinned);
        assertThat(tooLong.budget()).isEqualTo(pinned - 1);
        assertThat(tooLong.fits()).isFalse();
        assertThat(tooLong.toString())
                .startsWith("system and developer messages alone have " + pinned + " tokens, more than the budget of "
                        + (pinned - 1) + "; " + size(conversation) + " tokens to ");
        assertThat(justRight.toString()).startsWith(size(conversation) + " tokens to ");
    }

    @Test
    @Timeout(60)
    void longConversationsAreRenderedOnce() {
        List<Message> messages = new ArrayList<>(turns(0).messages());
        for (int i = 0; i < 2000; i++) {
            messages.addAll(turn("no. " + i, 1));
        }
        Conversation conversation = new Conversation(messages);

        assertThat(compactor(1000).compact(conversation).fits()).isTrue();
    }

    @Test
    void callsAndResultsThatThePromptLeavesOutTogetherDoNotCount() {
        Conversation conversation = Conversation.of(
                Message.user("Hi"),
                Message.call(F, "{}").withChannel(Channel.ANALYSIS),
                Message.tool(F, "long ".repeat(50)),
                Message.answer("Yes."),
                Message.user("And?"),
                Message.answer("No."),
                Message.user("Well?"));
        RenderOptions options = RenderOptions.DEFAULT
                .withAnalysisPolicy(AnalysisPolicy.SINCE_LAST_FINAL)
                .withDropPairs(true);
        int size = new HarmonyRenderer(Fragments.TOKENIZER, options)
                .renderForCompletion(conversation, Role.ASSISTANT)
                .length;

        assertThat(new Compactor(Fragments.TOKENIZER, options, size)
                        .compact(conversation)
                        .steps())
                .isEmpty();
        Compaction compaction = new Compactor(Fragments.TOKENIZER, options, size - 1).compact(conversation);
        assertThat(compaction.before()).isEqualTo(size);
        assertThat(compaction.after())
                .isEqualTo(new HarmonyRenderer(Fragments.TOKENIZER, options)
                        .renderForCompletion(compaction.conversation(), Role.ASSISTANT)
                        .length);
    }

    @Property(tries = 200)
    void sizesAreExactAndWhatMustStayStays(
            @ForAll Conversation conversation,
            @ForAll @IntRange(min = 1, max = 400) int budget,
            @ForAll AnalysisPolicy policy,
            @ForAll @IntRange(min = 0, max = 15) int choice) {
        RenderOptions options = RenderOptions.DEFAULT.withAnalysisPolicy(policy).withDropPairs((choice & 8) > 0);
        HarmonyRenderer renderer = new HarmonyRenderer(Fragments.TOKENIZER, options);

        Compactor plain = new Compactor(Fragments.TOKENIZER, options, budget).withProtectedFirstTurn((choice & 1) > 0);
        Compactor shortening = (choice & 2) > 0 ? plain.withHeadAndTail(2, 1) : plain;
        Compactor compactor =
                (choice & 4) > 0 ? shortening.withSummariser(messages -> Message.user("So far.")) : shortening;

        Compaction compaction = compactor.compact(conversation);

        assertThat(compaction.before()).isEqualTo(renderer.countForCompletion(conversation, Role.ASSISTANT));
        assertThat(compaction.after())
                .isEqualTo(renderer.countForCompletion(compaction.conversation(), Role.ASSISTANT));
        assertThat(compaction.fits()).isEqualTo(compaction.after() <= budget);
        assertThat(compaction.before()
                        - compaction.steps().stream().mapToInt(Step::tokens).sum())
                .isEqualTo(compaction.after());
        Set<Integer> left = new HashSet<>(compaction.messages());
        for (int i = 0; i < conversation.messages().size(); i++) {
            Role role = conversation.messages().get(i).author().role();
            if (role == Role.SYSTEM || role == Role.DEVELOPER) {
                assertThat(left).contains(i);
            }
        }
        assertThat(compactor.compact(conversation).conversation()).isEqualTo(compaction.conversation());
    }

    @Test
    void optionsHaveRanges() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> compactor(0))
                .withMessage("expected a budget of at least 1 token but found 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> compactor(1).withLow(0))
                .withMessageContaining("found 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> compactor(1).withLow(1.1))
                .withMessageContaining("1.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> compactor(1).withKeptResults(-1))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> compactor(1).withHeadAndTail(-1, 0))
                .withMessage("expected at least 0 tokens of a result's beginning but found -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> compactor(1).withHeadAndTail(0, -1))
                .withMessage("expected at least 0 tokens of a result's end but found -1");
    }
}
