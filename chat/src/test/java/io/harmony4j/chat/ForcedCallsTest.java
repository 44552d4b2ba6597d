package io.harmony4j.chat;

import static io.harmony4j.chat.Scripted.TOKENIZER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.LogitsProcessor;
import io.harmony4j.generation.PromptTooLongException;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.parser.HarmonyParser;
import io.harmony4j.parser.Header;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.testkit.ScriptedModel;
import io.harmony4j.tokenizer.AllowedSpecial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForcedCallsTest {
    private static final Recipient WEATHER = Recipient.function("get_weather");
    private static final Recipient TIME = Recipient.function("get_time");
    private static final Recipient FIND = Recipient.of("crm.find");
    private static final List<Recipient> ONE = List.of(WEATHER);
    private static final List<Recipient> TWO = List.of(WEATHER, TIME);
    private static final int[] PROMPT = tokens("<|start|>user<|message|>Hi<|end|><|start|>assistant");
    private static final GenerationOptions OPTIONS = GenerationOptions.DEFAULT.withStopTokens(SpecialToken.stopIds());

    private static final String THOUGHT = "<|channel|>analysis<|message|>Hm.<|end|>";
    private static final String NEXT = "<|start|>assistant";
    private static final String ONE_CALL =
            "<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|>";
    private static final String SOME_CALL = "<|channel|>commentary to=functions.";

    private final List<GeneratedToken> heard = new ArrayList<>();
    private ScriptedModel model = Scripted.model();

    private static int[] tokens(String text) {
        return TOKENIZER.encode(text, AllowedSpecial.ALL);
    }

    private Generation generate(List<Recipient> tools, GenerationOptions options, String... said) {
        model = Scripted.model(said);
        Generation generation = new ForcedCalls(model, TOKENIZER, tools).generate(PROMPT, options, heard::add);
        assertThat(heard.stream().mapToInt(GeneratedToken::id)).containsExactly(box(generation.tokens()));
        for (int i = 0; i < heard.size(); i++) {
            assertThat(heard.get(i).position()).isEqualTo(PROMPT.length + i);
        }
        return generation;
    }

    private static Integer[] box(int[] ids) {
        return Arrays.stream(ids).boxed().toArray(Integer[]::new);
    }

    private String text(List<Recipient> tools, String... said) {
        return TOKENIZER.decode(generate(tools, OPTIONS, said).tokens());
    }

    /** Returns what was asked after the prompt, the second time or later. */
    private String asked(int time) {
        int[] prompt = model.promptTokens().get(time);
        assertThat(Arrays.copyOf(prompt, PROMPT.length)).isEqualTo(PROMPT);
        return TOKENIZER.decode(Arrays.copyOfRange(prompt, PROMPT.length, prompt.length));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "<|channel|>commentary to=functions.get_weather <|constrain|>json<|message|>{}<|call|>",
                "<|channel|>commentary to=functions.get_time<|message|>{}<|return|>",
                "` to=functions.get_time<|channel|>commentary json<|message|>{}<|call|>`",
                "<|channel|>analysis to=functions.get_weather code<|message|>{}<|end|>",
                "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant to=functions.get_time<|channel|>commentary<|message|>{}<|call|>",
                "<|channel|>commentary to=functions.get_time<|message|>{}<|end|><|start|>assistant<|channel|>final<|message|>So.<|return|>",
                "<|channel|>commentary to=functions.get_time<|message|>{}<|end|><|start|>assistant<|channel|>commentary to=functions.get_weather<|message|>{}<|call|>"
            })
    void aTurnThatCallsIsNotChanged(String said) {
        assertThat(text(TWO, said)).isEqualTo(said);
        assertThat(model.promptTokens()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "<|channel|>final<|message|>Hello<|return|>",
                "<|channel|>commentary<|message|>One moment.<|end|>",
                "<|channel|>commentary to=functions.other <|constrain|>json<|message|>{}<|call|>",
                "<|channel|>analysis to=python code<|message|>1<|call|>",
                "<|channel|>commentary to=get_weather<|message|>{}<|call|>",
                "<|channel|>commentary a b c d<|message|>{}<|call|>",
                "<|channel|><|message|>{}<|call|>",
                "<|message|>Hello<|return|>",
                "Hello",
                "<|start|>user<|message|>Hello<|end|>",
                "<|return|>",
                "<|call|>",
                "<|endoftext|>",
                "``",
            })
    void aTurnThatDoesNotCallIsCutOffAtItsFirstHeader(String said) {
        assertThat(text(ONE, said, "{\"city\":\"Oslo\"}<|call|>")).isEqualTo(ONE_CALL + "{\"city\":\"Oslo\"}<|call|>");
        assertThat(model.promptTokens()).hasSize(2);
        assertThat(asked(1)).isEqualTo(ONE_CALL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>Hello<|return|>",
                "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>commentary<|message|>Hello<|end|>",
                "<|channel|>analysis<|message|>Hm.<|end|><|start|>user<|message|>Hello<|end|>",
                "<|channel|>analysis<|message|>Hm.<|end|><|return|>",
                "<|channel|>analysis<|message|>Hm.<|end|>Hello",
                "<|channel|>analysis<|message|>Hm.<|end|>",
                "<|channel|>analysis<|message|>Hm.<|return|>",
                "<|channel|>analysis<|message|>Hm.<|call|>",
                "<|channel|>analysis<|message|>Hm.<|endoftext|>",
                "<|channel|>analysis<|message|>Hm.<|start|>assistant<|channel|>final<|message|>Hello<|return|>",
                "<|channel|>analysis<|message|>Hm.<|channel|>final<|message|>Hello<|return|>",
                "<|channel|>analysis<|message|>Hm."
            })
    void theThoughtStays(String said) {
        assertThat(text(ONE, said, "{}<|call|>")).isEqualTo(THOUGHT + NEXT + ONE_CALL + "{}<|call|>");
        assertThat(asked(1)).isEqualTo(THOUGHT + NEXT + ONE_CALL);
    }

    @Test
    void thoughtsEndAtTheirLimit() {
        int thoughtTokens = tokens("Hm.").length;
        int two = tokens("Hm.<|end|>" + NEXT + "<|channel|>analysis<|message|>Hm.").length;
        String twice = THOUGHT + NEXT + "<|channel|>analysis<|message|>Hm. Or so.<|end|>";
        for (int left = 0; left < 2; left++) {
            model = Scripted.model(twice, "{}<|call|>");
            Generation generation = new ForcedCalls(model, TOKENIZER, ONE)
                    .withMaxThoughtTokens(left == 0 ? thoughtTokens : two)
                    .generate(PROMPT, OPTIONS, token -> {});
            assertThat(TOKENIZER.decode(generation.tokens()))
                    .isEqualTo((THOUGHT + NEXT).repeat(1 + left) + ONE_CALL + "{}<|call|>");
        }
        model = Scripted.model(THOUGHT + NEXT + ONE_CALL + "{}<|call|>");
        assertThat(new ForcedCalls(model, TOKENIZER, ONE)
                        .withMaxThoughtTokens(thoughtTokens)
                        .generate(PROMPT, OPTIONS, token -> {})
                        .tokens())
                .as("one that ends by itself is not cut")
                .isEqualTo(tokens(THOUGHT + NEXT + ONE_CALL + "{}<|call|>"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ForcedCalls(model, TOKENIZER, ONE).withMaxThoughtTokens(-1));
    }

    @Test
    void thereMayBeMoreThanOneThought() {
        assertThat(text(ONE, THOUGHT + NEXT + THOUGHT + NEXT + "<|channel|>final<|message|>7", "{}<|call|>"))
                .isEqualTo(THOUGHT + NEXT + THOUGHT + NEXT + ONE_CALL + "{}<|call|>");
    }

    @Test
    void ofSeveralToolsTheModelChoosesOne() {
        assertThat(text(TWO, "<|channel|>final<|message|>Hello", "get_time <|constrain|>json<|message|>{}<|call|>"))
                .isEqualTo(SOME_CALL + "get_time <|constrain|>json<|message|>{}<|call|>");
        assertThat(asked(1)).isEqualTo(SOME_CALL);
        assertThat(model.promptTokens().get(1)).isEqualTo(tokens(TOKENIZER.decode(PROMPT) + SOME_CALL));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "Get-Time json<|message|>{}<|call|>; functions.get_time",
                "get_time<|call|>; functions.get_time",
                "get_time; functions.get_time",
                "unheard_of json<|message|>{}<|call|>; functions.get_weather",
                "a b c d e<|message|>{}<|call|>; functions.get_weather",
                "``; functions.get_weather",
            })
    void whereTheModelChoosesNoneTheToolThatItMeansIsCalled(String chosen, String called) {
        String call = "<|channel|>commentary to=" + called + " <|constrain|>json<|message|>";
        assertThat(text(TWO, THOUGHT + NEXT + "<|channel|>final<|message|>Hello", chosen, "{}<|call|>"))
                .isEqualTo(THOUGHT + NEXT + call + "{}<|call|>");
        assertThat(model.promptTokens()).hasSize(3);
        assertThat(asked(2)).isEqualTo(THOUGHT + NEXT + call);
    }

    @Test
    void whatToolsHaveInCommonIsForced() {
        text(List.of(Recipient.function("get"), Recipient.function("get_all")), "x<|return|>", "get<|message|>{}");
        assertThat(asked(1)).isEqualTo("<|channel|>commentary to=functions.");
        heard.clear();
        text(List.of(FIND), "x<|return|>", "{}");
        assertThat(asked(1)).isEqualTo("<|channel|>commentary to=crm.find <|constrain|>json<|message|>");
        heard.clear();
        text(List.of(FIND, WEATHER), "x<|return|>", "crm.find<|message|>{}");
        assertThat(asked(1)).isEqualTo("<|channel|>commentary to=");
        heard.clear();
        text(List.of(FIND, WEATHER), "x<|return|>", "assistant<|message|>Hm.<|end|>", "{}"); // a thought, too late
        assertThat(asked(2)).isEqualTo("<|channel|>commentary to=crm.find <|constrain|>json<|message|>");
        heard.clear();
        text(List.of(Recipient.of("python")), "x<|return|>", "1");
        assertThat(asked(1)).isEqualTo("<|channel|>analysis to=python code<|message|>");
        heard.clear();
        text(List.of(Recipient.of("browser.open"), Recipient.of("browser.find")), "x<|return|>", "open<|message|>{}");
        assertThat(asked(1)).isEqualTo("<|channel|>analysis to=browser.");
        heard.clear();
        // a built-in tool is called if the model wants to, and not forced beside others
        text(List.of(Recipient.of("python"), WEATHER, TIME), "x<|return|>", "get_time<|message|>{}");
        assertThat(asked(1)).isEqualTo("<|channel|>commentary to=functions.");
        heard.clear();
        String python = "<|channel|>analysis to=python code<|message|>1<|call|>";
        assertThat(text(List.of(Recipient.of("python"), WEATHER), python)).isEqualTo(python);
    }

    @Test
    void theLimitHoldsForAllTogether() {
        String thought = "<|channel|>analysis<|message|>Hm, hm, hm.<|end|>";
        int before = tokens(thought).length;
        int forced = tokens(NEXT + ONE_CALL).length;
        String[] said = {thought + NEXT + "<|channel|>final<|message|>Hello", "{\"a\":\"b c d e f g\"}<|call|>"};

        Generation generation = generate(ONE, OPTIONS.withMaxTokens(before + forced + 1), said);
        assertThat(generation.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(generation.tokens()).hasSize(before + forced + 1);
        assertThat(TOKENIZER.decode(generation.tokens())).startsWith(thought + NEXT + ONE_CALL);
        heard.clear();

        generation = generate(ONE, OPTIONS.withMaxTokens(before + forced), said);
        assertThat(generation.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(TOKENIZER.decode(generation.tokens())).isEqualTo(thought);
        assertThat(model.promptTokens()).hasSize(1);
    }

    @Test
    void whatCameBeforeALimitIsGivenOut() {
        Generation generation = generate(ONE, OPTIONS.withMaxTokens(2), ONE_CALL + "{}<|call|>");

        assertThat(generation.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(TOKENIZER.decode(generation.tokens())).isEqualTo("<|channel|>comment");
        heard.clear();

        int forced = tokens(SOME_CALL).length;
        generation = generate(TWO, OPTIONS.withMaxTokens(forced + 1), "<|return|>", "get_time json<|message|>{}");
        assertThat(generation.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(generation.tokens()).hasSize(forced + 1);
    }

    @Test
    void headersAreHeldBackAndTheRestIsNot() {
        List<String> log = new ArrayList<>();
        TokenGenerator model = (prompt, options, tokens) -> {
            int[] said = tokens(THOUGHT + NEXT + ONE_CALL + "{}<|call|>");
            for (int id : said) {
                log.add(TOKENIZER.decode(new int[] {id}));
                tokens.accept(GeneratedToken.of(id, 1));
            }
            return Generation.of(said, FinishReason.STOP, prompt.length);
        };
        new ForcedCalls(model, TOKENIZER, ONE)
                .generate(PROMPT, OPTIONS, token -> log.add("> " + TOKENIZER.decode(new int[] {token.id()})));

        assertThat(log.subList(0, 10))
                .containsExactly(
                        "<|channel|>",
                        "analysis",
                        "<|message|>",
                        "> <|channel|>",
                        "> analysis",
                        "> <|message|>",
                        "Hm",
                        "> Hm",
                        ".",
                        "> .");
    }

    @Test
    void theModelIsCutOffWithinOneToken() {
        int[] said = {0};
        TokenGenerator model = (prompt, options, tokens) -> {
            int[] all = tokens(prompt.length > PROMPT.length ? "{}" : "<|channel|>final<|message|>Hello, hello.");
            for (int i = 0; i < all.length && !options.isCancelled(); i++) {
                tokens.accept(GeneratedToken.of(all[i], prompt.length + i));
                said[0]++;
            }
            return Generation.of(all, FinishReason.CANCELLED, prompt.length);
        };
        new ForcedCalls(model, TOKENIZER, ONE).generate(PROMPT, OPTIONS, heard::add);

        assertThat(said[0]).isEqualTo(3 + tokens("{}").length);
    }

    @Test
    void cancelledIsCancelled() {
        boolean[] isCancelled = {false};
        GenerationOptions options = OPTIONS.withCancelled(() -> isCancelled[0] || heard.size() > 3);
        Generation generation = generate(ONE, options, THOUGHT + NEXT + "<|channel|>final<|message|>Hello");
        assertThat(generation.finishReason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(generation.tokens()).hasSize(4);
        heard.clear();

        TokenGenerator model = (prompt, how, tokens) -> {
            isCancelled[0] = true;
            for (int id : tokens("<|channel|>final<|message|>")) {
                tokens.accept(GeneratedToken.of(id, 1));
            }
            return Generation.of(new int[0], FinishReason.CANCELLED, prompt.length);
        };
        generation = new ForcedCalls(model, TOKENIZER, ONE).generate(PROMPT, options, heard::add);
        assertThat(generation.finishReason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(heard).isEmpty();
    }

    @Test
    void countsAndTimesAreThoseOfTheWholeTurn() {
        TokenGenerator model = (prompt, options, tokens) -> {
            boolean isFirst = prompt.length == PROMPT.length;
            int[] all = tokens(isFirst ? THOUGHT + "<|return|>" : "{}<|call|>");
            for (int i = 0; i < all.length; i++) {
                tokens.accept(GeneratedToken.of(all[i], prompt.length + i).withLogProbability(-1, List.of()));
            }
            return Generation.of(all, FinishReason.STOP, prompt.length)
                    .withCachedTokens(isFirst ? 2 : 9)
                    .withTimes(Duration.ofMillis(isFirst ? 1 : 10), Duration.ofMillis(isFirst ? 100 : 1000));
        };
        Generation generation = new ForcedCalls(model, TOKENIZER, ONE).generate(PROMPT, OPTIONS, heard::add);

        assertThat(generation.promptTokens()).isEqualTo(PROMPT.length);
        assertThat(generation.cachedTokens()).isEqualTo(2);
        assertThat(generation.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(generation.prefillTime()).isEqualTo(Duration.ofMillis(1));
        assertThat(generation.decodeTime()).isEqualTo(Duration.ofMillis(1110));
        int thought = tokens(THOUGHT).length;
        int forced = tokens(NEXT + ONE_CALL).length;
        for (int i = 0; i < heard.size(); i++) {
            boolean isForced = i >= thought && i < thought + forced;
            assertThat(heard.get(i).logProbability().isPresent()).isEqualTo(!isForced);
        }
    }

    /** A grammar, or penalties, must know what was generated before. */
    @Test
    void theLogitsProcessorHearsTheWholeTurn() {
        List<Integer> accepted = new ArrayList<>();
        TokenGenerator model = (prompt, options, tokens) -> {
            accepted.clear();
            LogitsProcessor processor = options.newLogitsProcessor();
            int[] all = tokens(prompt.length == PROMPT.length ? THOUGHT + "<|return|>" : "{}<|call|>");
            for (int i = 0; i < all.length; i++) {
                processor.accept(all[i]);
                tokens.accept(GeneratedToken.of(all[i], prompt.length + i));
            }
            return Generation.of(all, FinishReason.STOP, prompt.length);
        };
        GenerationOptions options = OPTIONS.withLogitsProcessor(() -> new LogitsProcessor() {
            @Override
            public void process(float[] logits) {}

            @Override
            public void accept(int token) {
                accepted.add(token);
            }
        });
        Generation generation = new ForcedCalls(model, TOKENIZER, ONE).generate(PROMPT, options, heard::add);

        assertThat(accepted).containsExactly(box(generation.tokens()));
    }

    @Test
    void theEndOfTheContextIsALimit() {
        TokenGenerator model = (prompt, options, tokens) -> {
            if (prompt.length > PROMPT.length) {
                throw new PromptTooLongException(prompt.length, PROMPT.length);
            }
            tokens.accept(GeneratedToken.of(SpecialToken.RETURN.id(), prompt.length));
            return Generation.of(new int[] {SpecialToken.RETURN.id()}, FinishReason.STOP, prompt.length);
        };
        Generation generation = new ForcedCalls(model, TOKENIZER, ONE).generate(PROMPT, OPTIONS, heard::add);

        assertThat(generation.finishReason()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void aHeaderThatDoesNotEndIsCutOff() {
        String words = "word ".repeat(2000);
        assertThat(text(ONE, words, "{}<|call|>")).isEqualTo(ONE_CALL + "{}<|call|>");
    }

    @Test
    void thereMustBeTools() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ForcedCalls(Scripted.model(), TOKENIZER, List.of()))
                .withMessage("expected tools, of which one must be called, but found none");
    }

    /** Whatever the model says: thoughts, then the call of a tool that may be called. */
    @Test
    void whatIsForcedIsWellFormed() {
        List<String> parts = List.of(
                "<|start|>",
                "assistant",
                "<|channel|>",
                "analysis",
                "commentary",
                "final",
                " to=functions.get_weather",
                " to=functions.",
                "get_time",
                " to=python",
                " json",
                "<|constrain|>",
                "<|message|>",
                "Hello",
                " there",
                "<|end|>",
                "<|return|>",
                "<|call|>",
                THOUGHT + NEXT,
                ONE_CALL,
                "<|channel|>analysis<|message|>");
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            String[] said = new String[3];
            for (int i = 0; i < said.length; i++) {
                StringBuilder text = new StringBuilder();
                for (int n = random.nextInt(14); n > 0; n--) {
                    text.append(parts.get(random.nextInt(parts.size())));
                }
                said[i] = text.toString();
            }
            heard.clear();
            List<Recipient> tools = random.nextBoolean() ? ONE : TWO;
            int[] generated = generate(tools, OPTIONS, said).tokens();
            int end = 0;
            while (end < generated.length && !isOfCall(generated, end, tools)) {
                end++;
            }
            List<Message> messages = HarmonyParser.parse(
                            Arrays.copyOf(generated, end + 1),
                            ParseOptions.forRole(Role.ASSISTANT).strict())
                    .messages();
            Message call = messages.get(messages.size() - 1);
            assertThat(call.isToolCall()).as(Arrays.toString(said)).isTrue();
            assertThat(tools).as(Arrays.toString(said)).contains(call.recipient());
            assertThat(messages.subList(0, messages.size() - 1))
                    .as(Arrays.toString(said))
                    .allMatch(message -> Header.of(message).isReasoning());
        }
    }

    /** Returns whether the header of the first call ends at an index. */
    private static boolean isOfCall(int[] generated, int end, List<Recipient> tools) {
        if (generated[end] != SpecialToken.MESSAGE.id()) {
            return false;
        }
        String text = TOKENIZER.decode(Arrays.copyOf(generated, end));
        String header = text.substring(Math.max(0, text.lastIndexOf("<|start|>")));
        return tools.stream().anyMatch(tool -> header.contains("to=" + tool.name()));
    }
}
