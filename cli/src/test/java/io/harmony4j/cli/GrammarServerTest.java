package io.harmony4j.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ReasoningEffort;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionNamedToolChoice;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import io.harmony4j.engine.BatchGenerator;
import io.harmony4j.engine.Model;
import io.harmony4j.json.Json;
import io.harmony4j.renderer.AnalysisPolicy;
import io.harmony4j.server.HarmonyServer;
import io.harmony4j.server.ServedModel;
import io.harmony4j.server.ServerOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** OpenAI's client asks a server with the tiny model for what a grammar binds, at a temperature at which the model writes nonsense. */
class GrammarServerTest {
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    /** Members of a schema of an object, with what each may be; all are short, so that an answer is whole within the tokens that it has. */
    private static final List<String> PROPERTIES = List.of(
            "'city':{'enum':['Rome','Oslo','Lima']}",
            "'degrees':{'type':'integer','minimum':-40,'maximum':50}",
            "'isOpen':{'type':'boolean'},'note':{'type':['string','null'],'maxLength':5}",
            "'day':{'type':'string','format':'date'}",
            "'code':{'type':'string','pattern':'^[A-Z]{3}-[0-9]{2,4}$'}",
            "'tags':{'type':'array','items':{'enum':['a','b','c']},'minItems':1,'maxItems':2,'uniqueItems':true}",
            "'price':{'type':'number','minimum':0,'maximum':10,'multipleOf':0.25}",
            "'id':{'type':'string','format':'uuid'}",
            "'size':{'anyOf':[{'const':'small'},{'type':'integer','minimum':1,'maximum':9}]}",
            "'pair':{'type':'array','prefixItems':[{'type':'boolean'},{'enum':[1,2,3]}],'items':false,'minItems':2}",
            "'place':{'$ref':'#/$defs/place'}",
            "'list':{'type':'array','items':{'$ref':'#/$defs/place'},'minItems':1,'maxItems':1}",
            "'value':{'type':'integer','exclusiveMinimum':0,'exclusiveMaximum':100}",
            "'minutes':{'type':'integer','multipleOf':5,'minimum':0,'maximum':55}",
            "'address':{'type':'string','format':'ipv4'}",
            "'shape':{'oneOf':[{'const':'round'},{'const':'square'}]}",
            "'grid':{'type':'array','minItems':1,'maxItems':1,'items':{'type':'array','minItems':2,'maxItems':2,'items':{'enum':[0,1]}}}",
            "'name':{'type':'string','minLength':2,'maxLength':8}",
            "'answer':{'allOf':[{'enum':['yes','no','maybe']},{'enum':['no','maybe','never']}]}",
            "'anyOf':{'enum':['a b','<|call|>']}");

    private static final String PLACE =
            "{'type':'object','properties':{'side':{'enum':['north','south']}},'required':['side'],'additionalProperties':false}";

    private static Model model;
    private static BatchGenerator generator;
    private static HarmonyServer server;
    private static OpenAIClient client;

    @BeforeAll
    static void start() {
        model = Model.tiny();
        generator = new BatchGenerator(model);
        server = HarmonyServer.start(ServerOptions.DEFAULT.withPort(0))
                .serve(new ServedModel("tiny", generator, 4096)
                        .withAnalysisPolicy(AnalysisPolicy.REFERENCE)
                        .withGrammars(true));
        client = OpenAIOkHttpClient.builder()
                .baseUrl(server.url() + "/v1")
                .apiKey("none")
                .maxRetries(0)
                .responseValidation(true)
                .build();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
        generator.close();
        model.close();
    }

    private static String schema(String properties) {
        List<String> names = new ArrayList<>();
        Json.parse("{" + properties.replace('\'', '"') + "}")
                .members()
                .keySet()
                .forEach(name -> names.add("'" + name + "'"));
        return ("{'type':'object','properties':{" + properties + "},'required':" + names
                        + ",'additionalProperties':false,'$defs':{'place':" + PLACE + "}}")
                .replace('\'', '"');
    }

    @SuppressWarnings("deprecation") // there is nothing newer for a seed
    private static ChatCompletionCreateParams.Builder hot(long seed) {
        return ChatCompletionCreateParams.builder()
                .model("tiny")
                .addUserMessage("What is 17 * 23?")
                .reasoningEffort(ReasoningEffort.LOW)
                .maxCompletionTokens(110)
                .temperature(2)
                .seed(seed);
    }

    private static ChatCompletion ask(ChatCompletionCreateParams request, boolean isStream) {
        if (!isStream) {
            return client.chat().completions().create(request);
        }
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> chunks =
                client.chat().completions().createStreaming(request)) {
            chunks.stream().forEach(whole::accumulate);
        }
        return whole.chatCompletion();
    }

    private static ChatCompletionCreateParams.Builder withFormat(
            ChatCompletionCreateParams.Builder request, String schema) {
        ResponseFormatJsonSchema.JsonSchema.Schema.Builder members =
                ResponseFormatJsonSchema.JsonSchema.Schema.builder();
        members(schema).forEach(members::putAdditionalProperty);
        return request.responseFormat(ResponseFormatJsonSchema.builder()
                .jsonSchema(ResponseFormatJsonSchema.JsonSchema.builder()
                        .name("answer")
                        .strict(true)
                        .schema(members.build())
                        .build())
                .build());
    }

    private static ChatCompletionFunctionTool tool(String name, String schema) {
        FunctionParameters.Builder members = FunctionParameters.builder();
        members(schema).forEach(members::putAdditionalProperty);
        return ChatCompletionFunctionTool.builder()
                .function(FunctionDefinition.builder()
                        .name(name)
                        .description("Does something.")
                        .strict(true)
                        .parameters(members.build())
                        .build())
                .build();
    }

    private static Map<String, JsonValue> members(String schema) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        Json.parse(schema).members().forEach((name, value) -> members.put(name, JsonValue.from(toJava(value))));
        return members;
    }

    /** Returns JSON as the client takes it. */
    private static Object toJava(io.harmony4j.json.JsonValue value) {
        if (value.isObject()) {
            Map<String, Object> members = new LinkedHashMap<>();
            value.members().forEach((name, member) -> members.put(name, toJava(member)));
            return members;
        }
        if (value.isArray()) {
            return value.elements().stream().map(GrammarServerTest::toJava).toList();
        }
        if (value.isString()) {
            return value.text();
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        return value.isInteger() ? (Object) value.intValue() : (Object) value.doubleValue();
    }

    private static void assertValid(String json, String schema) {
        assertThat(SCHEMAS.getSchema(schema).validate(json, InputFormat.JSON))
                .as(json + " by " + schema)
                .isEmpty();
    }

    /** Asks for all, every other time as a stream. */
    private static List<ChatCompletion.Choice> askAll(List<ChatCompletionCreateParams> requests) {
        return IntStream.range(0, requests.size())
                .parallel()
                .mapToObj(i -> ask(requests.get(i), i % 2 == 1).choices().get(0))
                .toList();
    }

    @Test
    void answersObeyTheirSchemas() {
        List<String> schemas =
                PROPERTIES.stream().map(GrammarServerTest::schema).toList();
        List<ChatCompletion.Choice> answers = askAll(IntStream.range(0, schemas.size())
                .mapToObj(i -> withFormat(hot(i), schemas.get(i)).build())
                .toList());
        int whole = 0;
        for (int i = 0; i < schemas.size(); i++) {
            String text = answers.get(i).message().content().orElse("");
            if (answers.get(i).finishReason().equals(ChatCompletion.Choice.FinishReason.STOP)) {
                whole++;
                assertValid(text, schemas.get(i));
            } else {
                assertThat(answers.get(i).finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.LENGTH);
                assertThat(text).as("there is room for the answer").startsWith("{");
            }
        }
        assertThat(whole).isGreaterThanOrEqualTo(schemas.size() - 2);
    }

    @Test
    void demandedCallsAreMadeAndObeyTheirSchemas() {
        Map<String, String> schemas =
                Map.of("set_place", schema(PROPERTIES.get(10)), "set_day", schema(PROPERTIES.get(3)));
        ChatCompletionToolChoiceOption required =
                ChatCompletionToolChoiceOption.ofAuto(ChatCompletionToolChoiceOption.Auto.REQUIRED);
        ChatCompletionToolChoiceOption named =
                ChatCompletionToolChoiceOption.ofNamedToolChoice(ChatCompletionNamedToolChoice.builder()
                        .function(ChatCompletionNamedToolChoice.Function.builder()
                                .name("set_day")
                                .build())
                        .build());
        List<ChatCompletionCreateParams> requests = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ChatCompletionCreateParams.Builder request = hot(i).toolChoice(i < 4 ? required : named);
            schemas.forEach((name, schema) -> request.addTool(tool(name, schema)));
            requests.add(request.build());
        }
        List<ChatCompletion.Choice> answers = askAll(requests);
        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
            assertThat(answers.get(i).message().content().orElse("")).isEmpty();
            List<ChatCompletionMessageToolCall> calls =
                    answers.get(i).message().toolCalls().orElseThrow();
            assertThat(calls).hasSize(1);
            ChatCompletionMessageFunctionToolCall.Function call =
                    calls.get(0).asFunction().function();
            assertThat(call.name()).isIn(i < 4 ? schemas.keySet() : Set.of("set_day"));
            assertValid(call.arguments(), requireNonNull(schemas.get(call.name())));
        }
    }

    @Test
    void aStrictSchemaThatCannotBeEnforcedIsABadRequest() {
        String schema = schema("'a':{'type':'array','contains':{'type':'null'}}");
        BadRequestException refused = catchThrowableOfType(
                BadRequestException.class,
                () -> client.chat()
                        .completions()
                        .create(hot(0).addTool(tool("f", schema)).build()));
        assertThat(refused.param()).contains("tools[0].function.parameters");
        assertThat(refused.type()).contains("invalid_request_error");
        assertThat(refused).hasMessageContaining("\"contains\" at /properties/a/contains");
    }
}
