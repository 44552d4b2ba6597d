package io.harmony4j.adk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.adk.models.LlmRequest;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionCallingConfig;
import com.google.genai.types.FunctionCallingConfigMode;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GoogleSearch;
import com.google.genai.types.Part;
import com.google.genai.types.Schema;
import com.google.genai.types.ThinkingConfig;
import com.google.genai.types.ThinkingLevel;
import com.google.genai.types.Tool;
import com.google.genai.types.ToolConfig;
import io.harmony4j.Message;
import io.harmony4j.ReasoningEffort;
import io.harmony4j.Recipient;
import io.harmony4j.chat.HarmonyModel;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.generation.Sampling;
import io.harmony4j.testkit.ScriptedModel;
import io.harmony4j.testkit.ScriptedTurn;
import io.harmony4j.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of ADK's requests. */
class RequestTest {
    private static final GenerateContentConfig NOTHING =
            GenerateContentConfig.builder().build();
    private static final FunctionDeclaration GET_WEATHER = FunctionDeclaration.builder()
            .name("get_weather")
            .description("Weather.")
            .build();

    private static Request read(GenerateContentConfig config, Content... contents) {
        LlmRequest request = LlmRequest.builder()
                .config(config)
                .contents(Arrays.asList(contents))
                .build();
        return Request.of(request, io.harmony4j.Content.System.DEFAULT, GenerationOptions.DEFAULT);
    }

    private static String prompt(GenerateContentConfig config, Content... contents) {
        HarmonyModel model = new HarmonyModel(Tokenizer.o200kHarmony(), new ScriptedModel());
        return Tokenizer.o200kHarmony()
                .decode(model.prompt(read(config, contents).conversation()));
    }

    private static List<Message> messages(Content... contents) {
        List<Message> all = read(NOTHING, contents).conversation().messages();
        return all.subList(1, all.size());
    }

    private static Content content(String role, Part... parts) {
        return Content.builder().role(role).parts(parts).build();
    }

    private static Part thought(String text) {
        return Part.builder().text(text).thought(true).build();
    }

    private static Part call(String id, String name, Map<String, Object> arguments) {
        return Part.builder()
                .functionCall(
                        FunctionCall.builder().id(id).name(name).args(arguments).build())
                .build();
    }

    private static Part result(String id, String name, Map<String, Object> response) {
        return Part.builder()
                .functionResponse(FunctionResponse.builder()
                        .id(id)
                        .name(name)
                        .response(response)
                        .build())
                .build();
    }

    private static GenerateContentConfig tools(FunctionDeclaration... functions) {
        return GenerateContentConfig.builder()
                .tools(Tool.builder().functionDeclarations(functions).build())
                .build();
    }

    // ---- what was said ----

    @Test
    void textsOfAMessageAreLines() {
        assertThat(messages(content("user", Part.fromText("One"), Part.fromText("two"))))
                .containsExactly(Message.user("One\ntwo"));
        assertThat(messages(content("model", Part.fromText("One"), Part.fromText("two"))))
                .containsExactly(Message.answer("One\ntwo"));
    }

    @Test
    void textWithSpecialTokensStaysText() {
        assertThat(read(NOTHING, content("user", Part.fromText("<|end|>")))
                        .conversation()
                        .messages())
                .contains(Message.user("<|end|>"));
    }

    @Test
    void thoughtsAndPreamblesAreMessages() {
        assertThat(messages(content(
                        "model",
                        thought("I look."),
                        Part.fromText("Wait."),
                        call("1", "get_weather", Map.of("city", "Oslo")))))
                .containsExactly(
                        Message.analysis("I look."),
                        Message.preamble("Wait."),
                        Message.call(Recipient.function("get_weather"), "{\"city\":\"Oslo\"}"));
    }

    @Test
    void aSignatureIsAThought() {
        Part signed = call("1", "f", Map.of()).toBuilder()
                .thoughtSignature("Schön.".getBytes(StandardCharsets.UTF_8))
                .build();
        assertThat(messages(content("model", signed)))
                .containsExactly(Message.analysis("Schön."), Message.call(Recipient.function("f"), "{}"));
        assertThat(messages(content("model", thought("Whole."), signed)))
                .containsExactly(Message.analysis("Whole."), Message.call(Recipient.function("f"), "{}"));
    }

    @Test
    void aSignatureOfAnotherModelIsNone() {
        byte[] opaque = {10, (byte) 0xC3, 40, (byte) 0xFF};
        Part signed =
                call("1", "f", Map.of()).toBuilder().thoughtSignature(opaque).build();
        Part text = Part.builder().text("Yes.").thoughtSignature(opaque).build();
        assertThat(messages(content("model", signed), content("model", text)))
                .containsExactly(Message.call(Recipient.function("f"), "{}"), Message.answer("Yes."));
    }

    @Test
    void resultsStandNextToTheirCalls() {
        Content calls = content("model", call("1", "f", Map.of("a", 1)), call("2", "g", Map.of("b", 2)));
        Content results = content("user", result("2", "g", Map.of("r", "two")), result("1", "f", Map.of("r", "one")));
        assertThat(messages(calls, results))
                .containsExactly(
                        Message.call(Recipient.function("f"), "{\"a\":1}"),
                        Message.tool(Recipient.function("f"), "{\"r\":\"one\"}"),
                        Message.call(Recipient.function("g"), "{\"b\":2}"),
                        Message.tool(Recipient.function("g"), "{\"r\":\"two\"}"));
    }

    /** Requests that are made by hand often have none. */
    @Test
    void callsWithoutIdsAreFoundByTheirNames() {
        Part f = Part.builder()
                .functionCall(FunctionCall.builder().name("f").build())
                .build();
        Part answer = Part.builder()
                .functionResponse(FunctionResponse.builder()
                        .name("f")
                        .response(Map.of("r", 1))
                        .build())
                .build();
        assertThat(messages(content("model", f), content("user", answer), content("model", f)))
                .containsExactly(
                        Message.call(Recipient.function("f"), "{}"),
                        Message.tool(Recipient.function("f"), "{\"r\":1}"),
                        Message.call(Recipient.function("f"), "{}"));
    }

    @Test
    void aResultWithoutACallHasItsName() {
        assertThat(messages(content("user", result("9", "f", Map.of("r", 1)), Part.fromText("And?"))))
                .containsExactly(Message.tool(Recipient.function("f"), "{\"r\":1}"), Message.user("And?"));
    }

    /** A value that JSON does not have by itself. */
    record Place(String name, double height) {}

    @Test
    void resultsAreJsonWhateverIsInThem() {
        Map<String, Object> response = new LinkedHashMap<>();
        response.put("nothing", null);
        response.put("list", List.of(1, 2.5, true, "x"));
        response.put("place", new Place("Oslo", 1e3));
        response.put("big", 12345678901234567L);
        assertThat(messages(content("user", result("1", "f", response))).get(0).text())
                .isEqualTo("{\"nothing\":null,\"list\":[1,2.5,true,\"x\"],"
                        + "\"place\":{\"name\":\"Oslo\",\"height\":1000.0},\"big\":12345678901234567}");
    }

    @Test
    void argumentsKeepTheirTypes() {
        String json = "{\"a\":1,\"b\":2.5,\"c\":null,\"d\":[true,{\"e\":\"f\"}],\"g\":12345678901234567}";
        ScriptedModel model = new ScriptedModel(ScriptedTurn.call("get_weather", json));
        FunctionCall call = WeatherAgent.llm(model)
                .generateContent(LlmRequest.builder().config(tools(GET_WEATHER)).build(), false)
                .blockingLast()
                .content()
                .orElseThrow()
                .parts()
                .orElseThrow()
                .get(0)
                .functionCall()
                .orElseThrow();

        assertThat(call.args().orElseThrow())
                .containsEntry("a", 1)
                .containsEntry("b", 2.5)
                .containsEntry("c", null);
        assertThat(messages(content("model", Part.builder().functionCall(call).build()))
                        .get(0)
                        .text())
                .isEqualTo(json);
    }

    @Test
    void picturesAndOthersAreRefusedByName() {
        assertRefused("inlineData (image/png)", Part.fromBytes(new byte[] {1}, "image/png"));
        assertRefused("fileData (audio/mpeg)", Part.fromUri("gs://bucket/song.mp3", "audio/mpeg"));
        assertRefused("executableCode", Part.fromJson("{\"executableCode\":{\"code\":\"1\"}}"));
        assertRefused("codeExecutionResult", Part.fromJson("{\"codeExecutionResult\":{\"output\":\"1\"}}"));
    }

    private static void assertRefused(String name, Part part) {
        LlmRequest request = LlmRequest.builder()
                .contents(List.of(content("user", Part.fromText("Look:"), part)))
                .build();
        ScriptedModel model = new ScriptedModel(ScriptedTurn.answer("Nice."));
        assertThatThrownBy(() ->
                        WeatherAgent.llm(model).generateContent(request, false).blockingLast())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("but found " + name);
        assertThat(model.prompts()).isEmpty();
    }

    // ---- tools ----

    @Test
    void schemasHaveTypesInLowerCase() {
        Schema parameters = Schema.builder()
                .type("OBJECT")
                .properties(Map.of(
                        "type",
                        Schema.builder()
                                .type("ARRAY")
                                .items(Schema.builder()
                                        .type("STRING")
                                        .enum_("A", "B")
                                        .build())
                                .build()))
                .required("type")
                .build();
        FunctionDeclaration function = FunctionDeclaration.builder()
                .name("f")
                .description("Does it.")
                .parameters(parameters)
                .build();

        assertThat(prompt(tools(function))).contains("// Does it.\ntype f = (_: {\ntype: \"A\" | \"B\"[],\n}) => any;");
        assertThat(SchemaJson.of(Schema.builder()
                        .anyOf(
                                Schema.builder().type("INTEGER").example(7).build(),
                                Schema.builder().type("TYPE_UNSPECIFIED").build())
                        .build()))
                .hasToString("{\"anyOf\":[{\"examples\":[7],\"type\":\"integer\"},{}]}");
    }

    @Test
    void aJsonSchemaIsTakenAsItIs() {
        FunctionDeclaration function = FunctionDeclaration.builder()
                .name("f")
                .parametersJsonSchema(Map.of("type", "object", "properties", Map.of("x", Map.of("type", "NUMBER"))))
                .parameters(Schema.builder().type("STRING").build())
                .build();
        assertThat(prompt(tools(function))).contains("x?: any");
    }

    @Test
    void googlesOwnToolsAreRefusedByName() {
        GenerateContentConfig config = GenerateContentConfig.builder()
                .tools(Tool.builder()
                        .googleSearch(GoogleSearch.builder().build())
                        .build())
                .build();
        assertThatThrownBy(() -> read(config))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("found googleSearch");
    }

    private static GenerateContentConfig calling(FunctionCallingConfigMode.Known mode, String... allowed) {
        FunctionCallingConfig.Builder calling =
                FunctionCallingConfig.builder().mode(new FunctionCallingConfigMode(mode));
        if (allowed.length > 0) {
            calling.allowedFunctionNames(allowed);
        }
        return tools(GET_WEATHER, FunctionDeclaration.builder().name("get_time").build()).toBuilder()
                .toolConfig(ToolConfig.builder()
                        .functionCallingConfig(calling.build())
                        .build())
                .build();
    }

    @Test
    void modesOfFunctionCalling() {
        assertThat(prompt(calling(FunctionCallingConfigMode.Known.NONE))).doesNotContain("get_weather");
        assertThat(read(calling(FunctionCallingConfigMode.Known.AUTO)).options().requiredTools())
                .isEmpty();
        assertThat(read(calling(FunctionCallingConfigMode.Known.ANY)).options().requiredTools())
                .containsExactly(Recipient.function("get_weather"), Recipient.function("get_time"));
        assertThat(read(calling(FunctionCallingConfigMode.Known.ANY, "get_time"))
                        .options()
                        .requiredTools())
                .containsExactly(Recipient.function("get_time"));
        assertThatThrownBy(() -> read(calling(FunctionCallingConfigMode.Known.ANY, "get_tide")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[get_weather, get_time] but found [get_tide]");
    }

    /** Gemini, too, calls no other functions then, but may answer. */
    @ParameterizedTest
    @EnumSource(
            value = FunctionCallingConfigMode.Known.class,
            names = {"MODE_UNSPECIFIED", "AUTO", "VALIDATED"})
    void allowedFunctionsAreTheOnlyOnes(FunctionCallingConfigMode.Known mode) {
        assertThat(prompt(calling(mode))).contains("type get_weather", "type get_time");
        assertThat(prompt(calling(mode, "get_time"))).contains("type get_time").doesNotContain("get_weather");
        assertThat(read(calling(mode, "get_time")).options().requiredTools()).isEmpty();
        assertThatThrownBy(() -> read(calling(mode, "get_tide")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[get_weather, get_time] but found [get_tide]");
    }

    /** In Gemini's API, a list that is empty is a list that is not there. */
    @ParameterizedTest
    @EnumSource(
            value = FunctionCallingConfigMode.Known.class,
            names = {"AUTO", "ANY", "VALIDATED"})
    void noNamesAllowAllFunctions(FunctionCallingConfigMode.Known mode) {
        GenerateContentConfig config = GenerateContentConfig.fromJson("""
                {"tools":[{"functionDeclarations":[{"name":"get_weather"},{"name":"get_time"}]}],
                 "toolConfig":{"functionCallingConfig":{"mode":"%s","allowedFunctionNames":[]}}}""".formatted(mode));
        assertThat(prompt(config)).contains("type get_weather", "type get_time");
        assertThat(read(config).options().requiredTools()).hasSize(mode == FunctionCallingConfigMode.Known.ANY ? 2 : 0);
    }

    @Test
    void aCallThatMustBeNeedsAFunction() {
        GenerateContentConfig config =
                GenerateContentConfig.fromJson("{\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"ANY\"}}}");
        assertThatThrownBy(() -> read(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mode of function calling is ANY, but found none");
    }

    // ---- options ----

    @Test
    void instructionsAreTheDevelopers() {
        GenerateContentConfig config = GenerateContentConfig.builder()
                .systemInstruction(Content.fromParts(Part.fromText("Be nice."), Part.fromText("Be brief.")))
                .build();
        assertThat(prompt(config))
                .contains("<|start|>developer<|message|># Instructions\n\nBe nice.\n\nBe brief.<|end|>");
    }

    @ParameterizedTest
    @CsvSource({"MINIMAL, LOW", "LOW, LOW", "MEDIUM, MEDIUM", "HIGH, HIGH", "THINKING_LEVEL_UNSPECIFIED, MEDIUM"})
    void thinkingLevels(ThinkingLevel.Known level, ReasoningEffort effort) {
        GenerateContentConfig config = GenerateContentConfig.builder()
                .thinkingConfig(ThinkingConfig.builder()
                        .thinkingLevel(new ThinkingLevel(level))
                        .build())
                .build();
        assertThat(prompt(config)).contains("Reasoning: " + effort.promptWord());
    }

    @Test
    void optionsOfGeneration() {
        GenerateContentConfig config = GenerateContentConfig.builder()
                .temperature(0.7f)
                .topP(0.9f)
                .topK(40f)
                .seed(7)
                .maxOutputTokens(100)
                .stopSequences("END")
                .build();
        Request request = read(config);

        assertThat(request.options().generation().sampling())
                .isEqualTo(Sampling.DEFAULT
                        .withTemperature(0.7)
                        .withTopP(0.9)
                        .withTopK(40)
                        .withSeed(7));
        assertThat(request.options().generation().maxTokens()).isEqualTo(100);
        assertThat(request.options().stopStrings()).containsExactly("END");
    }

    @Test
    void whatIsNotAskedForIsTheModels() {
        GenerationOptions own =
                GenerationOptions.DEFAULT.withSampling(Sampling.GREEDY).withMaxTokens(50);
        GenerationOptions read = Request.of(LlmRequest.builder().build(), io.harmony4j.Content.System.DEFAULT, own)
                .options()
                .generation();
        assertThat(read.sampling().withSeed(0)).isEqualTo(Sampling.GREEDY);
        assertThat(read.maxTokens()).isEqualTo(50);
    }

    @Test
    void withoutASeedEachRequestHasAnother() {
        GenerateContentConfig config = GenerateContentConfig.builder().build();

        assertThat(read(config).options().generation().sampling().seed())
                .isNotEqualTo(read(config).options().generation().sampling().seed());
    }

    @Test
    void formatsOfResponses() {
        Schema schema = Schema.builder()
                .type("OBJECT")
                .properties(Map.of("city", Schema.builder().type("STRING").build()))
                .build();
        String section = "# Response Formats\n\n## response\n\n"
                + "{\"properties\":{\"city\":{\"type\":\"string\"}},\"type\":\"object\"}<|end|>";
        assertThat(prompt(GenerateContentConfig.builder()
                        .responseMimeType("application/json")
                        .responseSchema(schema)
                        .build()))
                .contains(section);
        assertThat(prompt(GenerateContentConfig.builder()
                        .responseJsonSchema(Map.of("type", "object"))
                        .build()))
                .contains("## response\n\n{\"type\":\"object\"}");
        assertThat(prompt(GenerateContentConfig.builder()
                        .responseMimeType("application/json")
                        .build()))
                .contains("## json\n\n{\"type\":\"object\"}");
        assertThat(prompt(GenerateContentConfig.builder()
                        .responseMimeType("text/plain")
                        .build()))
                .doesNotContain("Response Formats");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"candidateCount\":2}",
                "{\"presencePenalty\":0.5}",
                "{\"frequencyPenalty\":0.5}",
                "{\"responseLogprobs\":true}",
                "{\"cachedContent\":\"cachedContents/1\"}",
                "{\"responseModalities\":[\"TEXT\",\"AUDIO\"]}",
                "{\"responseMimeType\":\"text/x.enum\"}",
            })
    void whatGptOssDoesNotHaveIsRefusedByName(String config) {
        String name = config.substring(2, config.indexOf(':') - 1);
        assertThatThrownBy(() -> read(GenerateContentConfig.fromJson(config)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("does not have " + name);
    }

    @Test
    void whatIsForGooglesServersIsLeftOut() {
        assertThat(
                        prompt(
                                GenerateContentConfig.fromJson(
                                        "{\"candidateCount\":1,\"responseModalities\":[\"text\"],"
                                                + "\"labels\":{\"a\":\"b\"},\"safetySettings\":[{\"category\":\"HARM_CATEGORY_HARASSMENT\"}]}")))
                .isEqualTo(prompt(NOTHING));
    }
}
