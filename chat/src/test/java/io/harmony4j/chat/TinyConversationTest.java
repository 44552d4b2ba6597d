package io.harmony4j.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Channel;
import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.ReasoningEffort;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.ToolDescription;
import io.harmony4j.engine.BatchGenerator;
import io.harmony4j.engine.Generator;
import io.harmony4j.engine.Model;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.Sampling;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.parser.HarmonyParser;
import io.harmony4j.parser.ParseEvent;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.parser.ParseResult;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.testkit.ScriptedModel;
import io.harmony4j.tiny.TinyTools;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole way with a real model: prompts, tokens, messages, tool calls, over several turns. */
class TinyConversationTest {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();
    private static final Model MODEL = Model.tiny();
    private static final GenerationOptions GREEDY = GenerationOptions.DEFAULT.withSampling(Sampling.GREEDY);
    private static final List<String> QUESTIONS =
            List.of("What is 17 * 23?", "What is the weather in Tokyo?", "And in Oslo?");

    @AfterAll
    static void close() {
        MODEL.close();
    }

    private static ToolLoop loop(TokenGenerator generator) {
        ToolLoop loop = new ToolLoop(new HarmonyModel(TOKENIZER, generator)).withOptions(GREEDY);
        for (ToolDescription tool : TinyTools.functions()) {
            Recipient recipient = Recipient.function(tool.name());
            loop = loop.withTool(recipient, arguments -> TinyTools.call(recipient, arguments));
        }
        return loop;
    }

    private static Conversation beginning(ReasoningEffort effort) {
        return Conversation.of(
                Message.system(Content.System.DEFAULT.withReasoningEffort(effort)),
                Message.developer(Content.developer(
                        "You are a helpful assistant.", TinyTools.functions().toArray(ToolDescription[]::new))));
    }

    @Test
    void conversationsThatShareAnEngineAnswerAsEachWouldAlone() throws Exception {
        List<String> questions =
                IntStream.range(0, 8).mapToObj(i -> "What is 1" + i + " * 23?").toList();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (BatchGenerator shared = new BatchGenerator(MODEL)) {
            List<Future<LoopResult>> together = new ArrayList<>();
            for (String question : questions) {
                together.add(threads.submit(() -> ask(shared, question)));
            }
            for (int i = 0; i < questions.size(); i++) {
                LoopResult alone = ask(new Generator(MODEL), questions.get(i));
                assertThat(together.get(i).get().conversation()).isEqualTo(alone.conversation());
                assertThat(alone.ending()).isEqualTo(LoopResult.Ending.ANSWERED);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static LoopResult ask(TokenGenerator generator, String question) {
        return loop(generator).run(beginning(ReasoningEffort.LOW).with(Message.user(question)), event -> {});
    }

    @Test
    void aToolIsCalledAndItsResultAnswered() {
        List<LoopEvent> events = new ArrayList<>();
        LoopResult result = loop(new Generator(MODEL))
                .run(beginning(ReasoningEffort.LOW).with(Message.user("What is 17 * 23?")), events::add);
        assertThat(result.ending()).isEqualTo(LoopResult.Ending.ANSWERED);
        assertThat(events)
                .anySatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                LoopEvent.ToolCalled.class,
                                call -> assertThat(call.tool()).isEqualTo(Recipient.function("calculate"))));
        assertThat(result.answer())
                .hasValueSatisfying(answer -> assertThat(answer).contains("391"));
    }

    /** The first turn is as a model may write it one day; the second is the model's own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<|channel|>commentary to=Calculatejson<|message|>{\"expression\":\"17 * 23\"}<|call|>",
                "<|channel|>commentary to=functions.calculate <|constrain|>json<|message|>{\"expression\":\"17 * 23\"}<|end|>"
                        + "<|start|>functions.calculate to=assistant<|channel|>commentary<|message|>{\"result\":400}<|end|>",
            })
    void aTurnThatWentWrongIsGoneOnFrom(String turn) {
        ScriptedModel scripted = Scripted.model(turn);
        Generator tiny = new Generator(MODEL);
        TokenGenerator first = (prompt, options, tokens) ->
                (scripted.promptTokens().isEmpty() ? scripted : tiny).generate(prompt, options, tokens);
        LoopResult result =
                loop(first).run(beginning(ReasoningEffort.LOW).with(Message.user("What is 17 * 23?")), event -> {});

        assertThat(result.ending()).isEqualTo(LoopResult.Ending.ANSWERED);
        assertThat(result.answer())
                .hasValueSatisfying(answer -> assertThat(answer).contains("391"));
    }

    /** A conversation whose generator keeps what it has read, beside one that reads each prompt from its beginning. */
    @Test
    void manyTurnsGiveTheSameWithAndWithoutReuse() {
        ToolLoop reusing = loop(new Generator(MODEL));
        ToolLoop forgetting = loop((prompt, options, tokens) -> new Generator(MODEL).generate(prompt, options, tokens));
        Conversation one = beginning(ReasoningEffort.MEDIUM);
        Conversation other = one;
        for (String question : QUESTIONS) {
            one = reusing.run(one.with(Message.user(question)), event -> {}).conversation();
            other = forgetting
                    .run(other.with(Message.user(question)), event -> {})
                    .conversation();
        }
        assertThat(one).isEqualTo(other);
        assertThat(one.messages())
                .filteredOn(message -> message.author().role() == Role.TOOL)
                .isNotEmpty();
    }

    /** What streams is what the batch parse gives, and every token is accounted for. */
    @Test
    void eventsMessagesAndTokensAgree() {
        List<LoopEvent> events = new ArrayList<>();
        Conversation asked = beginning(ReasoningEffort.HIGH).with(Message.user("What is 250 + 17?"));
        LoopResult result = loop(new Generator(MODEL)).run(asked, events::add);

        List<Message> streamed = new ArrayList<>();
        List<Integer> tokens = new ArrayList<>();
        List<Message> parsed = new ArrayList<>();
        int accounted = 0;
        events.add(new LoopEvent.RoundStarted(0, new int[0])); // so that the last round ends, too
        for (LoopEvent event : events) {
            if (event instanceof LoopEvent.Generated generated) {
                tokens.add(generated.token());
            } else if (event instanceof LoopEvent.Parsed one && one.event() instanceof ParseEvent.MessageEnded ended) {
                streamed.add(ended.message());
            } else if (event instanceof LoopEvent.RoundStarted && !tokens.isEmpty()) {
                ParseResult strict = HarmonyParser.parse(
                        tokens.stream().mapToInt(Integer::intValue).toArray(),
                        ParseOptions.forRole(Role.ASSISTANT).strict());
                parsed.addAll(strict.messages());
                assertThat(strict.usage().orElseThrow().total()).isEqualTo(tokens.size());
                assertThat(strict.usage().orElseThrow().other()).isZero();
                accounted += tokens.size();
                tokens.clear();
            }
        }
        assertThat(streamed).isNotEmpty().isEqualTo(parsed);
        assertThat(accounted).isEqualTo(result.generatedTokens());
        assertThat(result.conversation().messages())
                .filteredOn(message -> message.author().role() == Role.ASSISTANT)
                .isEqualTo(parsed);
    }

    /** What the model wrote, rendered again as history, are the tokens that it wrote. */
    @Test
    void whatWasGeneratedIsRenderedAsItWas() {
        List<Integer> generated = new ArrayList<>();
        Conversation asked = beginning(ReasoningEffort.LOW).with(Message.user("What is the weather in Paris?"));
        LoopResult result = loop(new Generator(MODEL))
                .withLimits(LoopLimits.DEFAULT.withRounds(1).withTokens(1000))
                .run(asked, event -> {
                    if (event instanceof LoopEvent.Generated token) {
                        generated.add(token.token());
                    }
                });
        HarmonyRenderer renderer = new HarmonyRenderer(TOKENIZER);
        int[] prompt = renderer.renderForCompletion(asked, Role.ASSISTANT);
        int[] again = renderer.renderForCompletion(result.conversation(), Role.ASSISTANT);
        int[] expected = new int[prompt.length + generated.size()];
        System.arraycopy(prompt, 0, expected, 0, prompt.length);
        for (int i = 0; i < generated.size(); i++) {
            expected[prompt.length + i] = generated.get(i);
        }
        assertThat(again).startsWith(expected);
    }

    @Test
    void moreEffortThinksLonger() {
        int[] lengths = new int[3];
        for (ReasoningEffort effort : ReasoningEffort.values()) {
            LoopResult result = loop(new Generator(MODEL))
                    .run(beginning(effort).with(Message.user("What is 250 + 17?")), event -> {});
            lengths[effort == ReasoningEffort.LOW ? 0 : effort == ReasoningEffort.MEDIUM ? 1 : 2] =
                    result.conversation().messages().stream()
                            .filter(message -> Channel.ANALYSIS.equals(message.channel()))
                            .mapToInt(message -> TOKENIZER.count(message.text()))
                            .sum();
        }
        assertThat(lengths[2]).isGreaterThan(lengths[1]).isGreaterThan(2 * lengths[0]);
        assertThat(lengths[1]).isGreaterThan(lengths[0]);
    }
}
