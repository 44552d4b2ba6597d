package io.harmony4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenAI's client asks a server with the tiny model for what a grammar binds, at a temperature at which the model writes nonsense. */
class GrammarServerTest {
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    /** Members of a schema of an object, with what each may be; what has no end by itself is bounded, so that the model comes to an end. */
    private static final List<String> PROPERTIES = List.of(
            "'city':{'enum':['Rome','Oslo','Lima']}",
            "'degrees':{'type':'integer','minimum':-40,'maximum':50}",
            "'isOpen':{'type':'boolean'},'note':{'type':['string','null'],'maxLength':12}",
            "'day':{'type':'string','format':'date'}",
            "'code':{'type':'string','pattern':'^[A-Z]{3}-[0-9]{2,4}$'}",
            "'tags':{'type':'array','items':{'enum':['a','b','c']},'minItems':1,'maxItems':3,'uniqueItems':true}",
            "'price':{'type':'number','minimum':0,'maximum':10,'multipleOf':0.25}",
            "'id':{'type':'string','format':'uuid'}",
            "'size':{'anyOf':[{'const':'small'},{'type':'integer','minimum':1,'maximum':9}]}",
            "'pair':{'type':'array','prefixItems':[{'type':'boolean'},{'enum':[1,2,3]}],'items':false,'minItems':2}",
            "'place':{'$ref':'#/$defs/place'}",
            "'left':{'$ref':'#/$defs/place'},'right':{'$ref':'#/$defs/place'}",
            "'unit':{'const':'celsius'},'value':{'type':'integer','exclusiveMinimum':0,'exclusiveMaximum':100}",
            "'hours':{'type':'integer','minimum':0,'maximum':23},'minutes':{'type':'integer','multipleOf':5,'minimum':0,'maximum':55}",
            "'address':{'type':'string','format':'ipv4'}",
            "'shape':{'oneOf':[{'const':'round'},{'const':'square'}]}",
            "'grid':{'type':'array','minItems':2,'maxItems':2,'items':{'type':'array','minItems':2,'maxItems':2,'items':{'enum':[0,1]}}}",
            "'name':{'type':'string','minLength':2,'maxLength':8}",
            "'answer':{'allOf':[{'enum':['yes','no','maybe']},{'enum':['no','maybe','never']}]}",
            "'nothing':{'type':'null'},'anyOf':{'enum':['a b','<|call|>']}");

    private static final String PLACE =
            "{'type':'object','properties':{'x':{'enum':[1,2]},'y':{'enum':['n','s']}},'required':['x','y'],'additionalProperties':false}";

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
                .maxCompletionTokens(220)
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

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void answersObeyTheirSchemas(boolean isStream) {
        int complete = 0;
        for (int i = 0; i < PROPERTIES.size(); i++) {
            String schema = schema(PROPERTIES.get(i));
            ChatCompletion answer = ask(withFormat(hot(i), schema).build(), isStream);
            ChatCompletion.Choice choice = answer.choices().get(0);
            String text = choice.message().content().orElse("");
            if (choice.finishReason().equals(ChatCompletion.Choice.FinishReason.LENGTH)) {
                assertThat(text).matches("(?s)(\\{.*)?"); // it thought for long, or came to the limit within spaces
            } else {
                complete++;
                assertValid(text, schema);
            }
        }
        assertThat(complete).isGreaterThan(PROPERTIES.size() / 2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void demandedCallsAreMadeAndObeyTheirSchemas(boolean isStream) {
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
        int complete = 0;
        for (int seed = 0; seed < 4; seed++) {
            ChatCompletionCreateParams.Builder request = hot(seed);
            schemas.forEach((name, schema) -> request.addTool(tool(name, schema)));
            for (ChatCompletionToolChoiceOption choice : List.of(required, named)) {
                ChatCompletion answer = ask(request.toolChoice(choice).build(), isStream);
                assertThat(answer.choices().get(0).message().content().orElse(""))
                        .isEmpty();
                if (answer.choices().get(0).finishReason().equals(ChatCompletion.Choice.FinishReason.LENGTH)) {
                    continue; // it thought aloud up to the limit
                }
                complete++;
                assertThat(answer.choices().get(0).message().toolCalls().orElseThrow())
                        .hasSize(1)
                        .allSatisfy(call -> {
                            String name = call.asFunction().function().name();
                            if (choice.equals(named)) {
                                assertThat(name).isEqualTo("set_day");
                            }
                            assertValid(call.asFunction().function().arguments(), String.valueOf(schemas.get(name)));
                        });
            }
        }
        assertThat(complete).isPositive();
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
