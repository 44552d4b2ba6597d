package io.harmony4j.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.ToolDescription;
import io.harmony4j.engine.BatchGenerator;
import io.harmony4j.engine.Generator;
import io.harmony4j.engine.Model;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.Sampling;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.tiny.TinyTools;
import io.harmony4j.tokenizer.AllowedSpecial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Model and loop go on from what was generated, token by token, whatever it was. */
class AsSampledTest {
    private static final Recipient ADD = Recipient.function("add");
    private static final Conversation QUESTION = Conversation.of(
            Message.system(Content.System.DEFAULT),
            Message.developer(Content.developer("Help.", ToolDescription.of("add", "Adds."))),
            Message.user("1 + 2?"));
    private static final String RESULT =
            "<|start|>functions.add to=assistant<|channel|>commentary<|message|>3<|end|><|start|>assistant";
    private static final String ANSWER = "<|channel|>final<|message|>3<|return|>";

    /** Generates what it is told to, and keeps what it was asked and gave. */
    private static final class Recorder implements TokenGenerator {
        final List<int[]> prompts = new ArrayList<>();
        final List<Generation> generations = new ArrayList<>();
        private final TokenGenerator generator;

        Recorder(TokenGenerator generator) {
            this.generator = generator;
        }

        static Recorder of(int[]... outputs) {
            Iterator<int[]> next = Arrays.asList(outputs).iterator();
            return new Recorder((prompt, options, tokens) -> {
                int[] output = next.next();
                for (int i = 0; i < output.length; i++) {
                    tokens.accept(GeneratedToken.of(output[i], i));
                }
                return Generation.of(output, FinishReason.STOP, prompt.length);
            });
        }

        @Override
        public Generation generate(int[] prompt, GenerationOptions options, Consumer<GeneratedToken> tokens) {
            prompts.add(prompt);
            generations.add(generator.generate(prompt, options, tokens));
            return generations.get(generations.size() - 1);
        }

        /** Returns a prompt and what was generated after it. */
        int[] read(int round) {
            return joined(prompts.get(round), generations.get(round).tokens());
        }
    }

    private static int[] tokens(String text) {
        return Scripted.TOKENIZER.encode(text, AllowedSpecial.ALL);
    }

    private static int[] joined(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(IntStream::of).toArray();
    }

    /** Calls as models write them: with headers of their own order, text cut otherwise, slips of every kind. */
    static Stream<int[]> calls() {
        return Stream.of(
                tokens("<|channel|>commentary to=functions.add <|constrain|>json<|message|>{\"a\":1}<|call|>"),
                tokens("<|channel|>commentary to=functions.add<|constrain|>json<|message|>{}<|call|>"),
                tokens(" to=functions.add<|channel|>analysis code<|message|>{}<|call|>"),
                joined(
                        tokens("<|channel|>comment"),
                        tokens("ary to=functions.a"),
                        tokens("dd<|message|>{\""),
                        tokens("a\":1}<|call|>")),
                tokens(
                        "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>commentary<|message|>So.<|end|>"
                                + "<|start|>assistant<|channel|>commentary to=functions.add<|message|>{}<|call|>"),
                tokens("<|channel|>commentary to=add<|message|>{}<|call|>"),
                tokens("<|channel|>commentary to=functions.Addjson<|message|>{}<|call|>"),
                tokens("<|channel|>commentary to=functions.add<|channel|>commentary json<|message|>{}<|call|>"),
                tokens(
                        "<|channel|>analysis<|message|>Look.<|channel|>commentary to=functions.add<|message|>{}<|call|>"),
                tokens(
                        "<|channel|>analysis<|message|>Look.<|start|>assistant<|channel|>commentary to=functions.add<|message|>{}<|call|>"),
                tokens("<|start|>assistant<|channel|>commentary to=functions.add<|message|>{}<|call|>"),
                tokens("<|channel|>commentary to=functions.add<|message|>\ufffd{}<|call|>"));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aPromptOfTheLoopIsTheLastOneWhatWasGeneratedAndTheResult(int[] call) {
        Recorder generator = Recorder.of(call, call, tokens(ANSWER));
        LoopResult result = new ToolLoop(new HarmonyModel(Scripted.TOKENIZER, generator))
                .withTool(ADD, arguments -> "3")
                .run(QUESTION, event -> {});

        assertThat(result.ending()).isEqualTo(LoopResult.Ending.ANSWERED);
        for (int round = 0; round < 2; round++) {
            int[] next = generator.prompts.get(round + 1);
            assertThat(next).startsWith(generator.read(round));
            assertThat(Scripted.TOKENIZER.decode(Arrays.copyOfRange(next, generator.read(round).length, next.length)))
                    .isEqualTo(
                            Scripted.TOKENIZER.decode(call).contains("analysis code")
                                    ? RESULT.replace("commentary", "analysis")
                                    : RESULT);
        }
        assertThat(result.conversation().messages())
                .filteredOn(Message::isToolCall)
                .hasSize(2)
                .allSatisfy(message -> assertThat(message.recipient()).isEqualTo(ADD));
        // as does the JSON, whoever reads it
        HarmonyRenderer renderer = new HarmonyRenderer(
                Scripted.TOKENIZER, RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.SINCE_LAST_FINAL));
        List<String> discarded = new ArrayList<>();
        TokenHistory read = TokenHistory.fromJson(result.history().toJson(), renderer, discarded::add);
        assertThat(discarded).isEmpty();
        assertThat(read.prompt()).isEqualTo(result.history().prompt());
        assertThat(read.conversation()).isEqualTo(result.conversation());
        assertThat(Conversation.fromJson(result.history().toJson(), discarded::add))
                .isEqualTo(result.conversation());
        assertThat(discarded).isEmpty();
    }

    @Test
    void theNextQuestionGoesOnFromTheAnswer() {
        int[] answer = joined(tokens("<|channel|>final<|message|>Th"), tokens("ree<|return|>"));
        Recorder generator = Recorder.of(
                tokens("<|channel|>commentary to=functions.add<|message|>{}<|call|>"), answer, tokens(ANSWER));
        ToolLoop loop = new ToolLoop(new HarmonyModel(Scripted.TOKENIZER, generator)).withTool(ADD, arguments -> "3");
        LoopResult first = loop.run(QUESTION, event -> {});
        TokenHistory asked = first.history().with(List.of(Message.user("Why?")));
        loop.run(asked, event -> {});

        int[] read = generator.read(1);
        int[] allButTheStop = Arrays.copyOf(read, read.length - 1);
        assertThat(generator.prompts.get(2)).startsWith(allButTheStop);
        assertThat(asked.extend(allButTheStop))
                .hasValueSatisfying(more -> assertThat(Scripted.TOKENIZER.decode(more))
                        .isEqualTo("<|end|><|start|>user<|message|>Why?<|end|><|start|>assistant"));
        assertThat(asked.extend(read)).as("the prompt has another token there").isEmpty();
        assertThat(asked.extend(asked.prompt()))
                .hasValueSatisfying(more -> assertThat(more).isEmpty());
        assertThat(asked.extend(tokens("<|start|>user"))).isEmpty();
    }

    @Test
    void aModelAnswersAHistory() {
        int[] answer = joined(tokens("<|channel|>final<|message|>Th"), tokens("ree<|return|>"));
        Recorder generator = Recorder.of(answer, tokens(ANSWER), tokens(ANSWER));
        HarmonyModel model = new HarmonyModel(Scripted.TOKENIZER, generator);
        TokenHistory history = model.history(QUESTION);
        history = history.with(model.answer(history, TurnOptions.DEFAULT, delta -> {}));
        history = history.with(List.of(Message.user("Why?")));
        model.answer(history, TurnOptions.DEFAULT, delta -> {});

        assertThat(generator.prompts.get(0)).isEqualTo(model.prompt(QUESTION));
        assertThat(generator.prompts.get(1))
                .startsWith(joined(generator.prompts.get(0), Arrays.copyOf(answer, answer.length - 1)));
        assertThat(history.conversation().messages()).endsWith(Message.answer("Three"), Message.user("Why?"));
    }

    @Test
    void whatAStopStringCutsOffIsNotInThePrompt() {
        Recorder generator = Recorder.of(tokens("<|channel|>final<|message|>One, two, three<|return|>"));
        HarmonyModel model = new HarmonyModel(Scripted.TOKENIZER, generator);
        TokenHistory history = model.history(QUESTION);
        Answer answer = model.answer(history, TurnOptions.DEFAULT.withStopStrings(List.of(", two")), delta -> {});

        assertThat(Scripted.TOKENIZER.decode(history.with(answer).prompt()))
                .endsWith("<|start|>assistant<|channel|>final<|message|>One<|end|><|start|>assistant");
    }

    /** The engine has read all but the token at which it stopped, and reads what is new. */
    @Test
    void theEngineReadsOnlyWhatIsNew() {
        try (Model model = Model.tiny();
                BatchGenerator batches = new BatchGenerator(model)) {
            for (TokenGenerator engine : List.of(new Generator(model), batches)) {
                Recorder generator = new Recorder(engine);
                ToolLoop loop = new ToolLoop(new HarmonyModel(Scripted.TOKENIZER, generator))
                        .withOptions(GenerationOptions.DEFAULT.withSampling(Sampling.GREEDY));
                for (ToolDescription tool : TinyTools.functions()) {
                    Recipient recipient = Recipient.function(tool.name());
                    loop = loop.withTool(recipient, arguments -> TinyTools.call(recipient, arguments));
                }
                Conversation conversation = Conversation.of(
                        Message.system(Content.System.DEFAULT),
                        Message.developer(Content.developer(
                                "You are a helpful assistant.",
                                TinyTools.functions().toArray(ToolDescription[]::new))),
                        Message.user("What is 17 * 23?"));
                LoopResult result = loop.run(conversation, event -> {});

                assertThat(result.rounds()).isGreaterThan(1);
                for (int round = 1; round < result.rounds(); round++) {
                    assertThat(generator.generations.get(round).cachedTokens())
                            .isEqualTo(generator.read(round - 1).length - 1);
                }
            }
        }
    }
}
