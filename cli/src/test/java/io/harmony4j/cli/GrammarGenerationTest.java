package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.harmony4j.Channel;
import io.harmony4j.Content;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.SpecialToken;
import io.harmony4j.ToolNamespace;
import io.harmony4j.backends.Backends;
import io.harmony4j.engine.Generator;
import io.harmony4j.engine.Model;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GeneratedToken;
import io.harmony4j.generation.Generation;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.Sampling;
import io.harmony4j.generation.TokenGenerator;
import io.harmony4j.grammar.GrammarOptions;
import io.harmony4j.grammar.GrammarTool;
import io.harmony4j.grammar.HarmonyGrammar;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonValue;
import io.harmony4j.openai.ApiOptions;
import io.harmony4j.openai.ApiRequest;
import io.harmony4j.openai.ChatCompletions;
import io.harmony4j.openai.RequestGrammars;
import io.harmony4j.parser.HarmonyParser;
import io.harmony4j.parser.ParseOptions;
import io.harmony4j.renderer.HarmonyRenderer;
import io.harmony4j.renderer.RenderOptions;
import io.harmony4j.testkit.ScriptedModel;
import io.harmony4j.testkit.ScriptedServer;
import io.harmony4j.testkit.ScriptedTurn;
import io.harmony4j.tiny.TestQuestion;
import io.harmony4j.tiny.TinySkills;
import io.harmony4j.tokenizer.AllowedSpecial;
import io.harmony4j.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The tiny model under a grammar, at a temperature at which it would write nonsense, asked the questions of {@code harmony eval tiny}. */
class GrammarGenerationTest {
    private static final Tokenizer TOKENIZER = Tokenizer.o200kHarmony();
    private static final HarmonyRenderer RENDERER = new HarmonyRenderer(TOKENIZER, RenderOptions.DEFAULT);
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final GenerationOptions HOT = GenerationOptions.DEFAULT
            .withMaxTokens(200)
            .withStopTokens(SpecialToken.stopIds())
            .withSampling(Sampling.DEFAULT.withTemperature(2));

    /** An answer that comes to an end by itself. */
    private static final JsonValue ANSWER = Json.parse(
            "{\"type\":\"object\",\"properties\":{\"answer\":{\"type\":\"string\",\"maxLength\":20}},\"required\":[\"answer\"],\"additionalProperties\":false}");

    private static Model model;

    @BeforeAll
    static void load() {
        model = Model.tiny();
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static HarmonyGrammar grammar(Conversation conversation) {
        List<GrammarTool> tools = new ArrayList<>();
        namespaces(conversation).forEach(namespace -> tools.addAll(GrammarTool.of(namespace, true)));
        return HarmonyGrammar.of(
                GrammarOptions.DEFAULT.withTools(tools).withAnswer(ANSWER).withMaxAnalysisTokens(20));
    }

    private static List<ToolNamespace> namespaces(Conversation conversation) {
        List<ToolNamespace> all = new ArrayList<>();
        for (Message message : conversation.messages()) {
            for (Content part : message.content()) {
                Map<String, ToolNamespace> tools = part instanceof Content.System system
                        ? system.tools()
                        : part instanceof Content.Developer developer ? developer.tools() : null;
                all.addAll(tools == null ? List.of() : tools.values());
            }
        }
        return all;
    }

    private static Generation generate(Conversation conversation, long seed) {
        return grammar(conversation)
                .bind(new Generator(model))
                .generate(
                        RENDERER.renderForCompletion(conversation, Role.ASSISTANT),
                        HOT.withSampling(HOT.sampling().withSeed(seed)),
                        token -> {});
    }

    @Test
    void everyTurnIsWellFormedAndEveryCallIsOfAToolThatIsThere() {
        int complete = 0;
        int calls = 0;
        List<TestQuestion> questions = TinySkills.testQuestions(1);
        for (TestQuestion question : questions) {
            Map<String, String> schemas = new HashMap<>();
            namespaces(question.conversation())
                    .forEach(namespace -> namespace
                            .tools()
                            .forEach(tool -> schemas.put(namespace.name() + "." + tool.name(), tool.parameters())));
            Generation generation = generate(question.conversation(), 1);
            int[] tokens = generation.tokens();
            assertThat(grammar(question.conversation()).check(tokens).isPrefix())
                    .isTrue();
            if (generation.finishReason() == FinishReason.LENGTH) {
                continue;
            }
            complete++;
            for (Message message : HarmonyParser.parse(
                            tokens, ParseOptions.forRole(Role.ASSISTANT).strict())
                    .messages()) {
                if (Channel.FINAL.equals(message.channel())) {
                    assertValid(message.text(), ANSWER.toString());
                }
                Recipient recipient = message.recipient();
                if (recipient != null) {
                    calls++;
                    assertThat(question.conversation().declaredTools()).contains(recipient);
                    String schema = schemas.get(recipient.name());
                    if (schema != null) {
                        assertValid(message.text(), schema);
                    }
                }
            }
        }
        assertThat(complete).isGreaterThan(questions.size() / 2);
        assertThat(calls).isPositive();
    }

    private static void assertValid(String json, String schema) {
        assertThat(SCHEMAS.getSchema(schema).validate(json, InputFormat.JSON))
                .as(json)
                .isEmpty();
    }

    @Test
    void aCallThatIsForcedElsewhereIsBoundByTheRestOfTheGrammar() {
        ApiRequest request = new ChatCompletions(ApiOptions.DEFAULT).request("""
                        {"messages": [{"role": "user", "content": "Hi"}], "tool_choice": "required", "max_completion_tokens": 200, "tools": [
                         {"type": "function", "function": {"name": "set_level", "strict": true, "parameters":
                          {"type": "object", "properties": {"level": {"enum": [1, 2]}}, "required": ["level"], "additionalProperties": false}}},
                         {"type": "function", "function": {"name": "stop"}}]}""");
        ScriptedModel scripted = new ScriptedModel(
                ScriptedTurn.text(
                        "<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>analysis<|message|>"
                                + " word".repeat(150)),
                ScriptedTurn.text("set_level <|constrain|>json<|message|>{\"level\":2}<|call|>"));
        try (ScriptedServer server = ScriptedServer.start(scripted)) {
            TokenGenerator backend = Backends.of("llama-server:" + server.url());
            Generation generation = new RequestGrammars(1)
                    .bind(request, backend, TOKENIZER)
                    .generate(TOKENIZER.encode("<|start|>assistant", AllowedSpecial.ALL), HOT, token -> {});
            assertThat(TOKENIZER.decode(generation.tokens()))
                    .as("the second thought ends where there are 100 tokens of thoughts")
                    .endsWith(
                            " word<|end|><|start|>assistant<|channel|>commentary to=functions.set_level <|constrain|>json<|message|>{\"level\":2}<|call|>");
            assertThat(generation.tokens()).hasSizeBetween(110, 125);
            assertThat(server.requests()).hasSize(2);
            assertThat(server.requests().get(0).get("grammar").text()).contains("answer ::= ");
            assertThat(server.requests().get(1).get("grammar").text())
                    .contains("begun-call-0 ::= (\"set_level\" <[200008]> | \"set_level json\" <[200008]> |")
                    .contains("begun-call-1 ::= (\"stop\" <[200008]> |")
                    .doesNotContain("answer");
        }
    }

    @Test
    void theSameSeedWritesTheSame() {
        Conversation conversation = TinySkills.testQuestions(1).get(3).conversation();
        int[] first = generate(conversation, 7).tokens();
        assertThat(generate(conversation, 7).tokens()).isEqualTo(first);
        assertThat(generate(conversation, 8).tokens()).isNotEqualTo(first);
    }

    @Test
    void probabilitiesOfWhatMayComeSumToOne() {
        Conversation conversation = TinySkills.testQuestions(1).get(0).conversation();
        List<GeneratedToken> tokens = new ArrayList<>();
        grammar(conversation)
                .bind(new Generator(model))
                .generate(
                        RENDERER.renderForCompletion(conversation, Role.ASSISTANT),
                        HOT.withMaxTokens(2).withLogProbabilities(1000),
                        tokens::add);
        // first a channel or the beginning of a recipient, then the beginning of a channel's name: a few tokens each
        for (GeneratedToken token : tokens) {
            assertThat(token.alternatives().stream()
                            .mapToDouble(each -> Math.exp(each.logProbability()))
                            .sum())
                    .isCloseTo(1, within(1e-5));
        }
    }
}
