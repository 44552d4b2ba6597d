package io.harmony4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.SpecialToken;
import io.harmony4j.json.Json;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.renderer.ChatTemplate;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.LossMask;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.renderer.Rendering;
import io.harmony4j.renderer.TrainingSample;
import io.harmony4j.renderer.UnslothMask;
import io.harmony4j.tokenizer.Tokenizer;
import io.harmony4j.training.RowSamples.Loss;
import io.harmony4j.training.SampleOptions.TooLong;
import io.harmony4j.training.SampleOptions.TurnChoice;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SampleBuilderTest {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();
    private static final Conversation TWO_TURNS = Conversation.of(
            Message.user("One and one?"),
            Message.analysis("Easy."),
            Message.answer("Two."),
            Message.user("And two more?"),
            Message.analysis("Also easy, but let me count: three, four."),
            Message.answer("Four."));

    private static RowSamples build(Conversation conversation, SampleOptions options) {
        return new SampleBuilder(TOKENIZER, options).build(conversation, Map.of());
    }

    private static String text(TrainingSample sample) {
        return TOKENIZER.decode(sample.tokens());
    }

    private static String learnt(TrainingSample sample) {
        int[] labels = Arrays.stream(sample.labels())
                .filter(label -> label != TrainingSample.IGNORED)
                .toArray();
        return TOKENIZER.decode(labels);
    }

    @Test
    void severalTurnsWithThoughtsAreASampleEach() {
        RowSamples samples = build(TWO_TURNS, SampleOptions.DEFAULT);

        assertThat(samples.samples()).extracting(SampleBuilderTest::text).containsExactly("""
                        <|start|>user<|message|>One and one?<|end|><|start|>assistant<|channel|>analysis<|message|>Easy.<|end|>\
                        <|start|>assistant<|channel|>final<|message|>Two.<|return|>""", """
                        <|start|>user<|message|>One and one?<|end|><|start|>assistant<|channel|>final<|message|>Two.<|end|>\
                        <|start|>user<|message|>And two more?<|end|>\
                        <|start|>assistant<|channel|>analysis<|message|>Also easy, but let me count: three, four.<|end|>\
                        <|start|>assistant<|channel|>final<|message|>Four.<|return|>""");
        assertThat(learnt(samples.samples().get(1))).isEqualTo("""
                        <|channel|>analysis<|message|>Also easy, but let me count: three, four.<|end|>\
                        <|start|>assistant<|channel|>final<|message|>Four.<|return|>""");
        assertThat(samples.droppedMessages()).isEqualTo(1);
        assertThat(samples.droppedTokens())
                .isEqualTo(new HarmonyRenderer(TOKENIZER).render(Message.analysis("Easy.")).length);
    }

    @Test
    void aConversationWithThoughtsInOneTurnIsOneSample() {
        Conversation thoughtOnce = Conversation.of(
                Message.user("Hi"),
                Message.answer("Hello."),
                Message.user("1+1?"),
                Message.analysis("2"),
                Message.answer("2"));

        assertThat(build(thoughtOnce, SampleOptions.DEFAULT).samples()).hasSize(1);
        assertThat(build(TWO_TURNS, SampleOptions.DEFAULT.withTurns(TurnChoice.WHOLE))
                        .samples())
                .singleElement()
                .satisfies(sample -> assertThat(text(sample)).contains("Easy.").contains("Also easy"));
    }

    @Test
    void theLastTurnAlone() {
        List<TrainingSample> all = build(TWO_TURNS, SampleOptions.DEFAULT).samples();

        assertThat(build(TWO_TURNS.with(Message.user("Thanks")), SampleOptions.DEFAULT.withTurns(TurnChoice.LAST_TURN))
                        .samples())
                .singleElement()
                .satisfies(sample ->
                        assertThat(sample.tokens()).isEqualTo(all.get(1).tokens()));
    }

    @Test
    void whatHasNothingToLearnIsCounted() {
        Conversation unanswered = Conversation.of(Message.user("Hi"));

        for (TurnChoice turns : TurnChoice.values()) {
            RowSamples samples = build(unanswered, SampleOptions.DEFAULT.withTurns(turns));
            assertThat(samples.samples()).as(turns.wireName()).isEmpty();
            assertThat(samples.losses()).as(turns.wireName()).containsExactly(Map.entry(Loss.NO_LABELS, 1));
        }
        assertThat(new SampleBuilder(TOKENIZER, SampleOptions.DEFAULT)
                        .build(TWO_TURNS, Map.of(1, 0.0, 2, 0.0))
                        .losses())
                .containsExactly(Map.entry(Loss.NO_LABELS, 1));
    }

    @Test
    void whatIsTooLongIsLeftOutAndCounted() {
        RowSamples samples = build(TWO_TURNS, SampleOptions.DEFAULT.withMaxLength(30));

        assertThat(samples.samples()).hasSize(1);
        assertThat(samples.losses()).containsExactly(Map.entry(Loss.TOO_LONG, 1));
    }

    @Test
    void aWholeThatIsTooLongIsSplitIntoTurns() {
        SampleOptions whole = SampleOptions.DEFAULT
                .withTurns(TurnChoice.WHOLE)
                .withMaxLength(52)
                .withTooLong(TooLong.SPLIT_TURNS);

        assertThat(build(TWO_TURNS, whole.withMaxLength(100)).samples()).hasSize(1);
        assertThat(build(TWO_TURNS, whole).samples()).hasSize(2);
        assertThat(build(TWO_TURNS, whole.withMaxLength(30)).losses()).containsExactly(Map.entry(Loss.TOO_LONG, 1));
    }

    @Test
    void theOldestTurnsOfTheContextMayGo() {
        Conversation conversation =
                new Conversation(List.of(Message.developer(Content.developer("Be brief.")))).with(TWO_TURNS.messages());
        RowSamples all = build(conversation, SampleOptions.DEFAULT);
        int length = all.samples().get(1).length();
        SampleOptions context = SampleOptions.DEFAULT.withTooLong(TooLong.CONTEXT);
        RowSamples samples = build(conversation, context.withMaxLength(length - 1));

        assertThat(text(samples.samples().get(1)))
                .startsWith(
                        "<|start|>developer<|message|># Instructions\n\nBe brief.<|end|><|start|>user<|message|>And two more?");
        assertThat(learnt(samples.samples().get(1)))
                .isEqualTo(learnt(all.samples().get(1)));
        assertThat(samples.losses()).containsExactly(Map.entry(Loss.CONTEXT_CUT, 1));
        assertThat(build(conversation, context.withMaxLength(10)).losses())
                .as("what is learnt stays")
                .containsExactly(Map.entry(Loss.TOO_LONG, 2));
    }

    @Test
    void endsMayBeCutOff() {
        SampleOptions options =
                SampleOptions.DEFAULT.withTurns(TurnChoice.LAST_TURN).withMaxLength(12);
        int[] whole =
                build(TWO_TURNS, options.withMaxLength(1000)).samples().get(0).tokens();
        RowSamples start = build(TWO_TURNS, options.withTooLong(TooLong.KEEP_START));
        RowSamples end = build(TWO_TURNS, options.withTooLong(TooLong.KEEP_END));

        assertThat(start.samples()).as("nothing to learn is left").isEmpty();
        assertThat(start.losses())
                .containsOnly(Map.entry(Loss.END_CUT, 1), Map.entry(Loss.LABELS_CUT, 1), Map.entry(Loss.NO_LABELS, 1));
        assertThat(end.samples().get(0).tokens()).isEqualTo(Arrays.copyOfRange(whole, whole.length - 12, whole.length));
        assertThat(end.samples().get(0).labels()[0])
                .as("nothing stands before it")
                .isEqualTo(TrainingSample.IGNORED);
        assertThat(end.losses()).containsOnly(Map.entry(Loss.START_CUT, 1), Map.entry(Loss.LABELS_CUT, 1));
    }

    @Test
    void aTextIsLearntWithTheTokenThatEndsIt() {
        SampleBuilder builder = new SampleBuilder(TOKENIZER, SampleOptions.DEFAULT);
        TrainingSample sample = builder.buildText("Hello world").samples().get(0);

        assertThat(sample.tokens()).containsExactly(13225, 2375, SpecialToken.END_OF_TEXT.id());
        assertThat(sample.labels()).containsExactly(-100, 2375, SpecialToken.END_OF_TEXT.id());
        SampleOptions parts = SampleOptions.DEFAULT.withMaxLength(2).withTooLong(TooLong.SPLIT_TURNS);
        assertThat(new SampleBuilder(TOKENIZER, parts)
                        .buildText("Hello world Hello")
                        .samples())
                .extracting(TrainingSample::length)
                .containsExactly(2, 2);
    }

    @Test
    void aPolicyThatLeavesOutWhatIsLearntIsRefused() {
        SampleOptions options = SampleOptions.DEFAULT
                .withTurns(TurnChoice.WHOLE)
                .withRendering(RenderOptions.DEFAULT.withAnalysisPolicy(AnalysisPolicy.SINCE_LAST_FINAL));

        assertThatThrownBy(() -> build(TWO_TURNS, options))
                .isInstanceOf(RowException.class)
                .hasMessageContaining("since-last-final")
                .hasMessageContaining("take a sample per turn");
        assertThat(build(TWO_TURNS, options.withForcedPolicy(true)).samples())
                .singleElement()
                .satisfies(sample -> assertThat(learnt(sample))
                        .isEqualTo("<|channel|>final<|message|>Two.<|channel|>final<|message|>Four.<|return|>"));
    }

    @Test
    void whatAnotherTrainerMakesOfAChat() {
        LocalDate date = LocalDate.of(2026, 1, 31);
        String chat = """
                {"messages": [{"role": "user", "content": "1+1?"}, {"role": "assistant", "thinking": "Hm.", "content": "2"},
                              {"role": "user", "content": "2+2?"}, {"role": "assistant", "thinking": "Well.", "content": "4"}]}""";
        RowImporter importer = new RowImporter(ImportOptions.of(date));
        Rendering template = new ChatTemplate(TOKENIZER, date).renderingForTraining(chat);

        for (SampleOptions.Trainer trainer : SampleOptions.Trainer.values()) {
            SampleBuilder builder = new SampleBuilder(TOKENIZER, SampleOptions.DEFAULT.withTrainer(trainer, date));
            TrainingSample expected = trainer == SampleOptions.Trainer.TRL
                    ? LossMask.TRL.apply(template)
                    : UnslothMask.of(TOKENIZER).apply(template);
            for (String json : List.of(chat, chat.substring(chat.indexOf('['), chat.length() - 1))) {
                RowSamples samples = builder.build(importer.read(Json.parse(json)));
                assertThat(samples.samples()).singleElement().satisfies(sample -> {
                    assertThat(sample.tokens()).isEqualTo(template.tokens());
                    assertThat(sample.labels()).isEqualTo(expected.labels());
                });
                assertThat(samples.droppedMessages()).isEqualTo(1);
            }
            ImportedRow other =
                    importer.read(Json.parse("{\"instruction\": \"1+1?\", \"input\": \"\", \"output\": \"2\"}"));
            assertThatThrownBy(() -> builder.build(other))
                    .isInstanceOf(RowException.class)
                    .hasMessage("expected a row of the shape chat, which is what the chat template of "
                            + trainer.wireName() + " reads, but found one of the shape alpaca");
            ImportedRow refused = importer.read(
                    Json.parse("[{\"role\": \"assistant\", \"content\": [{\"type\": \"text\", \"text\": \"2\"}]}]"));
            assertThatThrownBy(() -> builder.build(refused)).isInstanceOf(RowException.class);
        }
    }

    @Test
    void turnsThatComeToTooMuchAreRefused() {
        List<Message> messages = new ArrayList<>(List.of(Message.user("long ".repeat(100_000))));
        for (int i = 0; i < 200; i++) {
            messages.addAll(List.of(Message.analysis("y"), Message.answer("z"), Message.user("x")));
        }
        Conversation many = new Conversation(messages);

        assertThatThrownBy(() -> build(many, SampleOptions.DEFAULT))
                .isInstanceOf(RowException.class)
                .hasMessageContaining("split the conversation");
    }

    @Test
    void callsOfToolsAreLearntResultsAreNot() {
        Recipient tool = Recipient.function("f");
        Conversation conversation = Conversation.of(
                Message.user("Go"),
                Message.analysis("Hm"),
                Message.call(tool, "{}"),
                Message.tool(tool, "secret"),
                Message.answer("Done."));

        assertThat(learnt(build(conversation, SampleOptions.DEFAULT).samples().get(0)))
                .contains("to=functions.f")
                .doesNotContain("secret");
    }
}
