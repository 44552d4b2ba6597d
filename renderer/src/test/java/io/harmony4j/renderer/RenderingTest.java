package io.harmony4j.renderer;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Author;
import io.harmony4j.Channel;
import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.ResponseFormat;
import io.harmony4j.Role;
import io.harmony4j.ToolDescription;
import io.harmony4j.ToolNamespace;
import io.harmony4j.parser.ParseEvent;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.parser.StreamParser;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

@Domain(RenderArbitraries.class)
class RenderingTest {
    private static final HarmonyRenderer RENDERER = new HarmonyRenderer(Fragments.TOKENIZER);

    /** Every part is in it, some of them twice. */
    private static final Conversation EVERYTHING = Conversation.of(
            Message.system(Content.System.DEFAULT
                    .withConversationStartDate(LocalDate.of(2025, 6, 28))
                    .withTools(ToolNamespace.python())
                    .withTools(ToolNamespace.browser())),
            Message.developer(Content.developer("Be brief.", ToolDescription.of("f", "F.", "{}"))
                    .withResponseFormats(ResponseFormat.of("answer", null, "{\"type\":\"object\"}"))),
            Message.user("Hi"),
            Message.analysis("Hm."),
            Message.call(Recipient.function("f"), "{}"),
            Message.tool(Recipient.function("f"), "1"));

    private static List<String> lines(Rendering rendering) {
        return rendering.parts().stream()
                .map(span -> span.message() + " " + span.part().wireName() + " " + text(rendering, span))
                .toList();
    }

    private static String text(Rendering rendering, PartSpan span) {
        return Fragments.text(Arrays.copyOfRange(rendering.tokens(), span.start(), span.end()));
    }

    /** Returns the texts of the parts of a conversation of one message, by the words of the parts. */
    private static List<String> parts(Message message) {
        Rendering rendering = RENDERER.rendering(Conversation.of(message));
        return rendering.parts().stream()
                .map(span -> span.part().wireName() + ": " + text(rendering, span))
                .toList();
    }

    @Test
    void aHeaderIsToldPartByPart() {
        Rendering rendering = RENDERER.renderingForCompletion(EVERYTHING, Role.ASSISTANT);

        assertThat(lines(rendering))
                .endsWith(
                        "4 start <|start|>",
                        "4 author assistant",
                        "4 recipient  to=functions.f",
                        "4 channel <|channel|>commentary",
                        "4 content_type  <|constrain|>json",
                        "4 message <|message|>",
                        "4 text {}",
                        "4 end <|call|>",
                        "5 start <|start|>",
                        "5 author functions.f",
                        "5 recipient  to=assistant",
                        "5 channel <|channel|>commentary",
                        "5 message <|message|>",
                        "5 text 1",
                        "5 end <|end|>",
                        "6 next_message <|start|>assistant");
    }

    @Test
    void aSystemMessageIsToldSectionBySection() {
        List<String> parts = parts(EVERYTHING.messages().get(0));

        assertThat(parts)
                .startsWith(
                        "start: <|start|>",
                        "author: system",
                        "message: <|message|>",
                        "identity: You are ChatGPT, a large language model trained by OpenAI.\n",
                        "dates: Knowledge cutoff: 2024-06\nCurrent date: 2025-06-28\n\n",
                        "reasoning: Reasoning: medium\n\n");
        assertThat(parts.get(6))
                .startsWith("built_in_tools: # Tools\n\n## browser\n")
                .contains("## python")
                .endsWith("\n\n");
        assertThat(parts.get(7))
                .isEqualTo("valid_channels: # Valid channels: analysis, commentary, final."
                        + " Channel must be included for every message.");
        assertThat(parts).hasSize(9).endsWith("end: <|end|>");
    }

    @Test
    void aDeveloperMessageIsToldSectionBySection() {
        assertThat(parts(EVERYTHING.messages().get(1)).subList(3, 6))
                .containsExactly(
                        "instructions: # Instructions\n\nBe brief.\n\n",
                        """
                        tools: # Tools

                        ## functions

                        namespace functions {

                        // F.
                        type f = (_: any) => any;

                        } // namespace functions

                        """,
                        "response_formats: # Response Formats\n\n## answer\n\n{\"type\":\"object\"}");
    }

    @Test
    void whatIsAbsentHasNoPartAndWhatIsEmptyNeitherButItsBlankLine() {
        Content.System empty = Content.System.EMPTY;

        assertThat(parts(Message.system(empty))).hasSize(4);
        assertThat(parts(Message.system(empty.withKnowledgeCutoff("now"))).get(3))
                .isEqualTo("dates: Knowledge cutoff: now");
        assertThat(parts(Message.system(empty.withModelIdentity("").withKnowledgeCutoff("now")))
                        .subList(3, 5))
                .containsExactly("identity: \n", "dates: Knowledge cutoff: now");
        assertThat(parts(Message.user("")))
                .containsExactly("start: <|start|>", "author: user", "message: <|message|>", "end: <|end|>");
    }

    @Test
    void aTokenInTwoSectionsBelongsToTheFirst() {
        Content.Developer noTools = Content.Developer.EMPTY
                .withInstructions("Be brief.")
                .withResponseFormats(ResponseFormat.of("a", null, "{}"));
        Rendering rendering = RENDERER.rendering(Conversation.of(Message.developer(noTools)));
        PartSpan instructions = rendering.parts().get(3);

        assertThat(Fragments.text(new int[] {rendering.tokens()[instructions.end() - 1]}))
                .isEqualTo(".\n\n");
        assertThat(instructions.part()).isEqualTo(PromptPart.INSTRUCTIONS);
    }

    @Test
    void nameAndTwoTextsArePartsOfTheirOwn() {
        Message message = Message.of(Author.of(Role.USER, "alice"), new Content.Text("Hel"), new Content.Text("lo"));

        assertThat(parts(message))
                .containsExactly(
                        "start: <|start|>",
                        "author: user:alice",
                        "message: <|message|>",
                        "text: Hel",
                        "text: lo",
                        "end: <|end|>");
    }

    @Test
    void everyPartIsThere() {
        Set<PromptPart> parts = EnumSet.noneOf(PromptPart.class);
        RENDERER.renderingForCompletion(EVERYTHING, Role.ASSISTANT).parts().forEach(span -> parts.add(span.part()));

        assertThat(parts).containsExactlyInAnyOrder(PromptPart.values());
    }

    @Test
    void whatIsLeftOutKeepsItsIndex() {
        Conversation answered =
                Conversation.of(Message.user("a"), Message.analysis("b"), Message.answer("c"), Message.user("d"));
        Rendering rendering = RENDERER.renderingForCompletion(answered, Role.ASSISTANT);

        assertThat(rendering.dropped()).containsExactly(1);
        assertThat(rendering.messages()).extracting(MessageSpan::index).containsExactly(0, 2, 3);
        assertThat(rendering.messages().get(1).message()).isEqualTo(Message.answer("c"));
        assertThat(rendering.parts().get(rendering.parts().size() - 1).message())
                .isEqualTo(4);
    }

    @Test
    void nothingHasNoSpans() {
        Rendering rendering = RENDERER.rendering(Conversation.of());

        assertThat(rendering.tokens()).isEmpty();
        assertThat(rendering.messages()).isEmpty();
        assertThat(rendering.parts()).isEmpty();
        assertThat(rendering).hasToString("0 tokens, messages: 0, parts: 0");
    }

    @Test
    void aRenderingCannotBeChanged() {
        Rendering rendering = RENDERER.rendering(EVERYTHING);
        rendering.tokens()[0] = 0;

        assertThat(rendering.tokens()[0]).isNotZero();
    }

    @Property
    void theTokensAreThoseWithoutSpansBeforeAndAfter(@ForAll Conversation conversation, @ForAll Role role) {
        int[] rendered = RENDERER.render(conversation);

        assertThat(RENDERER.rendering(conversation).tokens()).isEqualTo(rendered);
        assertThat(RENDERER.render(conversation)).isEqualTo(rendered);
        assertThat(RENDERER.renderingForCompletion(conversation, role).tokens())
                .isEqualTo(RENDERER.renderForCompletion(conversation, role));
    }

    @Property
    void partsTileTheTokens(@ForAll Conversation conversation, @ForAll Role role) {
        Rendering rendering = RENDERER.renderingForCompletion(conversation, role);
        int end = 0;
        for (PartSpan span : rendering.parts()) {
            assertThat(span.start()).isEqualTo(end);
            assertThat(span.end()).isGreaterThan(end);
            end = span.end();
        }
        assertThat(end).isEqualTo(rendering.tokens().length);
    }

    @Property
    void partsStayWithinTheirMessage(@ForAll Conversation conversation) {
        Rendering rendering = RENDERER.rendering(conversation);
        for (MessageSpan message : rendering.messages()) {
            List<PartSpan> parts = rendering.parts().stream()
                    .filter(span -> span.message() == message.index())
                    .toList();

            assertThat(parts.get(0))
                    .isEqualTo(new PartSpan(PromptPart.START, message.index(), message.start(), message.start() + 1));
            assertThat(parts.get(parts.size() - 1))
                    .isEqualTo(new PartSpan(PromptPart.END, message.index(), message.end(), message.end() + 1));
            assertThat(parts)
                    .contains(new PartSpan(
                            PromptPart.MESSAGE, message.index(), message.content() - 1, message.content()));
        }
    }

    @Property
    void messagesAreTheKeptOnesOneAfterTheOther(@ForAll Conversation conversation) {
        Rendering rendering = RENDERER.rendering(conversation);
        List<Integer> kept = new ArrayList<>(
                IntStream.range(0, conversation.messages().size()).boxed().toList());
        kept.removeAll(rendering.dropped());

        assertThat(rendering.messages()).extracting(MessageSpan::index).isEqualTo(kept);
        int start = 0;
        for (MessageSpan span : rendering.messages()) {
            assertThat(span.message()).isSameAs(conversation.messages().get(span.index()));
            assertThat(span.start()).isEqualTo(start);
            start = span.end() + 1;
        }
        assertThat(start).isEqualTo(rendering.tokens().length);
    }

    /** What the parser reads of the tokens begins, and ends, where the spans say. */
    @Property
    void theStrictParserFindsTheSameSpans(@ForAll List<String> texts, @ForAll Role role) {
        Conversation conversation = new Conversation(IntStream.range(0, texts.size())
                .mapToObj(i -> message(i, texts.get(i), role))
                .toList());
        Rendering rendering = RENDERER.rendering(conversation);
        List<Integer> contents = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        int[] position = new int[1];
        StreamParser parser = new StreamParser(Fragments.TOKENIZER, ParseOptions.DEFAULT.strict(), event -> {
            if (event instanceof ParseEvent.MessageStarted) {
                contents.add(position[0] + 1);
            } else if (event instanceof ParseEvent.MessageEnded) {
                ends.add(position[0]);
            }
        });
        for (int token : rendering.tokens()) {
            parser.accept(token);
            position[0]++;
        }
        parser.finish();

        assertThat(rendering.messages()).extracting(MessageSpan::content).isEqualTo(contents);
        assertThat(rendering.messages()).extracting(MessageSpan::end).isEqualTo(ends);
        assertThat(parser.result().messages())
                .isEqualTo(
                        rendering.messages().stream().map(MessageSpan::message).toList());
    }

    private static Message message(int index, String text, Role role) {
        return switch (index % 4) {
            case 0 -> Message.of(role == Role.TOOL ? Role.USER : role, text);
            case 1 -> Message.of(Role.ASSISTANT, text).withChannel(Channel.COMMENTARY);
            case 2 -> Message.call(Recipient.function("f"), text);
            default -> Message.tool(Recipient.function("f"), text);
        };
    }
}
