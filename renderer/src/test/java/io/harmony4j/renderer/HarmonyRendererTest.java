package io.harmony4j.renderer;

import static io.harmony4j.SpecialToken.END;
import static io.harmony4j.SpecialToken.MESSAGE;
import static io.harmony4j.SpecialToken.START;
import static io.harmony4j.renderer.Fragments.text;
import static io.harmony4j.renderer.Fragments.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.harmony4j.Author;
import io.harmony4j.Channel;
import io.harmony4j.ChannelConfig;
import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.ToolDescription;
import io.harmony4j.ToolNamespace;
import io.harmony4j.tokenizer.Tokenizer;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HarmonyRendererTest {
    private static final HarmonyRenderer RENDERER = new HarmonyRenderer(Fragments.TOKENIZER);
    private static final HarmonyRenderer KEEPING =
            new HarmonyRenderer(Fragments.TOKENIZER, RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.KEEP_ALL));

    private static final Message USER = Message.user("Hi");
    private static final Message ANALYSIS = Message.analysis("Hm");
    private static final Message FINAL = Message.answer("Ho");
    private static final Message NAMELESS_TOOL = Message.of(Role.TOOL, "x");

    /** The conversation that the documentation of the renderer shows. */
    @Nested
    class Tutorial {
        private final Conversation question = Conversation.of(
                Message.system(Content.System.DEFAULT.withConversationStartDate(LocalDate.of(2025, 6, 28))),
                Message.developer(
                        Content.Developer.EMPTY
                                .withInstructions("Answer briefly.")
                                .withFunctions(
                                        ToolDescription.of(
                                                "get_weather",
                                                "The weather in a city.",
                                                "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}"))),
                Message.user("Do I need an umbrella in Tokyo?"));

        private final Conversation call = question.with(Message.analysis("I should look."))
                .with(Message.call(Recipient.function("get_weather"), "{\"city\":\"Tokyo\"}"))
                .with(Message.tool(Recipient.function("get_weather"), "{\"rain\":true}"));

        private static final String QUESTION = """
                <|start|>system<|message|>You are ChatGPT, a large language model trained by OpenAI.
                Knowledge cutoff: 2024-06
                Current date: 2025-06-28

                Reasoning: medium

                # Valid channels: analysis, commentary, final. Channel must be included for every message.
                Calls to these tools must go to the commentary channel: 'functions'.<|end|><|start|>developer<|message|># Instructions

                Answer briefly.

                # Tools

                ## functions

                namespace functions {

                // The weather in a city.
                type get_weather = (_: {
                city: string,
                }) => any;

                } // namespace functions<|end|><|start|>user<|message|>Do I need an umbrella in Tokyo?<|end|>""";

        private static final String CALL = """
                <|start|>assistant to=functions.get_weather<|channel|>commentary <|constrain|>json<|message|>{"city":"Tokyo"}<|call|>\
                <|start|>functions.get_weather to=assistant<|channel|>commentary<|message|>{"rain":true}<|end|>""";

        @Test
        void aPromptEndsWithTheStartOfTheNextMessage() {
            assertThat(text(RENDERER.renderForCompletion(question, Role.ASSISTANT)))
                    .isEqualTo(QUESTION + "<|start|>assistant");
        }

        @Test
        void theNextPromptGoesOnFromTheLastOne() {
            assertThat(text(RENDERER.renderForCompletion(call, Role.ASSISTANT)))
                    .isEqualTo(QUESTION + "<|start|>assistant<|channel|>analysis<|message|>I should look.<|end|>" + CALL
                            + "<|start|>assistant");
        }

        @Test
        void theThoughtIsLeftOutAfterTheAnswer() {
            Conversation answer = call.with(Message.answer("Yes."));

            assertThat(text(RENDERER.render(answer)))
                    .isEqualTo(QUESTION + CALL + "<|start|>assistant<|channel|>final<|message|>Yes.<|end|>");
            assertThat(text(KEEPING.render(answer))).contains("I should look.");
        }
    }

    @Nested
    class Conversations {
        @Test
        void ofNoMessagesIsNothing() {
            Conversation empty = Conversation.of();

            assertThat(RENDERER.render(empty)).isEmpty();
            assertThat(RENDERER.renderForTraining(empty)).isEmpty();
            assertThat(RENDERER.renderForCompletion(empty, Role.ASSISTANT)).isEqualTo(tokens(START, "assistant"));
        }

        @ParameterizedTest
        @EnumSource
        void canGoOnWithAnyRole(Role role) {
            assertThat(RENDERER.renderForCompletion(Conversation.of(USER), role))
                    .isEqualTo(tokens(START, "user", MESSAGE, "Hi", END, START, role.wireName()));
        }

        @Test
        void loseAnalysisInPromptsUnlessItIsKept() {
            Conversation conversation = Conversation.of(USER, ANALYSIS, FINAL);

            assertThat(text(RENDERER.render(conversation))).doesNotContain("Hm");
            assertThat(text(RENDERER.renderForCompletion(conversation, Role.USER)))
                    .doesNotContain("Hm");
            assertThat(text(RENDERER.renderForTraining(conversation))).contains("Hm");
            assertThat(text(KEEPING.render(conversation))).contains("Hm");
            assertThat(text(KEEPING.renderForCompletion(conversation, Role.USER)))
                    .contains("Hm");
            assertThat(text(KEEPING.renderForTraining(conversation))).contains("Hm");
        }
    }

    @Nested
    class Training {
        @Test
        void leavesOutAnalysisIfAPolicyIsNamed() {
            RenderOptions reference = RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.REFERENCE);

            assertThat(text(new HarmonyRenderer(Fragments.TOKENIZER, reference)
                            .renderForTraining(Conversation.of(USER, ANALYSIS, FINAL))))
                    .doesNotContain("Hm");
        }

        @Test
        void endsAnAnswerWithReturn() {
            assertThat(text(RENDERER.renderForTraining(Conversation.of(USER, FINAL))))
                    .isEqualTo(
                            "<|start|>user<|message|>Hi<|end|><|start|>assistant<|channel|>final<|message|>Ho<|return|>");
        }

        @Test
        void putsReturnInThePlaceOfACallToo() {
            assertThat(text(RENDERER.renderForTraining(Conversation.of(FINAL.withRecipient(Recipient.USER)))))
                    .isEqualTo("<|start|>assistant to=user<|channel|>final<|message|>Ho<|return|>");
        }

        @Test
        void leavesAnyOtherEndAsItIs() {
            for (Message last :
                    List.of(USER, ANALYSIS, Message.of(Role.ASSISTANT, "x"), USER.withChannel(Channel.FINAL))) {
                Conversation conversation = Conversation.of(FINAL, last);
                assertThat(RENDERER.renderForTraining(conversation)).isEqualTo(RENDERER.render(conversation));
            }
        }
    }

    @Nested
    class FunctionTools {
        private static final String LINE = "\nCalls to these tools must go to the commentary channel: 'functions'.";

        private final Message system =
                Message.system(Content.System.EMPTY.withChannelConfig(ChannelConfig.require(Channel.FINAL)));
        private final ToolNamespace functions = ToolNamespace.functions(ToolDescription.of("f", "F."));

        private Message developer(String key, ToolNamespace namespace) {
            return Message.developer(new Content.Developer(null, Map.of(key, namespace)));
        }

        private void assertLine(boolean expected, Message... messages) {
            assertThat(text(RENDERER.render(Conversation.of(messages))).contains(LINE))
                    .isEqualTo(expected);
        }

        @Test
        void areMentionedWhereverTheyAreDeclared() {
            assertLine(true, system, developer("functions", functions));
            assertLine(true, developer("functions", functions), system);
            assertLine(true, system, USER, developer("functions", functions));
        }

        @Test
        void areMentionedEvenIfTheirDeclarationIsDropped() {
            assertLine(true, system, developer("functions", functions).withChannel(Channel.ANALYSIS), FINAL);
        }

        @Test
        void areKnownByTheirKeyNotByTheirName() {
            assertLine(true, system, developer("functions", new ToolNamespace("x", null, functions.tools())));
            assertLine(false, system, developer("x", functions));
        }

        @Test
        void areNotMentionedIfThereAreNone() {
            assertLine(false, system);
            assertLine(false, system, developer("functions", ToolNamespace.functions()));
            assertLine(false, system, Message.developer(Content.Developer.EMPTY));
        }

        @Test
        void ofASystemMessageDoNotCount() {
            assertLine(false, Message.system(Content.System.DEFAULT.withTools(functions)));
        }

        @Test
        void ofASingleMessageAreAnOption() {
            RenderOptions options = RenderOptions.DEFAULT.withFunctionTools(true);
            HarmonyRenderer renderer = new HarmonyRenderer(Fragments.TOKENIZER, options);

            assertThat(text(RENDERER.render(system)))
                    .isEqualTo(
                            "<|start|>system<|message|># Valid channels: final. Channel must be included for every message.<|end|>");
            assertThat(text(renderer.render(system)))
                    .isEqualTo(
                            "<|start|>system<|message|># Valid channels: final. Channel must be included for every message."
                                    + LINE + "<|end|>");
            assertThat(text(renderer.render(Conversation.of(system)))).doesNotContain(LINE);
        }
    }

    @Nested
    class Errors {
        @Test
        void sayWhichMessage() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RENDERER.render(Conversation.of(USER, USER, NAMELESS_TOOL)))
                    .withMessageContaining("at message 2;");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RENDERER.renderForTraining(
                            Conversation.of(USER, Message.of(Author.of(Role.USER), Content.System.EMPTY))))
                    .withMessageContaining("at message 1;");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RENDERER.render(NAMELESS_TOOL))
                    .withMessageContaining("at message 0;");
        }

        @Test
        void areCountedOverDroppedMessages() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RENDERER.render(Conversation.of(ANALYSIS, NAMELESS_TOOL, FINAL)))
                    .withMessageContaining("at message 1;");
        }

        @Test
        void leaveNothingBehind() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RENDERER.render(Conversation.of(USER, NAMELESS_TOOL)));

            assertThat(RENDERER.render(USER)).isEqualTo(tokens(START, "user", MESSAGE, "Hi", END));
        }

        @Test
        void areNotLookedForInDroppedMessages() {
            Conversation conversation = Conversation.of(NAMELESS_TOOL.withChannel(Channel.ANALYSIS), FINAL);

            assertThat(RENDERER.render(conversation)).isEqualTo(RENDERER.render(FINAL));
            assertThatIllegalArgumentException().isThrownBy(() -> KEEPING.render(conversation));
        }
    }

    @Test
    void aSingleMessageIsNeverDroppedAndEndsAsInAConversation() {
        assertThat(text(RENDERER.render(ANALYSIS)))
                .isEqualTo("<|start|>assistant<|channel|>analysis<|message|>Hm<|end|>");
        assertThat(text(RENDERER.render(FINAL))).isEqualTo("<|start|>assistant<|channel|>final<|message|>Ho<|end|>");
    }

    @Test
    void aTokenizerWithoutTheTokensOfHarmonyIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HarmonyRenderer(Tokenizer.o200kBase()))
                .withMessageContaining("but found none; use Tokenizer.o200kHarmony()");
    }

    @Test
    @SuppressWarnings("NullAway") // what null leads to is the claim
    void nullIsNamed() {
        assertThatNullPointerException()
                .isThrownBy(() -> new HarmonyRenderer(null))
                .withMessage("tokenizer");
        assertThatNullPointerException()
                .isThrownBy(() -> RENDERER.render((Conversation) null))
                .withMessage("conversation");
        assertThatNullPointerException()
                .isThrownBy(() -> RENDERER.render((Message) null))
                .withMessage("message");
        assertThatNullPointerException()
                .isThrownBy(() -> RENDERER.renderForCompletion(Conversation.of(), null))
                .withMessage("nextRole");
    }
}
