package io.harmony4j.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import io.harmony4j.Channel;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.bench.HostileText;
import io.harmony4j.bench.Library;
import io.harmony4j.jtokkit.HarmonyEncodings;
import io.harmony4j.openai.ChatCompletions;
import io.harmony4j.openai.Responses;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.parser.StreamParser;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.infra.Blackhole;

/** What is timed is right. */
class BenchmarkCorrectnessTest {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();

    private final Blackhole blackhole = new Blackhole(
            "Today's password is swordfish. I understand instantiating Blackholes directly is dangerous.");

    private final Texts.Work textWork = new Texts.Work();
    private final TokenWork tokenWork = new TokenWork();

    @ParameterizedTest
    @EnumSource
    void librariesGiveTheSameTokens(MadeText made) {
        for (String document : Corpora.load(made.toString()).documents()) {
            assertThat(ids(Library.HARMONY4J, document)).isEqualTo(ids(Library.JTOKKIT, document));
        }
    }

    @ParameterizedTest
    @EnumSource
    void tokensAreDecodedToTheText(Library library) {
        for (MadeText made : MadeText.values()) {
            for (String document : Corpora.load(made.toString()).documents()) {
                assertThat(library.decode(library.encode(document))).isEqualTo(document);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void countIsTheNumberOfTokens(Library library) {
        for (MadeText made : MadeText.values()) {
            Texts texts = texts(made.toString(), library);
            long tokens = texts.documents().stream()
                    .mapToLong(document -> ids(library, document).length)
                    .sum();

            assertThat(new CountBenchmark().count(texts, textWork)).isEqualTo(tokens);
        }
    }

    @ParameterizedTest
    @EnumSource
    void bytesAreThoseOfTheText(Library library) {
        Texts texts = texts("mixed", library);
        long bytes = texts.bytes();

        new EncodeBenchmark().encode(texts, textWork, blackhole);
        assertThat(textWork.bytes).isEqualTo(bytes);

        new CountBenchmark().count(texts, textWork);
        assertThat(textWork.bytes).isEqualTo(2 * bytes);

        DecodeBenchmark decoding = new DecodeBenchmark();
        decoding.encode(texts);
        decoding.decode(texts, textWork, blackhole);
        assertThat(textWork.bytes).isEqualTo(3 * bytes);
    }

    @ParameterizedTest
    @EnumSource
    void encodingsGiveWhatTheLibrariesGive(Library library) {
        JtokkitBenchmark.Subject subject = new JtokkitBenchmark.Subject();
        for (MadeText made : MadeText.values()) {
            Texts texts = texts(made.toString(), library);
            subject.choose(texts);
            long tokens = 0;
            for (String document : texts.documents()) {
                int[] expected = ids(library, document);
                assertThat(subject.encoding.encode(document).toArray()).isEqualTo(expected);
                assertThat(subject.encoding.decode(subject.encoding.encode(document)))
                        .isEqualTo(document);
                tokens += expected.length;
            }
            assertThat(new JtokkitBenchmark().jtokkitCount(texts, subject, textWork))
                    .isEqualTo(tokens);
        }
        assertThat(subject.encoding == HarmonyEncodings.o200kBase()).isEqualTo(library == Library.HARMONY4J);
    }

    @Test
    void hostileTextIsEncodedWhole() {
        HostileBenchmark benchmark = new HostileBenchmark();
        benchmark.hostile = HostileText.CJK;
        benchmark.make();

        int[] tokens = benchmark.library.ids(benchmark.encodeHostile(textWork));

        assertThat(TOKENIZER.decode(tokens)).isEqualTo(HostileText.CJK.text(1_000_000));
        assertThat(textWork.bytes).isEqualTo(1_000_000);
    }

    @Test
    void renderedPromptHasTheMessagesOfTheConversation() {
        List<Message> messages = Dialogue.conversation().messages();
        assertThat(messages).hasSize(200);

        int[] prompt = new RenderBenchmark().render(tokenWork);

        assertThat(tokenWork.tokens).isEqualTo(prompt.length).isGreaterThan(10_000);
        assertThat(prompt).endsWith(SpecialToken.START.id(), TOKENIZER.encode(Role.ASSISTANT.wireName())[0]);
        List<Message> parsed = completeMessages(prompt);
        assertThat(parsed.get(0).text()).contains("# Tools").contains("namespace browser");
        assertThat(parsed.get(1).text()).contains("namespace functions").contains("type get_weather");
        List<Message> rest = new ArrayList<>(messages.subList(2, messages.size()));
        rest.remove(1); // the chain of thought before the first answer
        assertThat(parsed.subList(2, parsed.size())).isEqualTo(rest);
    }

    @ParameterizedTest
    @EnumSource(names = {"VARIED", "NEXT_TURN"})
    void variedPromptsAreThoseOfDifferentConversations(RenderBenchmark.Mode mode) {
        RenderBenchmark benchmark = new RenderBenchmark();
        benchmark.mode = mode;
        benchmark.make();

        for (int round = 0; round < 2; round++) {
            for (long seed = 0; seed < RenderBenchmark.CONVERSATIONS; seed++) {
                assertThat(benchmark.render(tokenWork))
                        .isEqualTo(new HarmonyRenderer(TOKENIZER)
                                .renderForCompletion(Dialogue.conversation(seed), Role.ASSISTANT));
            }
        }
        assertThat(Dialogue.conversation(0)).isNotEqualTo(Dialogue.conversation(1));
    }

    @ParameterizedTest
    @EnumSource
    void streamIsParsedToItsMessages(ParseBenchmark.Mode mode) {
        Conversation expected = Dialogue.completions();
        ParseBenchmark benchmark = new ParseBenchmark();
        benchmark.mode = mode;

        assertThat(benchmark.parse(tokenWork, blackhole)).isEqualTo(expected.messages());
        assertThat(tokenWork.tokens).isGreaterThan(40_000);
    }

    @Test
    void aRequestIsReadToItsPrompt() {
        ApiBenchmark benchmark = new ApiBenchmark();
        assertThat(benchmark.requestToPrompt(tokenWork)).isEqualTo(benchmark.render(tokenWork));
        List<Message> expected = Dialogue.request().messages();
        List<Message> read = benchmark.readRequest().conversation().messages();
        assertThat(read.subList(1, read.size())).isEqualTo(expected.subList(1, expected.size()));
        assertThat(benchmark.readJson().get("tools").elements()).hasSize(20);
    }

    @Test
    void aTurnIsFollowedToItsEnd() {
        GrammarBenchmark benchmark = new GrammarBenchmark();
        assertThat(benchmark.tokens()).isEqualTo(GrammarBenchmark.TOKENS);
        assertThat(benchmark.accept().isComplete()).isTrue();
        assertThat(benchmark.process()).contains(Float.NEGATIVE_INFINITY);
        benchmark.newMasks(blackhole);
        benchmark.knownMasks(blackhole);
        assertThat(benchmark.make().notes()).isEmpty();
    }

    @Test
    void aTurnIsReadToItsAnswer() {
        ApiBenchmark benchmark = new ApiBenchmark();
        List<Message> expected = Dialogue.completions().messages().subList(0, 3);
        assertThat(benchmark.parse(tokenWork, blackhole)).isEqualTo(expected);
        List<Message> moved =
                List.of(expected.get(0), expected.get(2).withChannel(Channel.COMMENTARY), expected.get(1));
        assertThat(ChatCompletions.messages(benchmark.tokensToAnswer(tokenWork).toString()))
                .isEqualTo(moved); // a chat completion has its text before its calls
        assertThat(ChatCompletions.messages(
                        benchmark.tokensToChunks(tokenWork, blackhole).toString()))
                .isEqualTo(moved);
        assertThat(Responses.messages(
                        benchmark.tokensToEvents(tokenWork, blackhole).toString()))
                .isEqualTo(expected);
    }

    private static List<Message> completeMessages(int[] tokens) {
        StreamParser parser = new StreamParser(TOKENIZER, ParseOptions.DEFAULT.strict(), event -> {});
        for (int token : tokens) {
            parser.accept(token);
        }
        return parser.messages();
    }

    private static Texts texts(String corpus, Library library) {
        Texts texts = new Texts();
        texts.corpus = corpus;
        texts.library = library;
        texts.load();
        return texts;
    }

    private static int[] ids(Library library, String text) {
        return library.ids(library.encode(text));
    }
}
