package io.harmony4j.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Channel;
import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.ToolDescription;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The loop's rules, with a generator that says what it is told to: a model would not make these mistakes on demand. */
class ToolLoopTest {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();
    private static final String CALL =
            "<|channel|>commentary to=functions.add <|constrain|>json<|message|>{\"a\":1,\"b\":2}<|call|>";
    private static final String ANSWER =
            "<|channel|>analysis<|message|>Easy.<|end|><|start|>assistant<|channel|>final<|message|>3<|return|>";
    private static final Conversation QUESTION = Conversation.of(
            Message.system(Content.System.DEFAULT),
            Message.developer(Content.Developer.EMPTY.withFunctions(ToolDescription.of("add", "Adds two numbers."))),
            Message.user("1 + 2?"));

    private final List<LoopEvent> events = new ArrayList<>();

    private static ToolLoop loop(String... texts) {
        return new ToolLoop(new HarmonyModel(TOKENIZER, new Scripted(texts)));
    }

    @Test
    void aCallIsAnsweredAndTheModelAskedAgain() {
        Scripted generator = new Scripted(CALL, ANSWER);
        LoopResult result = new ToolLoop(new HarmonyModel(TOKENIZER, generator))
                .withTool(Recipient.function("add"), arguments -> "{\"sum\":" + (arguments.contains("1") ? 3 : 0) + "}")
                .run(QUESTION, events::add);

        assertThat(result.answer()).contains("3");
        assertThat(result.ending()).isEqualTo(LoopResult.Ending.ANSWERED);
        assertThat(result.rounds()).isEqualTo(2);
        List<Message> messages = result.conversation().messages();
        assertThat(messages).hasSize(7);
        assertThat(messages.get(4)).isEqualTo(Message.tool(Recipient.function("add"), "{\"sum\":3}"));
        assertThat(generator.prompts.get(1))
                .isEqualTo(new HarmonyRenderer(TOKENIZER)
                        .renderForCompletion(new Conversation(messages.subList(0, 5)), Role.ASSISTANT));
        assertThat(events)
                .contains(
                        new LoopEvent.ToolCalled(Recipient.function("add"), "{\"a\":1,\"b\":2}"),
                        new LoopEvent.ToolAnswered(Recipient.function("add"), "{\"sum\":3}", false))
                .filteredOn(LoopEvent.Generated.class::isInstance)
                .hasSize(result.generatedTokens());
    }

    @Test
    void aToolAnswersOnTheChannelOfItsCall() {
        LoopResult result = loop("<|channel|>analysis to=python code<|message|>print(1 + 2)<|call|>", ANSWER)
                .withTool(Recipient.of("python"), arguments -> "3\n")
                .run(QUESTION, events::add);
        Message answer = result.conversation().messages().get(4);
        assertThat(answer.author().name()).isEqualTo("python");
        assertThat(answer.channel()).isEqualTo(Channel.ANALYSIS);
    }

    @Test
    void whatAToolThrowsIsForTheModel() {
        LoopResult result = loop(CALL, CALL, ANSWER)
                .withTool(Recipient.function("add"), arguments -> {
                    throw new IllegalStateException("out of order");
                })
                .run(QUESTION, events::add);
        assertThat(result.answer()).contains("3");
        assertThat(events).contains(new LoopEvent.ToolAnswered(Recipient.function("add"), "error: out of order", true));
    }

    @Test
    void aToolThatIsNotThereIsAnErrorForTheModel() {
        LoopResult result = loop(CALL, ANSWER)
                .withTool(Recipient.function("subtract"), arguments -> "0")
                .run(QUESTION, events::add);
        assertThat(result.ending()).isEqualTo(LoopResult.Ending.ANSWERED);
        assertThat(result.conversation().messages().get(4).text())
                .isEqualTo("error: there is no tool functions.add; there are [functions.subtract]");
    }

    @Test
    void roundsAndTokensHaveLimits() {
        ToolLoop endless = loop(CALL, CALL, CALL).withTool(Recipient.function("add"), arguments -> "3");
        assertThat(endless.withLimits(LoopLimits.DEFAULT.withRounds(3).withTokens(1000))
                        .run(QUESTION, events::add))
                .satisfies(result -> assertThat(result.ending()).isEqualTo(LoopResult.Ending.ROUNDS))
                .satisfies(result -> assertThat(result.answer()).isEmpty());

        LoopResult cut = loop(ANSWER)
                .withLimits(LoopLimits.DEFAULT.withRounds(3).withTokens(4))
                .run(QUESTION, events::add);
        assertThat(cut.ending()).isEqualTo(LoopResult.Ending.TOKENS);
        assertThat(cut.generatedTokens()).isEqualTo(4);
        assertThat(cut.conversation().messages().get(3).text()).isEqualTo("Easy");
    }

    @Test
    void canBeCancelledWithinARoundAndBetweenRounds() {
        LoopResult within = loop(ANSWER).withCancelled(() -> events.size() > 8).run(QUESTION, events::add);
        assertThat(within.ending()).isEqualTo(LoopResult.Ending.CANCELLED);
        assertThat(within.generatedTokens()).isPositive();

        LoopResult before = loop(ANSWER).withCancelled(() -> true).run(QUESTION, events::add);
        assertThat(before.ending()).isEqualTo(LoopResult.Ending.CANCELLED);
        assertThat(before.rounds()).isZero();
    }

    @Test
    void allTextOfAnyOutputIsKept() {
        LoopResult result = loop("no header at all<|return|>").run(QUESTION, events::add);
        assertThat(result.ending()).isEqualTo(LoopResult.Ending.ANSWERED);
        assertThat(result.conversation().messages()).hasSize(4);
        assertThat(result.conversation().messages().get(3).toJson()).contains("no header at all");
    }
}
