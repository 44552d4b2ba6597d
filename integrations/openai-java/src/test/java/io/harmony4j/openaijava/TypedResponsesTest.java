package io.harmony4j.openaijava;

import static io.harmony4j.openaijava.Scripted.ANSWER;
import static io.harmony4j.openaijava.Scripted.CONTEXT_TOKENS;
import static io.harmony4j.openaijava.Scripted.NEXT;
import static io.harmony4j.openaijava.Scripted.PREAMBLE;
import static io.harmony4j.openaijava.Scripted.REASONING;
import static io.harmony4j.openaijava.Scripted.RENDERER;
import static io.harmony4j.openaijava.Scripted.TOKENIZER;
import static io.harmony4j.openaijava.Scripted.WEATHER;
import static io.harmony4j.openaijava.Scripted.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.core.JsonField;
import com.openai.core.JsonMissing;
import com.openai.core.JsonNull;
import com.openai.core.JsonValue;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.Reasoning;
import com.openai.models.ReasoningEffort;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.ToolNamespace;
import io.harmony4j.chat.HarmonyModel;
import io.harmony4j.chat.LoopResult;
import io.harmony4j.chat.ToolLoop;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.json.Json;
import io.harmony4j.openai.ApiException;
import io.harmony4j.openai.ApiOptions;
import io.harmony4j.openai.InMemoryResponseStore;
import io.harmony4j.openai.ResponseAnswer;
import io.harmony4j.openai.ResponseLoop;
import io.harmony4j.openai.ResponseStore;
import io.harmony4j.openai.Responses;
import io.harmony4j.openai.ResponsesRequest;
import io.harmony4j.renderer.AnalysisPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TypedResponsesTest {
    private static final ApiOptions OPTIONS = ApiOptions.DEFAULT.withDate(Conversations.DATE);
    private static final ApiOptions HOSTING = OPTIONS.withBuiltInTools(ToolNamespace.python(), ToolNamespace.browser());
    private static final TypedResponses API = new TypedResponses(new Responses(OPTIONS, ResponseStore.NONE));

    private static ResponseCreateParams.Builder params() {
        return ResponseCreateParams.builder().model("gpt-oss-20b").input("Hi");
    }

    private static ResponseCreateParams params(String json) {
        return ResponseCreateParams.builder()
                .body(Sdk.read(json, ResponseCreateParams.Body.class))
                .build();
    }

    private static ResponseCreateParams.Builder umbrella() {
        FunctionTool weather = Sdk.read("""
                {"type":"function","name":"get_weather","description":"Returns the weather.","strict":false,"parameters":%s}""".formatted(Conversations.WEATHER.parameters()), FunctionTool.class);
        return ResponseCreateParams.builder()
                .model("gpt-oss-20b")
                .instructions("Answer in one sentence.")
                .reasoning(Reasoning.builder().effort(ReasoningEffort.LOW).build())
                .addTool(weather)
                .input("Do I need an umbrella in Tokyo?");
    }

    /** Any JSON in the place of a field; its class has no type argument in Kotlin. */
    @SuppressWarnings("unchecked")
    private static <T> JsonField<T> raw(JsonValue json) {
        return (JsonField<T>) json;
    }

    // ---- Requests -------------------------------------------------------------------------------------------------

    @Test
    void paramsAreTheRequestThatTheClientSends() {
        ResponsesRequest request = API.request(umbrella()
                .maxOutputTokens(50)
                .temperature(0.5)
                .putAdditionalBodyProperty("stream", JsonValue.from(true))
                .putAdditionalHeader("X-Other", "ignored")
                .build());
        assertThat(request.wholeConversation()).isEqualTo(Conversations.umbrella());
        assertThat(request.decoding().temperature()).isEqualTo(0.5);
        assertThat(request.generationOptions(0).maxTokens()).isEqualTo(50);
        assertThat(request.isStream()).isTrue();
        assertThat(API.request(params().build()).isStream()).isFalse();
    }

    @Test
    void nullAndMissingFieldsAreAbsent() {
        double standard = API.request(params().build()).decoding().temperature();
        for (JsonField<Double> none : List.<JsonField<Double>>of(raw(JsonNull.of()), raw(JsonMissing.of()))) {
            ResponsesRequest request = API.request(params().temperature(none).build());
            assertThat(request.decoding().temperature()).isEqualTo(standard);
        }
    }

    @Test
    void whatIsWrongIsSaidByItsField() {
        assertRefused(
                params().temperature(TypedResponsesTest.<Double>raw(JsonValue.from("hot")))
                        .build(),
                "temperature",
                "expected a decimal");
        assertRefused(
                params().input(TypedResponsesTest.<ResponseCreateParams.Input>raw(JsonValue.from(5)))
                        .build(),
                "input",
                "expected a string or an array");
        assertRefused(
                params("{\"input\":[{\"type\":\"message\",\"role\":\"wizard\",\"content\":\"x\"}]}"),
                "input[0].role",
                "'wizard'");
        assertRefused(
                params("{\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"call_9\",\"output\":\"x\"}]}"),
                "input",
                "No tool call found for function call output with call_id call_9");
        assertRefused(params().previousResponseId("resp_9").build(), "previous_response_id", "not found");
    }

    private static void assertRefused(ResponseCreateParams params, String field, String message) {
        ApiException refused = catchThrowableOfType(ApiException.class, () -> API.request(params));
        assertThat(refused).hasMessageContaining(message);
        assertThat(refused.param()).isEqualTo(field);
        assertThat(refused.status()).isEqualTo(400);
    }

    @Property(tries = 300)
    void conversationsAreTheirParams(@ForAll long seed) {
        Conversation conversation = Conversations.random(seed);
        ResponseCreateParams params = TypedResponses.params(conversation, "gpt-oss-20b");
        params._body().validate();
        ResponsesRequest request = API.request(params);
        assertThat(request.model()).isEqualTo("gpt-oss-20b");
        assertThat(request.wholeConversation()).isEqualTo(conversation);
        assertThat(request.prompt(RENDERER, CONTEXT_TOKENS))
                .isEqualTo(RENDERER.renderForCompletion(
                        AnalysisPolicy.SINCE_LAST_FINAL.apply(conversation), Role.ASSISTANT));
    }

    // ---- Answers --------------------------------------------------------------------------------------------------

    /** @param members what the request has besides input and tools, with single quotes */
    private record Case(String what, String members, String output, FinishReason end) {
        static Case of(String what, String output) {
            return new Case(what, "", output, FinishReason.STOP);
        }

        @Override
        public String toString() {
            return what;
        }

        ResponsesRequest request() {
            return API.request(params("""
                    {"model":"gpt-oss-20b","input":"Hi","tools":[
                      {"type":"function","name":"get_weather","parameters":{"type":"object","properties":{}},"strict":true},
                      {"type":"custom","name":"patch"},
                      {"type":"namespace","name":"crm","description":"Customers","tools":[{"type":"function","name":"find"}]}]%s}""".formatted(members.replace('\'', '"'))));
        }
    }

    static List<Case> answers() {
        return List.of(
                Case.of("an answer", ANSWER),
                Case.of("reasoning", REASONING + ANSWER),
                Case.of("several reasonings", REASONING + REASONING + ANSWER),
                Case.of("a preamble and a call", REASONING + PREAMBLE + WEATHER + "<|call|>"),
                Case.of("two calls", WEATHER + NEXT + WEATHER + "<|call|>"),
                Case.of("a custom tool", call("functions.patch", "{\"input\":\"+x\"}") + "<|call|>"),
                Case.of("a namespace", call("crm.find", "{}") + "<|call|>"),
                Case.of("a call of nothing offered", call("functions.other", "{}") + "<|call|>"),
                Case.of("no arguments", call("functions.get_weather", "") + "<|call|>"),
                Case.of("nothing", ""),
                Case.of("no Harmony", "Hello there"),
                new Case("half an answer", "", REASONING + "<|channel|>final<|message|>Hel", FinishReason.LENGTH),
                new Case("half a call", "", WEATHER.substring(0, WEATHER.length() - 4), FinishReason.LENGTH),
                new Case("cancelled", "", REASONING + "<|channel|>final<|message|>Hel", FinishReason.CANCELLED),
                new Case(
                        "encrypted reasoning",
                        ",'include':['reasoning.encrypted_content'],'store':false",
                        REASONING + WEATHER + "<|call|>",
                        FinishReason.STOP),
                new Case(
                        "log-probabilities",
                        ",'include':['message.output_text.logprobs'],'top_logprobs':1",
                        ANSWER,
                        FinishReason.STOP),
                new Case(
                        "what a response repeats",
                        ",'instructions':'Be brief.','text':{'format':{'type':'json_schema','name':'x','schema':{'type':'object'}}},"
                                + "'reasoning':{'effort':'high'},'metadata':{'a':'b'},'truncation':'auto','user':'u',"
                                + "'tool_choice':{'type':'function','name':'get_weather'}",
                        ANSWER,
                        FinishReason.STOP));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void responsesAndEventsAreValid(Case played) {
        List<ResponseStreamEvent> events = new ArrayList<>();
        ResponseAnswer answer = TypedResponses.answer(played.request(), TOKENIZER, events::add);
        TypedResponses.response(answer).validate();
        Scripted.play(answer.turn(), played.output(), played.end());
        assertSame(events, answer);
    }

    @Test
    void aFailureIsAnEventAndAResponse() {
        List<ResponseStreamEvent> events = new ArrayList<>();
        ResponseAnswer answer = TypedResponses.answer(API.request(params().build()), TOKENIZER, events::add);
        answer.turn().accept("<|channel|>final<|message|>Hel");
        answer.turn().fail(new ApiException(500, null, null, "The model broke."));
        assertSame(events, answer);
        Response response = TypedResponses.response(answer);
        assertThat(response.status()).contains(ResponseStatus.FAILED);
        assertThat(response.error().orElseThrow().message()).isEqualTo("The model broke.");
        assertThat(events.get(events.size() - 1).isFailed()).isTrue();
    }

    private static void assertSame(List<ResponseStreamEvent> events, ResponseAnswer answer) {
        ResponseAccumulator accumulator = ResponseAccumulator.createWithSnapshots();
        events.forEach(event -> accumulator.accumulate(event.validate()));
        Response whole = TypedResponses.response(answer).validate();
        assertThat(accumulator.response()).isEqualTo(whole);
        assertThat(accumulator.reconstructedResponse()).isEqualTo(whole);
        assertThat(TypedResponses.messages(whole))
                .isEqualTo(Responses.messages(answer.toJson().toString()));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void theOutputIsInputWithAllMessages(Case played) {
        ResponseAnswer answer = played.request().answer(TOKENIZER);
        Scripted.play(answer.turn(), played.output(), played.end());
        Response response = TypedResponses.response(answer);
        List<ResponseInputItem> items = TypedResponses.inputItems(response);
        items.forEach(ResponseInputItem::validate);
        assertThat(items).hasSameSizeAs(response.output());
        if (items.isEmpty()) {
            return;
        }
        ResponsesRequest next = API.request(params().inputOfResponse(items).build());
        List<Message> all = next.wholeConversation().messages();
        assertThat(all.subList(1, all.size())).isEqualTo(TypedResponses.messages(response));
    }

    /** What a model calls and the server runs itself is one item with the call and its result. */
    @Test
    void hostedToolsAreItemsOfTheirOwn() {
        TypedResponses api = new TypedResponses(new Responses(HOSTING, ResponseStore.NONE));
        ResponsesRequest request = api.request(
                params(
                        "{\"input\":\"Hi\",\"tools\":[{\"type\":\"web_search\"},{\"type\":\"code_interpreter\",\"container\":{\"type\":\"auto\"}}]}"));
        List<ResponseStreamEvent> events = new ArrayList<>();
        ResponseAnswer answer = TypedResponses.answer(request, TOKENIZER, events::add);
        List<String> outputs = List.of(
                REASONING + "<|channel|>analysis to=python code<|message|>print(1)<|call|>",
                REASONING + "<|channel|>analysis to=browser.search code<|message|>{\"query\":\"rain\"}<|call|>",
                REASONING + ANSWER);
        List<int[]> prompts = new ArrayList<>();
        new ResponseLoop(
                        Scripted.generator(outputs, prompts),
                        TOKENIZER,
                        RENDERER,
                        CONTEXT_TOKENS,
                        (tool, arguments) -> "result of " + tool)
                .run(request, answer, () -> false);
        assertSame(events, answer);

        Response response = TypedResponses.response(answer);
        assertThat(types(response.output()))
                .contains("code_interpreter_call", "web_search_call", "reasoning", "message");
        List<ResponseInputItem> items = TypedResponses.inputItems(response);
        items.forEach(ResponseInputItem::validate);
        List<Message> all = api.request(params().inputOfResponse(items).build())
                .wholeConversation()
                .messages();
        assertThat(all.subList(1, all.size()))
                .isEqualTo(TypedResponses.messages(response))
                .contains(Message.tool(Recipient.of("python"), "result of python"));
    }

    private static Set<String> types(List<ResponseOutputItem> output) {
        return output.stream()
                .map(item -> Json.parse(Sdk.json(item)).get("type").text())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void responsesOfOtherServersAreMessages() {
        Response response = Sdk.read("""
                {"id":"x","object":"response","output":[
                  {"type":"reasoning","id":"rs","summary":[],"content":[{"type":"reasoning_text","text":"It rains."}]},
                  {"type":"message","id":"m","role":"assistant","status":"completed",
                   "content":[{"type":"output_text","text":"Yes.","annotations":[]}]}]}""", Response.class);
        assertThat(TypedResponses.messages(response))
                .containsExactly(Message.analysis("It rains."), Message.answer("Yes."));
        assertThatThrownBy(() -> TypedResponses.messages(Sdk.read("{\"output\":5}", Response.class)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a response but found: Invalid type for 'output'");
    }

    @Test
    void aResponseThatIsKeptIsGoneOnFrom() {
        Responses responses = new Responses(OPTIONS, new InMemoryResponseStore());
        TypedResponses api = new TypedResponses(responses);
        ResponsesRequest first = api.request(umbrella().build());
        ResponseAnswer answer = first.answer(TOKENIZER);
        Scripted.play(answer.turn(), REASONING + WEATHER + "<|call|>");
        responses.keep(first, answer);
        Response kept = Sdk.read(responses.get(answer.id()), Response.class).validate();
        assertThat(kept).isEqualTo(TypedResponses.response(answer));

        ResponseInputItem result = result(kept, "rain");
        ResponsesRequest next = api.request(umbrella()
                .previousResponseId(kept.id())
                .inputOfResponse(List.of(result))
                .build());
        assertThat(next.wholeConversation().messages())
                .containsAll(TypedResponses.messages(kept))
                .endsWith(Message.tool(Recipient.function("get_weather"), "rain"));
    }

    // ---- Several turns --------------------------------------------------------------------------------------------

    /** A question, a call, its result, an answer, and another question: three prompts. */
    @Test
    void promptsAreThoseOfTheChatModule() {
        List<String> outputs =
                List.of(REASONING + PREAMBLE + WEATHER + "<|call|>", REASONING + ANSWER, REASONING + ANSWER);
        List<int[]> expected = new ArrayList<>();
        HarmonyModel model = new HarmonyModel(TOKENIZER, Scripted.generator(outputs, expected));
        LoopResult result = new ToolLoop(model)
                .withTool(Recipient.function("get_weather"), arguments -> "rain")
                .run(Conversations.umbrella(), event -> {});
        model.answer(result.conversation().with(Message.user("And in Osaka?")), GenerationOptions.DEFAULT, delta -> {});
        // the loop goes on from the tokens that were generated, which a client's items do not have
        int called = Conversations.umbrella().messages().size() + 4;
        expected.set(
                1,
                model.prompt(new Conversation(result.conversation().messages().subList(0, called))));

        List<int[]> prompts = new ArrayList<>();
        List<ResponseInputItem> input = new ArrayList<>();
        input.add(user("Do I need an umbrella in Tokyo?"));
        input.add(result(next(input, outputs.get(0), prompts), "rain"));
        next(input, outputs.get(1), prompts);
        input.add(user("And in Osaka?"));
        next(input, outputs.get(2), prompts);

        assertThat(prompts).hasSize(3);
        for (int turn = 0; turn < 3; turn++) {
            assertThat(TOKENIZER.decode(prompts.get(turn))).isEqualTo(TOKENIZER.decode(expected.get(turn)));
            assertThat(prompts.get(turn)).isEqualTo(expected.get(turn));
        }
        assertThat(TOKENIZER.decode(prompts.get(1))).contains("I should look.");
        assertThat(TOKENIZER.decode(prompts.get(2))).doesNotContain("I should look.");
    }

    /** Plays a turn and adds its items to the input. */
    private static Response next(List<ResponseInputItem> input, String output, List<int[]> prompts) {
        ResponsesRequest request = API.request(umbrella().inputOfResponse(input).build());
        prompts.add(request.prompt(RENDERER, CONTEXT_TOKENS));
        ResponseAnswer answer = request.answer(TOKENIZER);
        Scripted.play(answer.turn(), output);
        Response response = TypedResponses.response(answer);
        input.addAll(TypedResponses.inputItems(response));
        return response;
    }

    private static ResponseInputItem user(String text) {
        return Sdk.read(
                "{\"type\":\"message\",\"role\":\"user\",\"content\":\"" + text + "\"}", ResponseInputItem.class);
    }

    private static ResponseInputItem result(Response response, String text) {
        String id = response.output().stream()
                .flatMap(item -> item.functionCall().stream())
                .findFirst()
                .orElseThrow()
                .callId();
        return ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                .callId(id)
                .output(text)
                .build());
    }
}
