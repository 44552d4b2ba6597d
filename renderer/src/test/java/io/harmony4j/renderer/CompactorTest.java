package io.harmony4j.renderer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

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

    @Property(tries = 200)
    void sizesAreExactAndWhatMustStayStays(
            @ForAll Conversation conversation,
            @ForAll @IntRange(min = 1, max = 400) int budget,
            @ForAll AnalysisPolicy policy) {
        RenderOptions options = RenderOptions.DEFAULT.withAnalysisPolicy(policy);
        HarmonyRenderer renderer = new HarmonyRenderer(Fragments.TOKENIZER, options);

        Compaction compaction = new Compactor(Fragments.TOKENIZER, options, budget).compact(conversation);

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
        assertThat(new Compactor(Fragments.TOKENIZER, options, budget)
                        .compact(conversation)
                        .conversation())
                .isEqualTo(compaction.conversation());
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
    }
}
