package io.harmony4j.renderer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.harmony4j.Author;
import io.harmony4j.Channel;
import io.harmony4j.Content;
import io.harmony4j.ContentType;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.ToolDescription;
import io.harmony4j.ToolNamespace;
import java.time.LocalDate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Domain(RenderArbitraries.class)
class DialectTest {
    private static final Message CALL = Message.call(Recipient.function("f"), "{}");
    private static final HarmonyRenderer OSS =
            new HarmonyRenderer(Fragments.TOKENIZER, RenderOptions.DEFAULT.withDialect(Dialect.OSS));

    private static final HarmonyRenderer HF =
            new HarmonyRenderer(Fragments.TOKENIZER, RenderOptions.DEFAULT.withDialect(Dialect.HF));

    private static String oss(Message message) {
        return Fragments.text(OSS.render(message));
    }

    @Test
    void ossWritesCommentaryBeforeTheRecipientAsTheModelsDo() {
        assertThat(oss(CALL))
                .isEqualTo(
                        "<|start|>assistant<|channel|>commentary to=functions.f <|constrain|>json<|message|>{}<|call|>");
        assertThat(oss(Message.tool(Recipient.function("f"), "1")))
                .isEqualTo("<|start|>functions.f<|channel|>commentary to=assistant<|message|>1<|end|>");
    }

    @Test
    void ossWritesOtherChannelsAfterTheRecipient() {
        assertThat(oss(Message.call(Recipient.of("python"), "1")))
                .isEqualTo("<|start|>assistant to=python<|channel|>analysis <|constrain|>code<|message|>1<|call|>");
        assertThat(oss(CALL.withChannel(Channel.of("commentary2"))))
                .startsWith("<|start|>assistant to=functions.f<|channel|>commentary2 ");
    }

    @Test
    void ossConstrainsEveryContentTypeAndOnlyOnce() {
        assertThat(oss(Message.user("x").withContentType(ContentType.TEXT)))
                .isEqualTo("<|start|>user <|constrain|>text<|message|>x<|end|>");
        assertThat(oss(Message.user("x").withContentType(ContentType.JSON)))
                .isEqualTo("<|start|>user <|constrain|>json<|message|>x<|end|>");
        assertThat(oss(Message.user("x").withContentType(ContentType.of(""))))
                .isEqualTo("<|start|>user <|constrain|><|message|>x<|end|>");
    }

    private static String hf(Message... messages) {
        return Fragments.text(HF.render(Conversation.of(messages)));
    }

    @Test
    void hfWritesFunctionsInTheTemplatesWordsAndABlankLineAfterInstructions() {
        String schema = "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":[\"integer\",\"null\"],\"default\":1}}}";

        assertThat(hf(Message.developer(Content.developer("I.", ToolDescription.of("f", "D\nE", schema)))))
                .isEqualTo("""
                        <|start|>developer<|message|># Instructions

                        I.

                        # Tools

                        ## functions

                        namespace functions {

                        // D
                        E
                        type f = (_: {
                        a?: integer | null, // default: 1,
                        }) => any;

                        } // namespace functions<|end|>""");
        assertThat(hf(Message.developer(Content.developer("I."))))
                .isEqualTo("<|start|>developer<|message|># Instructions\n\nI.\n\n<|end|>");
    }

    @Test
    void hfWritesBuiltInToolsAsTheReferenceDoes() {
        Message system = Message.system(
                Content.System.DEFAULT.withTools(ToolNamespace.browser()).withTools(ToolNamespace.python()));

        assertThat(HF.render(system)).isEqualTo(new HarmonyRenderer(Fragments.TOKENIZER).render(system));
    }

    @Test
    void hfWritesArgumentsAndResultsAsPythonWritesJson() {
        assertThat(hf(CALL, Message.tool(Recipient.function("f"), "{\"t\":20}")))
                .isEqualTo("<|start|>assistant to=functions.f<|channel|>commentary json<|message|>{}<|call|>"
                        + "<|start|>functions.f to=assistant<|channel|>commentary<|message|>\"{\\\"t\\\":20}\"<|end|>");
        assertThat(hf(Message.call(Recipient.function("f"), "{\"a\":[1,2]}"))).contains("{\"a\": [1, 2]}<|call|>");
        assertThat(hf(Message.call(Recipient.function("f"), "not json"))).contains("\"not json\"<|call|>");
    }

    @Test
    void hfLeavesOutWhatTheTemplateHasNoPlaceFor() {
        Conversation conversation = Conversation.of(
                Message.system(Content.System.EMPTY.withModelIdentity("M")),
                Message.developer(Content.developer("I")),
                Message.of(Author.of(Role.USER, "bob"), new Content.Text("U")),
                Message.of(Role.SYSTEM, "late"),
                Message.preamble("P"),
                Message.call(Recipient.function("f"), "{}"),
                Message.call(Recipient.function("g"), "{}"),
                Message.tool(Recipient.function("g"), "R"));

        assertThat(Fragments.text(HF.render(conversation)))
                .isEqualTo(
                        "<|start|>system<|message|>M<|end|><|start|>developer<|message|># Instructions\n\nI\n\n<|end|>"
                                + "<|start|>user<|message|>U<|end|><|start|>assistant<|channel|>analysis<|message|>P<|end|>"
                                + "<|start|>assistant to=functions.f<|channel|>commentary json<|message|>{}<|call|>"
                                + "<|start|>functions.f to=assistant<|channel|>commentary<|message|>\"R\"<|end|>");
        assertThat(HF.dropped(conversation)).containsExactly(3, 6);
        assertThat(HF.rendering(conversation).dropped()).containsExactly(3, 6);
        assertThat(HF.rendering(conversation).messages())
                .extracting(MessageSpan::index)
                .containsExactly(0, 1, 2, 4, 5, 7);
    }

    @Test
    void hfTakesATextOfTheSystemsForInstructions() {
        assertThat(hf(Message.of(Role.SYSTEM, "I"), Message.of(Role.DEVELOPER, "late"), Message.user("U")))
                .isEqualTo(
                        "<|start|>developer<|message|># Instructions\n\nI\n\n<|end|><|start|>user<|message|>U<|end|>");
    }

    @Test
    void hfKeepsTheFirstMessageOfTheSystemAndOfTheDeveloperInAnyOrder() {
        Message system = Message.system(Content.System.EMPTY.withModelIdentity("M"));
        Message developer = Message.developer(Content.developer("I"));

        assertThat(HF.dropped(Conversation.of(developer, system, developer, system, Message.user("U"), system)))
                .containsExactly(2, 3, 5);
    }

    @Test
    void hfLeavesOutThoughtsBeforeTheLastAnswer() {
        Message[] turn = {Message.user("U"), Message.analysis("T"), Message.answer("A")};

        assertThat(hf(turn)).doesNotContain("T");
        assertThat(hf(Message.user("U"), Message.analysis("T"), CALL)).contains("T");
        assertThat(Fragments.text(HF.renderForTraining(Conversation.of(turn))))
                .contains("T")
                .endsWith("A<|return|>");
    }

    /** A conversation is written as the messages of a chat that say the same. */
    @Test
    void hfWritesAConversationAsTheTemplateWritesItsChat() {
        String schema = "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"}}}";
        Conversation conversation = Conversation.of(
                Message.system(Content.System.DEFAULT.withConversationStartDate(LocalDate.of(2026, 1, 31))),
                Message.developer(Content.developer("I.", ToolDescription.of("f", "D", schema))),
                Message.user("U"),
                Message.analysis("T1"),
                Message.answer("A"),
                Message.user("V"),
                Message.analysis("T2"),
                Message.call(Recipient.function("f"), "{\"a\":1}"),
                Message.tool(Recipient.function("f"), "R"));
        String chat = """
                {"messages":[{"role":"system","content":"I."},{"role":"user","content":"U"},
                  {"role":"assistant","thinking":"T1","content":"A"},{"role":"user","content":"V"},
                  {"role":"assistant","thinking":"T2","tool_calls":[{"function":{"name":"f","arguments":{"a":1}}}]},
                  {"role":"tool","content":"R"}],
                 "tools":[{"function":{"name":"f","description":"D","parameters":%s}}]}""".formatted(schema);

        assertThat(HF.renderForCompletion(conversation, Role.ASSISTANT))
                .isEqualTo(new ChatTemplate(Fragments.TOKENIZER, LocalDate.of(2026, 1, 31))
                        .renderingForCompletion(chat)
                        .tokens());
    }

    /** The dialects differ in headers of these two kinds, and in nothing else. */
    @Property
    void ossIsOpenaiWhereNeitherRuleApplies(@ForAll Message message) {
        Message plain = message.withContentType(null);
        if (Channel.COMMENTARY.equals(plain.channel())) {
            plain = plain.withRecipient(null);
        }
        assertThat(OSS.render(plain)).isEqualTo(new HarmonyRenderer(Fragments.TOKENIZER).render(plain));
    }

    @ParameterizedTest
    @EnumSource
    void aDialectIsFoundByItsWord(Dialect dialect) {
        assertThat(Dialect.of(dialect.wireName())).isEqualTo(dialect);
        assertThat(Dialect.find(dialect.wireName())).contains(dialect);
    }

    @Test
    void anUnknownWordIsRefused() {
        assertThat(Dialect.find("OSS")).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dialect.of("OSS"))
                .withMessage("expected a dialect (openai, oss, hf) but found \"OSS\"");
    }

    @Test
    void promptsAreWrittenInTheDialectToo() {
        assertThat(Fragments.text(OSS.renderForCompletion(Conversation.of(CALL), Role.ASSISTANT)))
                .startsWith("<|start|>assistant<|channel|>commentary to=");
    }
}
