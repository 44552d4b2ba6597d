package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.harmony4j.Conversation;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.ToolChoice;
import io.harmony4j.ToolDescription;
import io.harmony4j.ToolNamespace;
import io.harmony4j.backends.BackendException;
import io.harmony4j.backends.Backends;
import io.harmony4j.chat.ForcedCalls;
import io.harmony4j.chat.HarmonyModel;
import io.harmony4j.chat.LoopEvent;
import io.harmony4j.chat.LoopResult;
import io.harmony4j.chat.ToolLoop;
import io.harmony4j.engine.Generator;
import io.harmony4j.engine.Model;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.PromptTooLongException;
import io.harmony4j.generation.Sampling;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.grammar.GrammarOptions;
import io.harmony4j.grammar.GrammarTool;
import io.harmony4j.grammar.HarmonyGrammar;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.json.JsonValue;
import io.harmony4j.parser.HarmonyParser;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.tiny.TestQuestion;
import io.harmony4j.tiny.TinySkills;
import io.harmony4j.tokenizer.TokenBuffer;
import io.harmony4j.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real llama-server with the tiny model as {@code harmony model export} writes it says what our engine says. */
@EnabledIfEnvironmentVariable(
        named = LlamaServerIT.VARIABLE,
        matches = ".+",
        disabledReason =
                "without a llama-server: .ci/llama-server target/llama-server makes one and prints where it is")
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LlamaServerIT {
    static final String VARIABLE = "HARMONY_LLAMA_SERVER";
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();
    private static final GenerationOptions GREEDY =
            GenerationOptions.DEFAULT.withSampling(Sampling.GREEDY).withStopTokens(SpecialToken.stopIds());

    /** All tokens are about as likely, so that an end is not to be expected. */
    private static final GenerationOptions NOISE =
            GenerationOptions.DEFAULT.withSampling(Sampling.DEFAULT.withTemperature(1000));

    /** Of a prompt, which the tiny model answers with a call. */
    private static final int[] PROMPT = prompt(DemoCommand.CONVERSATION);

    @TempDir
    private static Path folder;

    private static Path program;
    private static Path file;
    private static RealLlamaServer server;
    private static TokenGenerator backend;
    private static Model model;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        program = Path.of(System.getenv(VARIABLE));
        assertThat(program).as(VARIABLE).isExecutable();
        file = folder.resolve("tiny.gguf");
        Run export = Run.of("model", "export", "--model", "tiny", "--format", "gguf", "--out", file.toString());
        assertThat(export.exitCode()).as(export.err()).isZero();
        server = new RealLlamaServer(program, file, folder).awaitHealth();
        backend = Backends.of(server.backend());
        model = Model.tiny();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        if (model != null) {
            model.close();
        }
    }

    private static int[] prompt(Conversation conversation) {
        return new HarmonyRenderer(TOKENIZER, RenderOptions.DEFAULT).renderForCompletion(conversation, Role.ASSISTANT);
    }

    private static Generation generate(TokenGenerator generator, int[] prompt, GenerationOptions options) {
        return generator.generate(prompt, options, token -> {});
    }

    @Test
    void anExportedModelIsTheSameModel() {
        try (Model exported = Model.load(file)) {
            assertThat(exported.append(exported.newSequence(), PROMPT))
                    .isEqualTo(model.append(model.newSequence(), PROMPT));
        }
    }

    @Test
    void theRenderedPromptAsTextIsTheSameTokens() throws IOException, InterruptedException {
        assertThat(tokenize(TOKENIZER.decode(PROMPT), true)).containsExactly(PROMPT);
    }

    /** Without the combining marks of Hindi and others, before which llama.cpp ends a piece. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hello, world! It's 12345 o'clock; we'll see.",
                "  several   spaces\n\n\tand lines \r\n  ",
                "日本語の雲丹と🦄🎉, Ünïcödé, Привет, мир! שלום مرحبا ไทย 한국어",
                "👩‍👩‍👧‍👦 🏳️‍🌈 e\u0301 \u00A0 \u200B ½ Ⅷ ①",
                "for (int i = 0; i < n; i++) { sum += a[i]; } // HTTPServer2",
                "{\"city\":\"Tokyo\",\"days\":[1,22,333,4444]}",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            })
    void textIsTheSameTokens(String text) throws IOException, InterruptedException {
        assertThat(tokenize(text, false)).containsExactly(TOKENIZER.encode(text));
    }

    private static int[] tokenize(String text, boolean isSpecial) throws IOException, InterruptedException {
        JsonObject request = JsonObject.builder()
                .put("content", text)
                .put("parse_special", isSpecial)
                .build();
        return server.post("/tokenize", request).get("tokens").elements().stream()
                .mapToInt(JsonValue::intValue)
                .toArray();
    }

    @Test
    void theToolLoopHasTheSameTokensAndTheAnswer() {
        List<int[]> here = new ArrayList<>();
        List<int[]> there = new ArrayList<>();
        LoopResult answer = loop(new Generator(model), DemoCommand.CONVERSATION, here);
        LoopResult answered = loop(backend, DemoCommand.CONVERSATION, there);

        assertThat(there)
                .hasSize(2)
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(here);
        assertThat(answered.answer())
                .hasValue("It is 13 degrees and windy in Tokyo.")
                .isEqualTo(answer.answer());
        assertThat(answered.generatedTokens()).isEqualTo(answer.generatedTokens());
        assertThat(answered.conversation()).isEqualTo(answer.conversation());
    }

    /** @param rounds is given the tokens of each round */
    private static LoopResult loop(TokenGenerator generator, Conversation conversation, List<int[]> rounds) {
        List<TokenBuffer> generated = new ArrayList<>();
        LoopResult result = new ToolLoop(
                        new HarmonyModel(TOKENIZER, generator).withRenderOptions(RenderOptions.DEFAULT))
                .withOptions(GREEDY)
                .withTools(TinyToolbox.functions(conversation.declaredTools()))
                .run(conversation, event -> {
                    if (event instanceof LoopEvent.RoundStarted) {
                        generated.add(new TokenBuffer());
                    } else if (event instanceof LoopEvent.Generated token) {
                        generated.get(generated.size() - 1).add(token.token());
                    }
                });
        generated.forEach(tokens -> rounds.add(tokens.toArray()));
        return result;
    }

    @Test
    void logProbabilitiesAreNearTheEngines() {
        List<GeneratedToken> here = new ArrayList<>();
        List<GeneratedToken> there = new ArrayList<>();
        new Generator(model).generate(PROMPT, GREEDY.withLogProbabilities(3), here::add);
        backend.generate(PROMPT, GREEDY.withLogProbabilities(3), there::add);

        assertThat(there).hasSameSizeAs(here);
        for (int i = 0; i < here.size(); i++) {
            assertThat(there.get(i).id()).isEqualTo(here.get(i).id());
            assertThat(there.get(i).position()).isEqualTo(here.get(i).position());
            // llama.cpp multiplies MXFP4 with activations of 8 bits
            assertThat(there.get(i).logProbability().orElseThrow())
                    .isCloseTo(here.get(i).logProbability().orElseThrow(), within(0.1));
            assertThat(there.get(i).alternatives()).hasSize(3);
            assertThat(there.get(i).alternatives().get(0).id())
                    .isEqualTo(here.get(i).id());
        }
        assertThat(generate(backend, PROMPT, GREEDY.withLogProbabilities(0)).tokens())
                .hasSameSizeAs(here);
    }

    @Test
    void charactersOfSeveralTokensComeWhole() throws IOException {
        String text = "🦄🎉 日本語の雲丹 👩‍👩‍👧 Ünïcödé";
        String grammar = "root ::= \"<|channel|>final<|message|>" + text + "\"";
        try (RealLlamaServer.Relay relay = server.withGrammar(grammar)) {
            List<GeneratedToken> tokens = new ArrayList<>();
            Generation generation =
                    Backends.of(relay.backend()).generate(PROMPT, GREEDY.withLogProbabilities(1), tokens::add);

            // a token that ends it comes after: which is the model's choice
            int[] said = Arrays.copyOf(generation.tokens(), generation.tokens().length - 1);
            assertThat(TOKENIZER.decode(said)).isEqualTo("<|channel|>final<|message|>" + text);
            assertThat(generation.finishReason()).isEqualTo(FinishReason.STOP);
            assertThat(HarmonyParser.parse(said, ParseOptions.forRole(Role.ASSISTANT))
                            .messages()
                            .get(0)
                            .text())
                    .isEqualTo(text);
            assertThat(tokens.stream().mapToInt(GeneratedToken::id).toArray()).isEqualTo(generation.tokens());
        }
    }

    @Test
    void theLimitOfTokensIsLength() {
        Generation generation = generate(backend, PROMPT, GREEDY.withMaxTokens(5));

        assertThat(generation.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(generation.tokens())
                .isEqualTo(generate(new Generator(model), PROMPT, GREEDY.withMaxTokens(5))
                        .tokens());
    }

    @Test
    void aFullContextIsLength() {
        int[] prompt = padded(RealLlamaServer.CONTEXT - 20);
        Generation generation = generate(backend, prompt, NOISE.withMaxTokens(1000));

        assertThat(generation.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(generation.tokens().length).isBetween(15, 21);
    }

    /** Returns a prompt of a length. */
    private static int[] padded(int length) {
        int[] prompt = new int[length];
        Arrays.fill(prompt, TOKENIZER.encode(" a")[0]);
        System.arraycopy(PROMPT, 0, prompt, length - PROMPT.length, PROMPT.length);
        return prompt;
    }

    @Test
    void aPromptLongerThanTheContextIsRefused() {
        for (int length : new int[] {RealLlamaServer.CONTEXT, 5000}) {
            assertThatThrownBy(() -> generate(backend, padded(length), GREEDY))
                    .isInstanceOfSatisfying(PromptTooLongException.class, e -> {
                        assertThat(e.promptTokens()).isEqualTo(length);
                        assertThat(e.contextLength()).isEqualTo(RealLlamaServer.CONTEXT);
                    });
        }
    }

    @Test
    void whatItRefusesIsToldInItsWords() {
        int[] unknown = {200006, 201088}; // a reserved token of the vocabulary, for which the model has no row
        assertThatThrownBy(() -> generate(backend, unknown, GREEDY))
                .isInstanceOfSatisfying(BackendException.class, e -> {
                    assertThat(e.kind()).isEqualTo(BackendException.Kind.REFUSED);
                    assertThat(e.status()).hasValue(400);
                    assertThat(e).hasMessageContaining("invalid tokens");
                });
    }

    @Test
    void aSeedIsRepeatable() {
        GenerationOptions warm = GenerationOptions.DEFAULT.withMaxTokens(20);
        Set<List<Integer>> different = new HashSet<>();
        for (long seed = 0; seed < 4; seed++) {
            GenerationOptions options =
                    warm.withSampling(Sampling.DEFAULT.withTemperature(2).withSeed(seed));
            int[] tokens = generate(backend, PROMPT, options).tokens();
            assertThat(generate(backend, PROMPT, options).tokens()).isEqualTo(tokens);
            different.add(IntStream.of(tokens).boxed().toList());
        }
        assertThat(different).hasSizeGreaterThan(1);
    }

    /** At a temperature of 1000, all tokens are at least half as likely as the likeliest; without it, only few are. */
    @Test
    void theTemperatureCountsBeforeTheOtherRules() {
        Sampling hot = Sampling.DEFAULT.withTemperature(1000).withMinP(0.5);
        Set<Integer> here = new HashSet<>();
        Set<Integer> there = new HashSet<>();
        for (long seed = 0; seed < 4; seed++) {
            GenerationOptions options =
                    GenerationOptions.DEFAULT.withMaxTokens(1).withSampling(hot.withSeed(seed));
            here.add(generate(new Generator(model), PROMPT, options).tokens()[0]);
            there.add(generate(backend, PROMPT, options).tokens()[0]);
        }
        assertThat(here).hasSize(4);
        assertThat(there).hasSize(4);
    }

    @Test
    void rulesOfSamplingLeaveOutWhatTheEngineLeavesOut() {
        for (Sampling sampling :
                List.of(Sampling.DEFAULT.withTopK(1), Sampling.DEFAULT.withTopP(1e-6), Sampling.DEFAULT.withMinP(1))) {
            GenerationOptions options = GenerationOptions.DEFAULT.withSampling(sampling.withTemperature(1.5));
            assertThat(generate(backend, PROMPT, options).tokens())
                    .isEqualTo(generate(backend, PROMPT, GREEDY).tokens());
        }
    }

    @Test
    void stopTokensOfTheOptionsEndIt() {
        int[] whole = generate(backend, PROMPT, GREEDY).tokens();
        Generation generation = generate(backend, PROMPT, GREEDY.withStopTokens(List.of(whole[5])));

        assertThat(generation.tokens()).isEqualTo(Arrays.copyOf(whole, 6));
        assertThat(generation.finishReason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void whatWasReadBeforeIsCached() {
        generate(backend, PROMPT, GREEDY.withMaxTokens(1));
        assertThat(generate(backend, PROMPT, GREEDY.withMaxTokens(1)).cachedTokens())
                .isBetween(PROMPT.length / 2, PROMPT.length - 1);
    }

    @Test
    void cancellationFreesTheSlot() throws InterruptedException {
        int wanted = 3000;
        List<Integer> tokens = new ArrayList<>();
        Generation generation = backend.generate(
                PROMPT,
                NOISE.withMaxTokens(wanted).withCancelled(() -> tokens.size() == 3),
                token -> tokens.add(token.id()));
        assertThat(generation.finishReason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(generation.tokens()).hasSize(3);

        RealLlamaServer.await(server::isIdle);
        int most = server.slots().elements().stream()
                .flatMap(slot -> slot.get("next_token").elements().stream())
                .mapToInt(next -> next.get("n_decoded").intValue())
                .max()
                .orElseThrow();
        assertThat(most).isLessThan(wanted / 10); // a few in truth, but machines are busy
    }

    @Test
    void generationsAtTheSameTimeDoNotMix() throws InterruptedException, ExecutionException {
        List<TestQuestion> questions = TinySkills.testQuestions(1).stream()
                .filter(question -> question.conversation().declaredTools().isEmpty())
                .limit(6)
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(questions.size());
        try {
            List<Future<Generation>> generations = new ArrayList<>();
            for (TestQuestion question : questions) {
                int[] prompt = prompt(question.conversation());
                generations.add(threads.submit(() -> generate(backend, prompt, GREEDY)));
            }
            for (int i = 0; i < questions.size(); i++) {
                int[] prompt = prompt(questions.get(i).conversation());
                assertThat(generations.get(i).get().tokens())
                        .isEqualTo(
                                generate(new Generator(model), prompt, GREEDY).tokens());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** The model would rather answer, and knows neither tool. */
    @Test
    void aCallThatIsForcedObeysItsSchema() {
        ToolNamespace tools = ToolNamespace.functions(
                ToolDescription.of("set_level", "Sets the level.", """
                        {"type": "object", "properties": {"level": {"enum": [7, 8]}, "unit": {"const": "dB"}},
                         "required": ["level", "unit"], "additionalProperties": false}"""), ToolDescription.of("stop", "Stops.", """
                        {"type": "object", "properties": {"now": {"type": "boolean"}}, "required": ["now"], "additionalProperties": false}"""));
        GrammarOptions allowed = GrammarOptions.DEFAULT.withTools(GrammarTool.of(tools, true));
        HarmonyGrammar demanded = HarmonyGrammar.of(allowed.withToolChoice(ToolChoice.REQUIRED));
        int[] prompt = prompt(TinySkills.testQuestions(1).stream()
                .map(TestQuestion::conversation)
                .filter(conversation -> conversation.declaredTools().isEmpty())
                .findFirst()
                .orElseThrow());
        for (int count = 1; count <= 2; count++) {
            List<Recipient> required = tools.recipients().subList(0, count);
            Generation generation = HarmonyGrammar.of(allowed)
                    .bind(new ForcedCalls(backend, TOKENIZER, required))
                    .generate(prompt, GREEDY.withMaxTokens(500), token -> {});
            String said = TOKENIZER.decode(generation.tokens());
            assertThat(generation.finishReason()).as(said).isEqualTo(FinishReason.STOP);
            assertThat(demanded.check(said).isComplete()).as(said).isTrue();
        }
    }

    @Test
    void aServerThatIsLoadingIsWaitedFor() throws IOException, InterruptedException {
        try (RealLlamaServer starting = new RealLlamaServer(program, file, folder)) {
            TokenGenerator patient = Backends.of(starting.backend() + "?retries=60");
            assertThat(generate(patient, PROMPT, GREEDY).tokens())
                    .isEqualTo(generate(backend, PROMPT, GREEDY).tokens());
        }
    }

    @Test
    void theDemoPrintsTheSame() {
        Run run = Run.of("demo", "--backend", server.backend());

        assertThat(run.out()).isEqualTo(Run.of("demo").doneByAModel());
        assertThat(run.err()).endsWith("; backend: " + server.backend() + "\n");
    }

    @Test
    void theEvaluationFindsTheSkills() {
        Run run = Run.of("eval", "tiny", "--questions", "1", "--json", "--backend", server.backend());

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonValue result = Json.parse(run.out());
        int correct = result.get("skills").members().values().stream()
                .mapToInt(skill -> skill.get("correct").intValue())
                .sum();
        assertThat(correct).isGreaterThanOrEqualTo(15);
        assertThat(result.get("wellFormed").get("correct"))
                .isEqualTo(result.get("wellFormed").get("total"));
    }

    @Test
    void generateAndChatTalkToIt() throws IOException {
        Path conversation = Files.writeString(folder.resolve("conversation.json"), DemoCommand.CONVERSATION.toJson());
        Run generate = Run.of("generate", "--backend", server.backend(), "--temperature", "0", conversation.toString());
        Run chat = Run.withInput(
                "What is the weather in Paris?\n", "chat", "--backend", server.backend(), "--temperature", "0");

        assertThat(generate.out())
                .isEqualTo(Run.of("generate", "--temperature", "0", conversation.toString())
                        .out());
        assertThat(chat.exitCode()).isZero();
        assertThat(chat.out()).contains("get_weather", "Paris");
    }
}
