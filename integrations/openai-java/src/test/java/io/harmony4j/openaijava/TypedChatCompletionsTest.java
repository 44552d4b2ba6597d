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

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.openai.core.JsonField;
import com.openai.core.JsonMissing;
import com.openai.core.JsonNull;
import com.openai.core.JsonValue;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.ChatModel;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ReasoningEffort;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageParam;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import io.harmony4j.Conversation;
import io.harmony4j.Message;
import io.harmony4j.Recipient;
import io.harmony4j.Role;
import io.harmony4j.chat.HarmonyModel;
import io.harmony4j.chat.LoopResult;
import io.harmony4j.chat.ToolLoop;
import io.harmony4j.generation.FinishReason;
import io.harmony4j.generation.GenerationOptions;
import io.harmony4j.json.Json;
import io.harmony4j.json.JsonObject;
import io.harmony4j.openai.ApiException;
import io.harmony4j.openai.ApiOptions;
import io.harmony4j.openai.ChatAnswer;
import io.harmony4j.openai.ChatCompletions;
import io.harmony4j.openai.ChatRequest;
import io.harmony4j.renderer.AnalysisPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TypedChatCompletionsTest {
    private static final ApiOptions OPTIONS = ApiOptions.DEFAULT.withDate(Conversations.DATE);
    private static final TypedChatCompletions API = new TypedChatCompletions(new ChatCompletions(OPTIONS));

    private static ChatCompletionCreateParams.Builder params() {
        return ChatCompletionCreateParams.builder().model("gpt-oss-20b").addUserMessage("Hi");
    }

    private static ChatCompletionCreateParams.Builder umbrella() {
        JsonObject parameters = (JsonObject) Json.parse(String.valueOf(Conversations.WEATHER.parameters()));
        FunctionDefinition weather = FunctionDefinition.builder()
                .name("get_weather")
                .description("Returns the weather.")
                .parameters(Sdk.read(parameters, FunctionParameters.class))
                .build();
        return ChatCompletionCreateParams.builder()
                .model("gpt-oss-20b")
                .reasoningEffort(ReasoningEffort.LOW)
                .addFunctionTool(weather)
                .addDeveloperMessage("Answer in one sentence.")
                .addUserMessage("Do I need an umbrella in Tokyo?");
    }

    /** Any JSON in the place of a field; its class has no type argument in Kotlin. */
    @SuppressWarnings("unchecked")
    private static <T> JsonField<T> raw(JsonValue json) {
        return (JsonField<T>) json;
    }

    // ---- Requests -------------------------------------------------------------------------------------------------

    @Test
    void paramsAreTheRequestThatTheClientSends() {
        ChatRequest request = API.request(umbrella()
                .maxCompletionTokens(50)
                .temperature(0.5)
                .stop("STOP")
                .n(2)
                .build());
        assertThat(request.wholeConversation()).isEqualTo(Conversations.umbrella());
        assertThat(request.model()).isEqualTo("gpt-oss-20b");
        assertThat(request.choices()).isEqualTo(2);
        assertThat(request.decoding().stop()).containsExactly("STOP");
        assertThat(request.decoding().temperature()).isEqualTo(0.5);
        assertThat(request.generationOptions(0).maxTokens()).isEqualTo(50);
        assertThat(request.isStream()).isFalse();
    }

    /** Asked for by a class, as openai-java's users do. */
    @JsonTypeName("get_time")
    @JsonClassDescription("Tells the time.")
    static class GetTime {
        public String zone = "";
    }

    @Test
    void classesAreToolsAndFormats() {
        ChatCompletionCreateParams params = params().addTool(GetTime.class)
                .responseFormat(GetTime.class)
                .build()
                .rawParams();
        ChatRequest request = API.request(params);
        assertThat(request.tools()).containsExactly(Recipient.function("get_time"));
        assertThat(request.constraint()).isPresent();
        assertThat(TOKENIZER.decode(request.prompt(RENDERER, CONTEXT_TOKENS)))
                .contains("// Tells the time.\ntype get_time = (_: {\nzone: string,\n}) => any;", "# Response Formats");
    }

    @Test
    void whatTheClientHasNoFieldForIsRead() {
        ChatRequest request = API.request(params().putAdditionalBodyProperty("include_reasoning", JsonValue.from(false))
                .putAdditionalBodyProperty("stream", JsonValue.from(true))
                .putAdditionalHeader("X-Other", "ignored")
                .build());
        assertThat(request.reasoningFields()).isEqualTo(ApiOptions.ReasoningFields.NONE);
        assertThat(request.isStream()).isTrue();
    }

    @Test
    void nullAndMissingFieldsAreAbsent() {
        ChatCompletionCreateParams plain = params().build();
        for (JsonField<Double> none : List.<JsonField<Double>>of(raw(JsonNull.of()), raw(JsonMissing.of()))) {
            ChatRequest request =
                    API.request(params().temperature(none).topP(none).build());
            assertThat(request.decoding().temperature())
                    .isEqualTo(API.request(plain).decoding().temperature());
        }
        ChatCompletionCreateParams nameless = params().model(TypedChatCompletionsTest.<ChatModel>raw(JsonMissing.of()))
                .build();
        assertThat(API.request(nameless).model()).isEqualTo("gpt-oss");
    }

    @Test
    void optionsOfAStreamAreReadWithoutSayingThatItIsOne() {
        ChatCompletionStreamOptions usage =
                ChatCompletionStreamOptions.builder().includeUsage(true).build();
        ChatRequest request = API.request(params().streamOptions(usage).build());
        assertThat(request.includesUsage()).isTrue();
        assertThat(request.isStream()).isTrue();
        ChatCompletionCreateParams contradicting = params().streamOptions(usage)
                .putAdditionalBodyProperty("stream", JsonValue.from(false))
                .build();
        assertRefused(contradicting, "stream_options", "it is only allowed where 'stream' is true");
    }

    @Test
    void whatIsWrongIsSaidByItsField() {
        assertRefused(
                params().temperature(TypedChatCompletionsTest.<Double>raw(JsonValue.from("hot")))
                        .build(),
                "temperature",
                "expected a decimal");
        assertRefused(params().temperature(3).build(), "temperature", "Expected a value <= 2, but got 3.0");
        assertRefused(
                params().addMessage(ChatCompletionToolMessageParam.builder()
                                .toolCallId("call_9")
                                .content("x")
                                .build())
                        .build(),
                "messages[1].tool_call_id",
                "expected the id of a tool call in a message before this one, but got 'call_9'");
        assertRefused(
                ChatCompletionCreateParams.builder()
                        .model("m")
                        .messages(TypedChatCompletionsTest.<List<ChatCompletionMessageParam>>raw(JsonMissing.of()))
                        .build(),
                "messages",
                "Missing required parameter");
        assertRefused(
                params().putAdditionalBodyProperty("tools", JsonValue.from(Map.of("a", 1)))
                        .build(),
                "tools",
                "expected an array");
    }

    private static void assertRefused(ChatCompletionCreateParams params, String field, String message) {
        ApiException refused = catchThrowableOfType(ApiException.class, () -> API.request(params));
        assertThat(refused).hasMessageContaining(message);
        assertThat(refused.param()).isEqualTo(field);
        assertThat(refused.status()).isEqualTo(400);
    }

    @Property(tries = 300)
    void conversationsAreTheirParams(@ForAll long seed) {
        Conversation conversation = Conversations.random(seed);
        // openai-java calls params valid only if it knows the model
        TypedChatCompletions.params(conversation, "gpt-4o")._body().validate();
        ChatCompletionCreateParams params = TypedChatCompletions.params(conversation, "gpt-oss-20b");
        ChatRequest request = API.request(params);
        assertThat(request.model()).isEqualTo("gpt-oss-20b");
        assertThat(request.wholeConversation()).isEqualTo(conversation);
        assertThat(request.prompt(RENDERER, CONTEXT_TOKENS))
                .isEqualTo(RENDERER.renderForCompletion(
                        AnalysisPolicy.SINCE_LAST_FINAL.apply(conversation), Role.ASSISTANT));
    }

    // ---- Answers --------------------------------------------------------------------------------------------------

    /** @param members what the request has besides messages and tools, with single quotes */
    private record Case(String what, String members, String output, FinishReason end) {
        static Case of(String what, String output) {
            return new Case(what, "", output, FinishReason.STOP);
        }

        @Override
        public String toString() {
            return what;
        }

        ChatRequest request() {
            String json = """
                    {"model":"gpt-oss-20b","messages":[{"role":"user","content":"Hi"}],"stream_options":{"include_usage":true},
                     "tools":[{"type":"function","function":{"name":"get_weather"}},{"type":"custom","custom":{"name":"patch"}}]%s}""".formatted(members.replace('\'', '"'));
            return API.request(ChatCompletionCreateParams.builder()
                    .body(Sdk.read(json, ChatCompletionCreateParams.Body.class))
                    .build());
        }
    }

    static List<Case> answers() {
        return List.of(
                Case.of("an answer", ANSWER),
                Case.of("reasoning", REASONING + ANSWER),
                Case.of("several reasonings", REASONING + REASONING + ANSWER),
                Case.of("a preamble and a call", REASONING + PREAMBLE + WEATHER + "<|call|>"),
                Case.of("two calls", WEATHER + NEXT + WEATHER + "<|call|>"),
                Case.of("a call of nothing offered", call("functions.other", "{}") + "<|call|>"),
                Case.of("no arguments", call("functions.get_weather", "") + "<|call|>"),
                Case.of("nothing", ""),
                Case.of("no Harmony", "Hello there"),
                new Case("half an answer", "", REASONING + "<|channel|>final<|message|>Hel", FinishReason.LENGTH),
                new Case("half a call", "", WEATHER.substring(0, WEATHER.length() - 4), FinishReason.LENGTH),
                new Case("cancelled", "", REASONING + "<|channel|>final<|message|>Hel", FinishReason.CANCELLED),
                new Case("two choices", ",'n':2", REASONING + WEATHER + "<|call|>", FinishReason.STOP),
                new Case("log-probabilities", ",'logprobs':true", ANSWER, FinishReason.STOP),
                new Case("reasoning left out", ",'include_reasoning':false", REASONING + ANSWER, FinishReason.STOP));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void answersAndChunksAreValid(Case played) {
        ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
        List<ChatCompletionChunk> chunks = new ArrayList<>();
        ChatAnswer answer = TypedChatCompletions.answer(played.request(), TOKENIZER, chunks::add);
        for (int choice = 0; choice < answer.choices(); choice++) {
            Scripted.play(answer.turn(choice), played.output(), played.end());
        }
        ChatCompletion whole = TypedChatCompletions.completion(answer).validate();
        chunks.forEach(chunk -> accumulator.accumulate(chunk.validate()));

        ChatCompletion joined = accumulator.chatCompletion().validate();
        assertThat(joined.usage()).isEqualTo(whole.usage()).isPresent();
        for (int choice = 0; choice < answer.choices(); choice++) {
            ChatCompletionMessage message = joined.choices().get(choice).message();
            ChatCompletionMessage expected = whole.choices().get(choice).message();
            assertThat(message.content().orElse(""))
                    .isEqualTo(expected.content().orElse(""));
            assertThat(message.toolCalls().orElse(List.of()))
                    .isEqualTo(expected.toolCalls().orElse(List.of()));
        }
        assertThat(Json.parse(Sdk.json(whole)).get("id").text()).isEqualTo(answer.id());
        assertThat(TypedChatCompletions.messages(whole))
                .isEqualTo(ChatCompletions.messages(answer.toJson().toString()));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void theNextParamsHaveAllMessages(Case played) {
        ChatRequest request = played.request();
        ChatAnswer answer = request.answer(TOKENIZER);
        for (int choice = 0; choice < answer.choices(); choice++) {
            Scripted.play(answer.turn(choice), played.output(), played.end());
        }
        ChatCompletion whole = TypedChatCompletions.completion(answer);
        List<Message> said = TypedChatCompletions.messages(whole);
        if (said.isEmpty()) { // a message that says nothing is refused, as OpenAI does
            return;
        }
        ChatCompletionCreateParams next = params().addMessage(
                        TypedChatCompletions.assistant(whole.choices().get(0).message())
                                .validate())
                .build();
        List<Message> all = API.request(next).wholeConversation().messages();
        assertThat(all.subList(2, all.size())).isEqualTo(said);
    }

    @Test
    void aCustomToolIsCalledAndAnswered() {
        ChatAnswer answer = Case.of("", "").request().answer(TOKENIZER);
        Scripted.play(answer.turn(0), call("functions.patch", "{\"input\":\"+x\"}") + "<|call|>");
        ChatCompletion completion = TypedChatCompletions.completion(answer).validate();
        assertThat(completion
                        .choices()
                        .get(0)
                        .message()
                        .toolCalls()
                        .orElseThrow()
                        .get(0)
                        .asCustom()
                        .custom()
                        .input())
                .isEqualTo("+x");
    }

    @Test
    void aFailedTurnIsNoChunkButAnException() {
        List<ChatCompletionChunk> chunks = new ArrayList<>();
        ChatAnswer answer = TypedChatCompletions.answer(API.request(params().build()), TOKENIZER, chunks::add);
        answer.turn(0).accept("<|channel|>final<|message|>Hel");
        int before = chunks.size();
        answer.turn(0).fail(new ApiException(503, null, null, "The model broke."));
        assertThat(chunks).hasSize(before);
        assertThatThrownBy(() -> TypedChatCompletions.completion(answer))
                .isInstanceOf(ApiException.class)
                .hasMessage("The model broke.");
    }

    @Test
    void anUnfinishedAnswerIsRefused() {
        ChatAnswer answer = API.request(params().build()).answer(TOKENIZER);
        assertThatThrownBy(() -> TypedChatCompletions.completion(answer)).isInstanceOf(IllegalStateException.class);
    }

    /** Servers call the reasoning by several names, none of which is a field of openai-java's. */
    @Test
    void answersOfOtherServersAreMessages() {
        ChatCompletion completion = Sdk.read("""
                {"id":"x","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop",
                  "message":{"role":"assistant","content":"Yes.","reasoning_content":"It rains.","refusal":null}}]}""", ChatCompletion.class);
        assertThat(TypedChatCompletions.messages(completion))
                .containsExactly(Message.analysis("It rains."), Message.answer("Yes."));
        assertThatThrownBy(() -> TypedChatCompletions.messages(Sdk.read("{\"choices\":[]}", ChatCompletion.class)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a chat completion but found: Invalid 'choices': empty array");
    }

    // ---- Several turns --------------------------------------------------------------------------------------------

    /** A question, a call, its result, an answer, and another question: three prompts. */
    @Test
    void promptsAreThoseOfTheChatModule() {
        List<String> outputs = List.of(REASONING + WEATHER + "<|call|>", REASONING + ANSWER, REASONING + ANSWER);
        List<int[]> expected = new ArrayList<>();
        HarmonyModel model = new HarmonyModel(TOKENIZER, Scripted.generator(outputs, expected));
        LoopResult result = new ToolLoop(model)
                .withTool(Recipient.function("get_weather"), arguments -> "rain")
                .run(Conversations.umbrella(), event -> {});
        model.answer(result.conversation().with(Message.user("And in Osaka?")), GenerationOptions.DEFAULT, delta -> {});
        // the loop goes on from the tokens that were generated, which a client's messages do not have
        int called = Conversations.umbrella().messages().size() + 3;
        expected.set(
                1,
                model.prompt(new Conversation(result.conversation().messages().subList(0, called))));

        List<int[]> prompts = new ArrayList<>();
        ChatCompletionCreateParams.Builder params = umbrella();
        ChatCompletionMessage calling = next(params, outputs.get(0), prompts);
        params.addMessage(ChatCompletionToolMessageParam.builder()
                .toolCallId(
                        calling.toolCalls().orElseThrow().get(0).asFunction().id())
                .content("rain")
                .build());
        next(params, outputs.get(1), prompts);
        next(params.addUserMessage("And in Osaka?"), outputs.get(2), prompts);

        assertThat(prompts).hasSize(3);
        for (int turn = 0; turn < 3; turn++) {
            assertThat(TOKENIZER.decode(prompts.get(turn))).isEqualTo(TOKENIZER.decode(expected.get(turn)));
            assertThat(prompts.get(turn)).isEqualTo(expected.get(turn));
        }
        assertThat(TOKENIZER.decode(prompts.get(1))).contains("I should look.");
        assertThat(TOKENIZER.decode(prompts.get(2))).doesNotContain("I should look.");
    }

    /** Plays a turn and adds its message to the params. */
    private static ChatCompletionMessage next(
            ChatCompletionCreateParams.Builder params, String output, List<int[]> prompts) {
        ChatRequest request = API.request(params.build());
        prompts.add(request.prompt(RENDERER, CONTEXT_TOKENS));
        ChatAnswer answer = request.answer(TOKENIZER);
        Scripted.play(answer.turn(0), output);
        ChatCompletionMessage message =
                TypedChatCompletions.completion(answer).choices().get(0).message();
        params.addMessage(TypedChatCompletions.assistant(message));
        return message;
    }
}
