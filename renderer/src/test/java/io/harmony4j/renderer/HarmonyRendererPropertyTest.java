package io.harmony4j.renderer;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.ToolDescription;
import io.harmony4j.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;

@Domain(RenderArbitraries.class)
class HarmonyRendererPropertyTest {
    private static final HarmonyRenderer RENDERER = new HarmonyRenderer(Fragments.TOKENIZER);
    private static final HarmonyRenderer KEEPING =
            new HarmonyRenderer(Fragments.TOKENIZER, RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.KEEP_ALL));

    @Property
    void theTokensAreThoseOfThePlainTwin(@ForAll Conversation conversation) {
        assertThat(KEEPING.render(conversation)).isEqualTo(PlainRenderer.render(conversation));
    }

    @Property
    void theContentOfADeveloperMessageIsOneText(@ForAll Content.Developer developer) {
        TokenWriter out = Fragments.writer();

        new PromptWriter(out, PromptText.OPENAI).write(developer);

        assertThat(out.toArray()).isEqualTo(Fragments.tokens(Fragments.text(out.toArray())));
    }

    @Property
    void aTextCanBeCutBetweenALineFeedAndAHash(@ForAll String before, @ForAll String after) {
        assertThat(Fragments.tokens(before + "\n", "#" + after))
                .isEqualTo(Fragments.tokens(before + "\n" + "#" + after));
    }

    @Property
    void aConversationIsItsMessagesOneAfterTheOther(@ForAll Conversation conversation) {
        RenderOptions options = RenderOptions.DEFAULT.withFunctionTools(PlainRenderer.hasFunctionTools(conversation));
        HarmonyRenderer single = new HarmonyRenderer(Fragments.TOKENIZER, options);

        int[] joined = conversation.messages().stream()
                .flatMapToInt(message -> IntStream.of(single.render(message)))
                .toArray();

        assertThat(KEEPING.render(conversation)).isEqualTo(joined);
    }

    @Property
    void aPromptIsTheConversationAndTheNextRole(@ForAll Conversation conversation, @ForAll Role role) {
        int[] rendered = RENDERER.render(conversation);
        int[] start = Fragments.tokens(SpecialToken.START, role.wireName());

        assertThat(RENDERER.renderForCompletion(conversation, role))
                .isEqualTo(IntStream.concat(IntStream.of(rendered), IntStream.of(start))
                        .toArray());
    }

    @Property
    void theCountOfAPromptIsItsLength(@ForAll Conversation conversation, @ForAll Role role) {
        assertThat(RENDERER.countForCompletion(conversation, role))
                .isEqualTo(RENDERER.renderForCompletion(conversation, role).length);
    }

    @Property
    void whatComesBackFromJsonRendersEqually(@ForAll Conversation conversation) {
        Conversation read = Conversation.fromJson(conversation.toJson());

        assertThat(read).isEqualTo(conversation);
        assertThat(KEEPING.render(read)).isEqualTo(KEEPING.render(conversation));
    }

    @Property
    void equalToolsRenderEqually(@ForAll @Size(min = 2, max = 4) List<String> names) {
        Message tool = declaring(names);
        Message reversed = declaring(reversed(names));

        assertThat(tool.equals(reversed)).isEqualTo(Arrays.equals(RENDERER.render(tool), RENDERER.render(reversed)));
    }

    private static Message declaring(List<String> properties) {
        String schema = properties.stream()
                .map(name -> JsonValue.of(name) + ":{}")
                .collect(Collectors.joining(",", "{\"type\":\"object\",\"properties\":{", "}}"));
        return Message.developer(Content.developer("Be brief.", ToolDescription.of("f", "F.", schema)));
    }

    private static List<String> reversed(List<String> list) {
        List<String> reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }

    @Property
    void aTrainingExampleDiffersInTheLastTokenAtMost(@ForAll Conversation conversation) {
        int[] rendered = KEEPING.render(conversation);
        int[] example = RENDERER.renderForTraining(conversation);

        assertThat(example).hasSameSizeAs(rendered);
        assertThat(Arrays.copyOf(example, Math.max(0, example.length - 1)))
                .isEqualTo(Arrays.copyOf(rendered, Math.max(0, rendered.length - 1)));
    }

    @Property
    void whatIsLeftOutIsMessagesOnly(@ForAll Conversation conversation, @ForAll AnalysisPolicy policy) {
        Conversation kept = policy.apply(conversation);
        List<Message> left = new ArrayList<>(conversation.messages());
        List<Integer> dropped = new ArrayList<>(policy.dropped(conversation));
        Collections.reverse(dropped);
        dropped.forEach(index -> left.remove((int) index));

        assertThat(kept.messages()).isEqualTo(left);
        if (PlainRenderer.hasFunctionTools(conversation) == PlainRenderer.hasFunctionTools(kept)) {
            HarmonyRenderer renderer =
                    new HarmonyRenderer(Fragments.TOKENIZER, RenderOptions.DEFAULT.withAnalysisPolicy(policy));
            assertThat(renderer.render(conversation)).isEqualTo(KEEPING.render(kept));
        }
    }

    /** Where a runtime that has read a prompt can go on. */
    @Property
    void aRenderingGoesOnWhereTheLastOneEndedUnlessWhatIsLeftOutChanges(
            @ForAll Conversation conversation, @ForAll Message next, @ForAll AnalysisPolicy policy) {
        Conversation longer = conversation.with(next);
        HarmonyRenderer renderer =
                new HarmonyRenderer(Fragments.TOKENIZER, RenderOptions.DEFAULT.withAnalysisPolicy(policy));
        int last = conversation.messages().size();
        List<Integer> dropped =
                policy.dropped(longer).stream().filter(index -> index < last).toList();

        if (dropped.equals(policy.dropped(conversation))
                && PlainRenderer.hasFunctionTools(longer) == PlainRenderer.hasFunctionTools(conversation)) {
            int[] rendered = renderer.render(conversation);
            assertThat(Arrays.copyOf(renderer.render(longer), rendered.length)).isEqualTo(rendered);
        }
    }

    @Property
    void noTextBecomesASpecialToken(@ForAll Message message) {
        boolean constrained =
                message.contentType() != null && message.contentType().constrained();
        SpecialToken end = message.author().role() == Role.ASSISTANT && message.recipient() != null
                ? SpecialToken.CALL
                : SpecialToken.END;
        IntStream.Builder structure = IntStream.builder();
        structure.add(SpecialToken.START.id());
        if (message.channel() != null) {
            structure.add(SpecialToken.CHANNEL.id());
        }
        if (constrained) {
            structure.add(SpecialToken.CONSTRAIN.id());
        }
        structure.add(SpecialToken.MESSAGE.id()).add(end.id());

        assertThat(Arrays.stream(RENDERER.render(message))
                        .filter(token -> token >= SpecialToken.START_OF_TEXT.id())
                        .toArray())
                .isEqualTo(structure.build().toArray());
    }

    @Property(tries = 100)
    void allThreadsRenderTheSame(@ForAll Conversation conversation) {
        int[] rendered = RENDERER.render(conversation);

        assertThat(IntStream.range(0, 16).parallel().mapToObj(i -> RENDERER.render(conversation)))
                .allSatisfy(other -> assertThat(other).isEqualTo(rendered));
    }
}
